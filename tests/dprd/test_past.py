"""What the sections were: history of the project, writers, what is new to a reader; who answers for a section."""

import pytest
from django.urls import reverse

from apps.dprd import actions, length, past, queries
from apps.dprd.enums import State
from apps.dprd.models import Seen
from apps.stakeholders import actions as people
from tests.factories.dprd import written
from tests.factories.projects import MembershipFactory
from tests.factories.stakeholders import StakeholderFactory
from tests.fixtures import HTMX
from tests.pages import soup


def url(project, name, *more, key="purpose"):
    return reverse(f"dprd:{name}", args=[project.pk, key, *more])


@pytest.fixture
def document(project):
    return reverse("dprd:document", args=[project.pk])


@pytest.fixture
def told_url(project):
    return reverse("dprd:told", args=[project.pk])


# The project's history


def test_the_history_tells_every_section_newest_first(project, viewer, told_url):
    maja = MembershipFactory(project=project, user__name="Maja Lindqvist").user
    written(project, "It costs 20 €.", "It costs 25 €.", by=maja)
    written(project, "Tickets of 2025.", key="data")

    rows = soup(viewer.get(told_url)).select("ol.rows > li")

    assert [row.a.get_text() for row in rows] == ["Data sources", "Purpose", "Purpose"]
    assert str(rows[1].select_one(".redline")).count("<del>20</del><ins>25</ins>") == 1
    assert "The first text." in rows[2].get_text()


def test_the_history_is_asked_by_section_and_person(project, viewer, told_url):
    maja = MembershipFactory(project=project, user__name="Maja Lindqvist").user
    written(project, "Hers.", by=maja)
    written(project, "Somebody else's.")
    written(project, "Hers too.", key="data", by=maja)

    page = soup(viewer.get(told_url, {"section": "purpose", "person": str(maja.pk)}))

    assert len(page.select("ol.rows > li.row")) == 1


def test_nonsense_in_the_address_of_the_history_is_ignored(project, viewer, told_url):
    response = viewer.get(told_url, {"section": "x", "person": "y", "page": "z"})

    assert response.status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_history_costs_the_same_at_any_length(project, viewer, told_url, count, django_assert_num_queries):
    for number in range(count):
        written(project, f"Text {number}.")
    viewer.get(told_url)

    with django_assert_num_queries(7):
        response = viewer.get(told_url)

    assert len(soup(response).select("ol.rows > li")) == count


# Who wrote which words


def test_every_stretch_has_its_writer(project, viewer):
    maja = MembershipFactory(project=project, user__name="Maja Lindqvist").user
    priya = MembershipFactory(project=project, user__name="Priya Raman").user
    written(project, "We meet at nine. All come.", by=maja)
    written(project, "We meet at ten. All come.", by=priya)

    rows = soup(viewer.get(url(project, "authors"))).select(".authors > li")

    assert [row.select_one(".row-lead").get_text().split(maxsplit=1)[1].strip() for row in rows] == [
        "Maja Lindqvist",
        "Priya Raman",
        "Maja Lindqvist",
    ]
    assert rows[1].select_one(".redline").get_text() == "ten"


def test_a_section_that_nobody_wrote_has_no_writers(project, viewer):
    assert "Nobody has written here yet" in viewer.get(url(project, "authors")).content.decode()


# What is new to a reader


def test_what_changed_since_the_last_look_is_said_and_shown(project, viewer, document):
    written(project, "We meet at nine.")
    viewer.post(url(project, "seen"), {"version": 2})
    assert "Changed since you looked" not in viewer.get(document).content.decode()

    written(project, "We meet at ten.")
    page = soup(viewer.get(document))
    link = page.select_one("#purpose .doc-news")
    shown = soup(viewer.get(link["href"]))

    assert [item.get_text() for item in page.select("#outline .doc-new")] == ["new"]
    assert str(shown.select_one(".redline")).count("<del>nine</del><ins>ten</ins>") == 1


def test_who_never_looked_is_told_of_nothing_new(project, viewer, document):
    written(project, "Text.")

    assert soup(viewer.get(document)).select(".doc-news, .doc-new") == []


def test_who_writes_has_seen_what_they_wrote(project, editor, document):
    written(project, "One.", "Two.", by=editor.user)

    assert soup(editor.get(document)).select(".doc-news") == []
    assert Seen.objects.get(user=editor.user).version == 3


def test_a_late_answer_of_an_old_page_takes_no_reading_back(project, viewer):
    section = written(project, "One.", "Two.")

    for version in (3, 2, 99):
        actions.mark_seen(section, version=version, by=viewer.user)

    assert Seen.objects.get(user=viewer.user).version == section.version


def test_a_new_owner_is_nothing_new_to_read(project, editor, viewer, document):
    section = written(project, "One.")
    actions.mark_seen(section, version=section.text_version, by=viewer.user)

    actions.set_owner(section, owner=editor.user, was=None, by=editor.user)

    assert soup(viewer.get(document)).select(".doc-news") == []


@pytest.mark.parametrize(
    ("headers", "status"), [({}, 302), (HTMX, 204), ({"X-Client": "tab"}, 204)], ids=["plain", "htmx", "page"]
)
def test_reading_is_remembered(project, viewer, headers, status):
    written(project, "One.")

    assert viewer.post(url(project, "seen"), {"version": 2}, headers=headers).status_code == status
    assert Seen.objects.get(user=viewer.user).version == 2


def test_reading_without_a_version_is_invalid(project, viewer):
    assert viewer.post(url(project, "seen"), {}, headers=HTMX).status_code == 422


# Ready, and changed since


def test_a_text_that_changed_after_it_was_ready_says_so(project, editor, document):
    section = written(project, "One.", by=editor.user)
    actions.set_state(section, state=State.READY, was=State.DRAFT, by=editor.user)
    assert "changed since" not in soup(editor.get(document)).select_one("#state-purpose").get_text()

    written(project, "One. Two.")
    state = soup(editor.get(document)).select_one("#state-purpose").get_text()
    assert "changed since" in state
    assert f"{editor.user} called it ready" in " ".join(state.split())

    actions.set_state(queries.section(project, "purpose"), state=State.READY, was=State.READY, by=editor.user)
    assert "changed since" not in soup(editor.get(document)).select_one("#state-purpose").get_text()


# Who answers for a section


def test_the_margin_says_who_answers_and_who_is_asked(project, editor, document):
    section = written(project, "One.")
    actions.set_owner(section, owner=editor.user, was=None, by=editor.user)
    karin = StakeholderFactory(project=project, name="Karin Åström", user=editor.user)
    anders = StakeholderFactory(project=project, name="Anders Holm", user=None)
    letters = {karin.pk: "AR", anders.pk: "C"}
    people.set_duties(project, "purpose", letters=letters, was={karin.pk: "R", anders.pk: ""}, by=editor.user)

    margin = " ".join(soup(editor.get(document)).select_one("#state-purpose").get_text(" ").split())

    assert "Karin Åström accountable and responsible Anders Holm consulted" in margin


# How long it is


class Drawn:
    def __init__(self, **snapshot):
        self.snapshot = snapshot


def test_the_length_counts_words_and_rows():
    assert length.of([]).pages == 1
    assert length.of([Drawn(text="word " * 380 * 3)]).pages == 4
    assert length.of([Drawn(rows=[{}] * 12 * 3)]).pages == 4
    assert not length.of([Drawn(text="word " * 380 * 11)]).is_long
    assert length.of([Drawn(text="word " * 380 * 13)]).is_long


def test_a_long_document_is_told_kindly(project, viewer, document):
    written(project, "word " * 380 * 14)

    assert "Longer than people read" in viewer.get(document).content.decode()


def test_the_text_of_an_earlier_version_is_known(project):
    section = written(project, "One.", "Two.")

    assert [past.text_at(section, version) for version in (1, 2, 3, 9)] == ["", "One.", "Two.", "Two."]
