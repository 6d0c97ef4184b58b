"""The seats of the catalog, and those that a company adds for all its projects."""

import pytest
from django.urls import reverse

from apps.stakeholders import actions, queries, roles
from apps.stakeholders.document import findings, snapshot
from apps.stakeholders.models import Stakeholder
from apps.tables.models import OwnEntry
from tests.factories.projects import MembershipFactory
from tests.factories.stakeholders import StakeholderFactory
from tests.fixtures import HTMX
from tests.pages import soup, swap, text

COUNCIL = {
    "title": "Customer council",
    "duty": "is heard early",
    "why_empty": "Nobody asked those at work.",
    "seat": "needed",
}


def url(project, name="seats", *more):
    return reverse(f"stakeholders:{name}", args=[project.pk, *more])


def test_the_page_says_what_each_seat_is_for_and_who_takes_it(viewer, project):
    StakeholderFactory(project=project, name="Karin", role="legal")

    words = text(soup(viewer.get(url(project))))

    assert all(seat.title in words and seat.duty in words for seat in roles.seats())
    assert roles.source() in words
    assert "Karin" in words


def test_a_seat_that_is_added_is_wanted_in_every_project_until_somebody_takes_it(host, project, sign_in):
    elsewhere = MembershipFactory(role="editor")
    there = sign_in(elsewhere.user)

    host.post(url(project, "seat_add"), COUNCIL)
    key = f"own-{OwnEntry.objects.get().pk}"
    people = text(soup(there.get(url(elsewhere.project, "list"))).select_one("[aria-labelledby=seats-title]"))
    missing = next(found for found in findings(elsewhere.project) if found.rule == "people.empty_seats")
    there.post(url(elsewhere.project, "add"), {"name": "Eva", "role": key, "influence": 3, "interest": 3})

    person = Stakeholder.objects.get(name="Eva")
    assert "Nobody asked those at work." in people
    assert "Customer council" in missing.message
    assert (person.role, person.own_role, person.seat_title) == ("", "Customer council", "Customer council")
    assert "Customer council" not in [seat.title for seat in queries.register(elsewhere.project).empty]


@pytest.mark.parametrize(
    ("said", "becomes"),
    [("", "Customer council"), ("Stockholm", "Customer council, Stockholm"), ("customer council", "customer council")],
)
def test_words_beside_the_seat_are_kept(host, project, said, becomes):
    entry = actions.add_seat(project, **COUNCIL, by=host.user)

    data = {"name": "Eva", "role": f"own-{entry.pk}", "own_role": said, "influence": 3, "interest": 3}
    host.post(url(project, "add"), data)

    assert Stakeholder.objects.get().own_role == becomes


@pytest.mark.parametrize(
    ("data", "status"), [({"title": "sponsor"}, 409), ({"title": "A, B"}, 422), ({"duty": ""}, 422), ({}, 409)]
)
def test_what_cannot_be_a_seat_comes_back_with_what_was_typed(host, project, data, status):
    actions.add_seat(project, **COUNCIL, by=host.user)

    answer = host.post(url(project, "seat_add"), COUNCIL | data, headers=HTMX)

    assert answer.status_code == status
    assert soup(answer).select_one("[name=why_empty]")["value"] == COUNCIL["why_empty"]


def test_a_seat_added_by_htmx_looks_like_a_fresh_page(host, project):
    page, add = soup(host.get(url(project))), url(project, "seat_add")

    page = swap(page, host.post(add, COUNCIL, headers=HTMX), via=f"form[hx-post='{add}']")

    assert text(page).split() == text(soup(host.get(url(project)))).split()


def test_who_added_it_takes_it_out_and_people_keep_the_words(host, editor, project):
    entry = actions.add_seat(project, **COUNCIL, by=editor.user)
    StakeholderFactory(project=project, role="", own_role="Customer council")
    drop = url(project, "seat_drop", entry.pk)

    assert (host.post(drop).status_code, editor.post(drop).status_code) == (403, 302)
    assert (OwnEntry.objects.count(), Stakeholder.objects.get().seat_title) == (0, "Customer council")


@pytest.mark.parametrize("count", [1, 3])
def test_the_seats_cost_the_same_for_any_number(host, project, count, django_assert_num_queries):
    for number in range(count):
        actions.add_seat(project, **COUNCIL | {"title": f"Council {number}"}, by=host.user)

    with django_assert_num_queries(5):
        page = soup(host.get(url(project)))

    assert len(page.select("#own .row")) == count


def test_what_is_done_about_an_empty_seat_stands_beside_it_and_in_the_document(host, viewer, project):
    answer = host.post(url(project, "seat_note", "security"), {"words": "Ask IT", "seen": ""}, headers=HTMX)

    assert "Ask IT" in text(soup(answer))
    assert "Ask IT" in text(soup(viewer.get(url(project, "list"))))
    noted = {seat["key"]: seat.get("note") for seat in snapshot(project)["empty_seats"]}
    assert (noted["security"], noted["ethics"]) == ("Ask IT", None)

    host.post(url(project, "seat_note", "security"), {"words": "", "seen": "Ask IT"})
    assert "Ask IT" not in text(soup(viewer.get(url(project, "list"))))


def test_a_note_that_somebody_else_wrote_meanwhile_is_not_overwritten_unseen(host, editor, project):
    editor.post(url(project, "seat_note", "security"), {"words": "Ask IT", "seen": ""})

    answer = host.post(url(project, "seat_note", "security"), {"words": "Hiring", "seen": ""})

    page = soup(answer)
    assert answer.status_code == 409
    assert "“Ask IT”" in text(page)
    form = page.select_one("form[action$='/security/note/']")
    assert form.select_one("[name=words]")["value"] == "Hiring"
    host.post(
        url(project, "seat_note", "security"), {"words": "Hiring", "seen": form.select_one("[name=seen]")["value"]}
    )
    assert project.seat_notes.get().words == "Hiring"


def test_a_seat_that_is_taken_or_unknown_has_no_note(host, project):
    StakeholderFactory(project=project, role="security")

    assert host.post(url(project, "seat_note", "security"), {"words": "Ask IT"}).status_code == 404
    assert host.post(url(project, "seat_note", "wizard"), {"words": "Ask IT"}).status_code == 404


@pytest.mark.parametrize(
    ("title", "own", "said"),
    [
        ("Sponsor", "sponsor", "Sponsor"),
        ("Product owner", "product owner, support lead", "Product owner, support lead"),
        ("Product owner", "support lead", "Product owner, support lead"),
        ("Legal / data protection officer", "data protection officer", "Legal / data protection officer"),
        ("Security", "head of security", "head of security"),
        ("Sponsor", "sponsorship", "Sponsor, sponsorship"),
        ("Sponsor", "", "Sponsor"),
        ("", "works council", "works council"),
    ],
)
def test_what_the_seat_and_the_own_words_both_say_is_said_once(title, own, said):
    assert roles.said_once(title, own) == said
