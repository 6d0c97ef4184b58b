"""Who does what: letters by person and section, the catalog's proposals, what a reviewer says of them."""

import pytest
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse

from apps.core.errors import DomainError, Stale
from apps.dprd.actions import set_owner
from apps.dprd.queries import section as prose
from apps.projects.sections import all_sections
from apps.stakeholders import actions, document, raci, roles, rules
from apps.stakeholders.matrix import MOST_ACROSS, matrix
from apps.stakeholders.models import Duty
from tests.factories.stakeholders import StakeholderFactory
from tests.fixtures import HTMX
from tests.pages import soup, swap, text


@pytest.fixture
def url(project):
    return reverse("stakeholders:duties", args=[project.pk])


@pytest.fixture
def edit(project):
    return reverse("stakeholders:duties_edit", args=[project.pk, "purpose"])


@pytest.fixture
def anders(project):
    return StakeholderFactory(project=project, name="Anders Holm", role="sponsor", influence=5)


@pytest.fixture
def maja(project, host):
    user = host.user
    return StakeholderFactory(
        project=project, name="Maja Lindqvist", role="product_manager", user=user, email=user.email
    )


def letters(project, key="purpose"):
    return {cell.person.name: cell.letter for cell in matrix(project).line(key).cells if cell.letter}


def said(project):
    return {found.rule for found in rules.of_duties(project)}


def give(project, by, key="purpose", **given):
    people = {person.name.split()[0].lower(): person.pk for person in project.stakeholders.all()}
    chosen = {people[name]: letter for name, letter in given.items()}
    now = {cell.person.pk: cell.letter for cell in matrix(project).line(key).cells}
    return actions.set_duties(project, key, letters=chosen, was=now, by=by)


# The catalog


def test_each_row_of_the_catalog_has_one_who_answers_and_never_the_officer():
    heads = [[seat for seat, letter in row.letters.items() if letter in ("A", "AR")] for row in raci.usual()]

    assert len(heads) == 19
    assert {len(found) for found in heads} == {1}
    assert ["legal"] not in heads


def test_the_catalog_speaks_of_seats_that_there_are_and_of_every_section():
    known = {section for row in raci.usual() for section in row.sections}

    assert set(raci.seats()) <= {seat.key for seat in roles.seats()}
    assert {section.key for section in all_sections()} <= known


# Proposals


def test_a_proposal_leaves_what_people_have_said(project, anders, maja, host):
    give(project, host.user, anders="I")

    actions.take_proposals(project, section="purpose", by=host.user)

    assert letters(project) == {"Anders Holm": "I", "Maja Lindqvist": "R"}


def test_of_two_in_a_seat_the_weightier_answers(project, anders, host):
    StakeholderFactory(project=project, name="Berit Ek", role="sponsor", influence=3)

    actions.take_proposals(project, section="purpose", by=host.user)

    assert letters(project) == {"Anders Holm": "A", "Berit Ek": "C"}


def test_all_proposals_are_taken_at_once_and_nothing_is_left(host, project, anders, maja, url):
    host.post(reverse("stakeholders:duties_take", args=[project.pk]))

    assert letters(project, "people") == {"Anders Holm": "I", "Maja Lindqvist": "AR"}
    assert matrix(project).proposals == 0
    assert "Take" not in text(soup(host.get(url)))


def test_taking_one_sections_proposals_looks_like_a_fresh_page(host, project, anders, maja, url):
    take = reverse("stakeholders:duties_take", args=[project.pk])
    page = soup(host.get(url))

    answer = host.post(take, {"section": "purpose"}, headers=HTMX)
    page = swap(page, answer, via=f"#duty-purpose form[hx-post='{take}']")

    assert text(page) == text(soup(host.get(url)))
    assert Duty.objects.values_list("section", flat=True).distinct().get() == "purpose"


# One truth: whoever keeps the text is responsible


def test_whoever_keeps_the_text_is_responsible_without_a_row(project, maja, host):
    set_owner(prose(project, "purpose"), owner=host.user, was=None, by=host.user)
    assert letters(project) == {"Maja Lindqvist": "R"}

    give(project, host.user, maja="AR")
    assert (letters(project), Duty.objects.get().letter) == ({"Maja Lindqvist": "AR"}, "A")

    set_owner(prose(project, "purpose"), owner=None, was=host.user, by=host.user)
    assert letters(project) == {"Maja Lindqvist": "A"}


def test_the_keeper_cannot_be_made_a_bystander(project, maja, host):
    set_owner(prose(project, "purpose"), owner=host.user, was=None, by=host.user)

    with pytest.raises(DomainError, match="Maja Lindqvist keeps the text of Purpose"):
        give(project, host.user, maja="I")


# One answers


def test_two_cannot_answer_for_a_section(host, project, anders, maja, edit):
    sent = {f"person-{anders.pk}": "A", f"person-{maja.pk}": "AR"}

    response = host.post(edit, sent)

    page = soup(response)
    assert response.status_code == 409
    assert "Anders Holm and Maja Lindqvist are both accountable." in text(page)
    assert page.select_one(f"[name='person-{maja.pk}'][value=AR]").has_attr("checked")
    assert Duty.objects.count() == 0


def test_the_database_refuses_a_second_one(project, anders, maja):
    Duty.objects.create(project=project, section="risks", person=anders, letter="A")

    with pytest.raises(IntegrityError), transaction.atomic():
        Duty.objects.create(project=project, section="risks", person=maja, letter="AR")


def test_answering_moves_from_one_to_another_in_one_go(project, anders, maja, host):
    give(project, host.user, anders="A")

    give(project, host.user, anders="C", maja="A")

    assert letters(project) == {"Anders Holm": "C", "Maja Lindqvist": "A"}


# The page


@pytest.mark.parametrize("count", [1, 3])
def test_the_matrix_costs_the_same_for_any_number(host, project, url, count, django_assert_num_queries):
    for person in StakeholderFactory.create_batch(count, project=project):
        Duty.objects.create(project=project, section="risks", person=person, letter="R")

    with django_assert_num_queries(8):
        response = host.get(url)

    assert len(soup(response).select("#duty-risks .letter[data-letter]")) == count


def test_many_people_are_named_in_each_section(host, project, anders, url):
    for person in StakeholderFactory.create_batch(MOST_ACROSS, project=project):
        Duty.objects.create(project=project, section="risks", person=person, letter="C")
    Duty.objects.create(project=project, section="risks", person=anders, letter="A")

    page = soup(host.get(url))

    assert [head.get_text() for head in page.select("#duties > .table-scroll th[scope=col]")] == ["Section", "People", "Actions"]  # fmt: skip
    said = page.select("#duty-risks li:has(> [data-letter])")
    assert len(said) == MOST_ACROSS + 1
    assert "Anders Holm" in said[0].get_text()
    assert len(page.select("#duty-purpose > *")) == 3


def test_letters_given_by_htmx_look_like_a_fresh_page(host, project, anders, maja, url, edit):
    page = soup(host.get(url))

    page = swap(page, host.get(edit, headers=HTMX), via=f"[hx-get='{edit}']")
    sent = {f"person-{anders.pk}": "A", f"person-{maja.pk}": "R"}
    page = swap(page, host.post(edit, sent, headers=HTMX), via=f"form[hx-post='{edit}']")

    assert text(page) == text(soup(host.get(url)))
    assert letters(project) == {"Anders Holm": "A", "Maja Lindqvist": "R"}


def test_letters_are_given_without_javascript(host, project, anders, url, edit):
    form = soup(host.get(edit)).select_one("form.duties-form")
    assert form["action"] == f"{edit}#duty-purpose"

    response = host.post(edit, {f"person-{anders.pk}": "A", f"seen-{anders.pk}": ""})

    assert response["Location"] == f"{url}#duty-purpose"
    assert letters(project) == {"Anders Holm": "A"}


def test_a_letter_that_somebody_changed_meanwhile_is_shown_before_it_is_written(host, project, anders, edit):
    Duty.objects.create(project=project, section="purpose", person=anders, letter="C")
    sent = {f"person-{anders.pk}": "A", f"seen-{anders.pk}": ""}

    response = host.post(edit, sent)
    page = soup(response)
    seen = page.select_one(f"[name='seen-{anders.pk}']")

    assert response.status_code == 409
    assert "In the meantime somebody made Anders Holm “consulted”." in text(page)
    assert seen["value"] == "C"
    assert host.post(edit, {**sent, seen["name"]: seen["value"]}).status_code == 302
    assert letters(project) == {"Anders Holm": "A"}


def test_a_refused_form_takes_over_what_others_did_elsewhere(host, project, anders, maja, edit):
    Duty.objects.create(project=project, section="purpose", person=anders, letter="C")
    Duty.objects.create(project=project, section="purpose", person=maja, letter="I")
    sent = {f"person-{anders.pk}": "A", f"person-{maja.pk}": "", f"seen-{anders.pk}": "", f"seen-{maja.pk}": ""}

    form = soup(host.post(edit, sent)).select_one("form.duties-form")

    chosen = {field["name"]: field["value"] for field in form.select("[checked]")}
    assert chosen == {f"person-{anders.pk}": "A", f"person-{maja.pk}": "I"}


def test_what_others_did_to_other_people_stays(project, anders, maja, host):
    give(project, host.user, maja="C")

    line = actions.set_duties(
        project, "purpose", letters={anders.pk: "A", maja.pk: ""}, was={anders.pk: "", maja.pk: ""}, by=host.user
    )

    assert {cell.person.name: cell.letter for cell in line.given} == {"Anders Holm": "A", "Maja Lindqvist": "C"}


def test_a_stale_letter_is_refused_by_the_action(project, anders, host):
    give(project, host.user, anders="C")

    with pytest.raises(Stale):
        actions.set_duties(project, "purpose", letters={anders.pk: "A"}, was={anders.pk: "I"}, by=host.user)


def test_a_section_that_there_is_not_is_not_found(host, project):
    assert host.get(reverse("stakeholders:duties_edit", args=[project.pk, "nothing"])).status_code == 404


# What a reviewer says


def test_a_register_where_nobody_does_anything_is_said_once(project, anders, maja):
    assert said(project) == {"duties.none"}


def test_nobody_answers_and_nobody_does_the_work(project, anders, maja, host):
    give(project, host.user, anders="C", maja="C")

    assert {"duties.no_accountable", "duties.nobody_responsible"} <= said(project)


def test_one_for_everything_an_officer_who_decides_and_idle_people_are_said(project, maja, host):
    StakeholderFactory(project=project, name="Karin Åström", role="legal")
    for section in all_sections():
        give(project, host.user, key=section.key, maja="AR")
    assert said(project) == {"duties.one_for_all", "duties.idle"}

    give(project, host.user, key="data", maja="R", karin="A")
    assert said(project) == {"duties.officer_decides", "duties.outside"}


# The document


def test_the_matrix_stands_in_the_snapshot_once_somebody_began(project, anders, maja, host):
    assert "duties" not in document.snapshot(project)

    give(project, host.user, anders="A", maja="R")

    lines = {line["key"]: line for line in document.snapshot(project)["duties"]["lines"]}
    assert lines["purpose"] == {
        "key": "purpose",
        "title": "Purpose",
        "items": {"Anders Holm": "A", "Maja Lindqvist": "R"},
    }


@pytest.mark.parametrize("medium", ["page", "pdf"])
def test_the_matrix_is_drawn_from_the_snapshot(project, anders, maja, host, medium):
    give(project, host.user, anders="A", maja="R")
    found = document.snapshot(project)
    project.stakeholders.all().delete()

    drawn = render_to_string("stakeholders/section.html", {"snapshot": found, "medium": medium})

    assert drawn.count('data-letter="A"') == 1
    assert 'data-label="Maja Lindqvist"' in drawn


def test_many_people_are_a_list_of_names_and_namesakes_are_told_apart(project, host):
    for _each in range(16):
        person = StakeholderFactory(project=project, name="Eva Berg")
        Duty.objects.create(project=project, section="risks", person=person, letter="C")
    found = document.snapshot(project)

    drawn = render_to_string("stakeholders/section.html", {"snapshot": found, "medium": "pdf"})

    assert "Eva Berg (16)" in drawn
    assert "data-letter" not in drawn
