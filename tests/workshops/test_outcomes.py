"""A card becomes part of the scope."""

import pytest

from apps.dprd.models import Section
from apps.workshops import queries
from apps.workshops.enums import Phase
from apps.workshops.models import Outcome
from tests.factories.workshops import CardFactory, GroupFactory, running, table_of
from tests.fixtures import HTMX
from tests.pages import soup, swap, text
from tests.workshops.asks import inside, still, with_menu


@pytest.fixture
def workshop(project, host):
    return running(project, phase=Phase.TALK, by=host.user)


@pytest.fixture
def card(workshop):
    return CardFactory(activity=table_of(workshop), text="It will sound sure", revealed_at=workshop.entered_at)


def test_a_card_becomes_a_risk_that_remembers_it(workshop, host, card, project):
    url = inside(workshop, "make", card.pk, "risk")

    answer = host.post(url, {"title": "It sounds sure and is wrong"})

    risk = project.risks.get()
    assert risk.rating is None
    assert answer.status_code == 302
    assert (risk.title, risk.came_from) == ("It sounds sure and is wrong", "Scoping workshop: “It will sound sure”")
    assert risk.came_from_url == f"{inside(workshop, 'recap')}#card-{card.pk}"
    assert soup(host.get(inside(workshop, "console"))).select_one(f"#card-{card.pk} a").text == "R1"


def test_a_card_becomes_an_objective(workshop, host, card, project):
    host.post(inside(workshop, "make", card.pk, "objective"), {"title": "Four hours, not eleven"})

    assert project.objectives.get().came_from == "Scoping workshop: “It will sound sure”"
    assert card.outcomes.get().kind == "objective"


def test_a_card_becomes_a_passage_of_a_section(workshop, host, card, project):
    host.post(
        inside(workshop, "make", card.pk, "passage"), {"section": "purpose", "text": "Agents send, never the machine."}
    )

    assert "Agents send, never the machine." in Section.objects.get(project=project, key="purpose").text


def test_pressing_twice_makes_one_risk(workshop, host, card, project):
    for _ in range(2):
        host.post(inside(workshop, "make", card.pk, "risk"), {"title": "It sounds sure"})

    assert (project.risks.count(), Outcome.objects.count()) == (1, 1)


def test_a_risk_swapped_in_looks_like_a_fresh_page(workshop, host, card):
    url = inside(workshop, "make", card.pk, "risk")
    page = with_menu(host, workshop, card)

    page = swap(page, host.get(url, headers=HTMX), via=f"[hx-get='{url}']")
    page = swap(page, host.post(url, {"title": "It sounds sure"}, headers=HTMX), via=f"form[hx-post='{url}']")

    assert still(page) == still(soup(host.get(inside(workshop, "console"))))


@pytest.mark.parametrize("name", ["risk", "objective", "data", "decision", "passage", "comment"])
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_words_are_needed(workshop, host, card, name, headers):
    answer = host.post(inside(workshop, "make", card.pk, name), {"title": "", "text": ""}, headers=headers)

    assert (answer.status_code, Outcome.objects.count()) == (422, 0)


def test_a_long_card_becomes_a_title_and_its_cause(workshop, host, card):
    card.text = "Long " * 100
    card.save()

    form = host.get(inside(workshop, "make", card.pk, "risk")).context["form"]

    assert (len(form.initial["title"]), form.initial["cause"]) == (160, card.text)


def test_a_group_becomes_one_risk_of_all_its_cards(workshop, host, project):
    group = GroupFactory(activity=table_of(workshop), name="Sounds sure, is wrong")
    cards = [CardFactory(activity=table_of(workshop), group=group, revealed_at=workshop.entered_at) for _ in range(3)]

    host.post(inside(workshop, "make_of_group", group.pk, "risk"), {"title": "It sounds sure and is wrong"})

    assert project.risks.get().came_from == "Scoping workshop: “Sounds sure, is wrong”"
    assert {outcome.label for card in cards for outcome in card.outcomes.all()} == {"R1"}


def test_a_card_becomes_a_comment_on_a_section(workshop, host, card, project):
    host.post(inside(workshop, "make", card.pk, "comment"), {"section": "purpose", "text": "Who is liable?"})

    thread = project.threads.get()
    assert (thread.target, thread.comments.get().body.splitlines()[0]) == ("section:purpose", "Who is liable?")


def test_several_cards_are_placed_at_once(workshop, host, card, project):
    other = CardFactory(activity=table_of(workshop), text="We stop thinking", revealed_at=workshop.entered_at)
    third = CardFactory(activity=table_of(workshop), text="Later", revealed_at=workshop.entered_at)

    host.post(inside(workshop, "place"), {
        f"{card.pk}-text": "It sounds sure", f"{card.pk}-kind": "risk",
        f"{other.pk}-text": "Agents decide.", f"{other.pk}-kind": "passage", f"{other.pk}-section": "purpose",
        f"{third.pk}-text": "Later", f"{third.pk}-kind": "left",
    })  # fmt: skip

    assert [one.label for one in Outcome.objects.order_by("kind")] == ["Purpose", "R1"]
    assert queries.unplaced(workshop) == []


def test_one_bad_card_of_several_places_none_and_keeps_the_words(workshop, host, card):
    other = CardFactory(activity=table_of(workshop), revealed_at=workshop.entered_at)

    answer = host.post(inside(workshop, "place"), {
        f"{card.pk}-text": "It sounds sure", f"{card.pk}-kind": "risk",
        f"{other.pk}-text": "To the point", f"{other.pk}-kind": "passage", f"{other.pk}-section": "risks",
    })  # fmt: skip

    assert (answer.status_code, Outcome.objects.count()) == (422, 0)
    assert "To the point" in text(soup(answer))
    assert "needs a section of text" in text(soup(answer))


def test_a_card_that_is_left_asks_for_nothing_and_stays_in_the_record(workshop, host, card):
    host.post(inside(workshop, "leave_card", card.pk))

    assert queries.unplaced(workshop) == []
    assert card.text in text(soup(host.get(inside(workshop, "recap"))))


@pytest.mark.parametrize("kind", ["data", "dependency", "constraint", "metric", "decision"])
def test_a_card_becomes_a_row_of_a_register_that_remembers_it(workshop, host, card, project, kind):
    host.post(inside(workshop, "make", card.pk, kind), {"title": "Ticket system 9"})

    row = project.rows.get()
    assert (row.values["name"], row.came_from) == ("Ticket system 9", "Scoping workshop: “It will sound sure”")
    assert card.outcomes.get().url == row.get_absolute_url()
