"""A card becomes part of the scope."""

import pytest

from apps.dprd.models import Section
from apps.workshops.enums import Phase
from apps.workshops.models import Outcome
from tests.factories.workshops import CardFactory, running, table_of
from tests.fixtures import HTMX
from tests.pages import soup, swap
from tests.workshops.asks import inside, still


@pytest.fixture
def workshop(project, host):
    return running(project, phase=Phase.TALK, by=host.user)


@pytest.fixture
def card(workshop):
    return CardFactory(activity=table_of(workshop), text="It will sound sure", revealed_at=workshop.entered_at)


def test_a_card_becomes_a_risk_that_remembers_it(workshop, host, card, project):
    url = inside(workshop, "make_risk", card.pk)

    answer = host.post(url, {"title": "It sounds sure and is wrong"})

    risk = project.risks.get()
    assert answer.status_code == 302
    assert (risk.title, risk.came_from) == ("It sounds sure and is wrong", "Scoping workshop: “It will sound sure”")
    assert risk.came_from_url == f"{inside(workshop, 'recap')}#card-{card.pk}"
    assert soup(host.get(inside(workshop, "console"))).select_one(f"#card-{card.pk} a").text == "R1"


def test_a_card_becomes_an_objective(workshop, host, card, project):
    host.post(inside(workshop, "make_objective", card.pk), {"title": "Four hours, not eleven"})

    assert project.objectives.get().came_from == "Scoping workshop: “It will sound sure”"
    assert card.outcomes.get().kind == "objective"


def test_a_card_becomes_a_passage_of_a_section(workshop, host, card, project):
    host.post(
        inside(workshop, "make_passage", card.pk), {"section": "purpose", "text": "Agents send, never the machine."}
    )

    assert "Agents send, never the machine." in Section.objects.get(project=project, key="purpose").text


def test_pressing_twice_makes_one_risk(workshop, host, card, project):
    for _ in range(2):
        host.post(inside(workshop, "make_risk", card.pk), {"title": "It sounds sure"})

    assert (project.risks.count(), Outcome.objects.count()) == (1, 1)


def test_a_risk_swapped_in_looks_like_a_fresh_page(workshop, host, card):
    url = inside(workshop, "make_risk", card.pk)
    page = soup(host.get(inside(workshop, "console")))

    page = swap(page, host.get(url, headers=HTMX), via=f"[hx-get='{url}']")
    page = swap(page, host.post(url, {"title": "It sounds sure"}, headers=HTMX), via=f"form[hx-post='{url}']")

    assert still(page) == still(soup(host.get(inside(workshop, "console"))))


@pytest.mark.parametrize("name", ["make_risk", "make_objective", "make_passage"])
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_words_are_needed(workshop, host, card, name, headers):
    answer = host.post(inside(workshop, name, card.pk), {"title": "", "text": ""}, headers=headers)

    assert (answer.status_code, Outcome.objects.count()) == (422, 0)


def test_a_long_card_becomes_a_title_and_its_cause(workshop, host, card):
    card.text = "Long " * 100
    card.save()

    form = host.get(inside(workshop, "make_risk", card.pk)).context["form"]

    assert (len(form.initial["title"]), form.initial["cause"]) == (160, card.text)
