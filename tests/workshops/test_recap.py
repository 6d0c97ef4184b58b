"""What remains, and who gets it."""

import pytest

from apps.notifications.models import Message
from apps.workshops import actions
from apps.workshops.enums import Phase
from apps.workshops.models import Card, Participant
from tests.factories.workshops import CardFactory, GroupFactory, ParticipantFactory, ended, running, table_of
from tests.fixtures import HTMX
from tests.pages import soup, swap, text
from tests.workshops.asks import inside


@pytest.fixture
def workshop(project, host):
    workshop = running(project, phase=Phase.GROUP, by=host.user)
    table = table_of(workshop)
    group = GroupFactory(activity=table, name="Sounds sure, is wrong")
    CardFactory(activity=table, text="We stop thinking", revealed_at=workshop.entered_at, group=group)
    CardFactory(activity=table, text="Works council <was> not asked", revealed_at=workshop.entered_at)
    CardFactory(activity=table, text="Never shown before", prompt="concerns", anonymous=True)
    ParticipantFactory(workshop=workshop, name="Lars-Göran")
    ParticipantFactory(workshop=workshop, name="Øyvind", email="oyvind@example.org")
    actions.end_workshop(workshop, step=workshop.step, by=host.user)
    workshop.refresh_from_db()
    return workshop


def recap(browser, workshop):
    return soup(browser.get(inside(workshop, "recap")))


def ticked(workshop, *names):
    return {"recipients": [str(seat.pk) for seat in workshop.participants.filter(name__in=names)]}


def test_everything_said_is_in_the_recap_zero_votes_too(workshop, reviewer):
    words = text(recap(reviewer, workshop))

    assert all(said in words for said in ["We stop thinking", "Works council <was> not asked", "Never shown before"])
    assert all(name in words for name in ["Lars-Göran", "Øyvind", "Sounds sure, is wrong"])


def test_cards_without_a_place_are_listed_until_they_have_one(workshop, host, project):
    card = Card.objects.get(text="We stop thinking")
    before = len(recap(host, workshop).select("#unplaced li"))

    host.post(inside(workshop, "make", card.pk, "risk"), {"title": "We stop thinking"})

    assert (before, len(recap(host, workshop).select("#unplaced li"))) == (3, 2)


def test_only_who_may_host_sees_the_sending(workshop, host, reviewer):
    assert recap(host, workshop).select_one("#recipients")
    assert recap(reviewer, workshop).select_one("#recipients") is None


def test_exactly_those_who_were_ticked_get_it_once(workshop, host):
    for _ in range(2):
        host.post(inside(workshop, "send_recap"), ticked(workshop, "Øyvind"))

    message = Message.objects.get()
    assert (message.to, message.subject) == ("oyvind@example.org", "What was said: Scoping workshop")
    assert "We stop thinking" in message.text
    assert "Works council <was> not asked" in message.text
    assert "&lt;was&gt;" in message.html


def test_a_guest_without_an_address_is_not_ticked_and_not_sent_to(workshop, host):
    box = next(row for row in recap(host, workshop).select("#recipients li") if "Lars-Göran" in row.text).input

    answer = host.post(inside(workshop, "send_recap"), ticked(workshop, "Lars-Göran"))

    assert box.has_attr("disabled")
    assert not box.has_attr("checked")
    assert (answer.status_code, Message.objects.count()) == (422, 0)


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_nobody_ticked_is_told(workshop, host, headers):
    assert host.post(inside(workshop, "send_recap"), {}, headers=headers).status_code == 422


def test_nothing_is_sent_before_the_end(project, host):
    workshop = running(project, by=host.user)
    data = {"recipients": [str(Participant.objects.get(user=host.user).pk)]}

    assert host.post(inside(workshop, "send_recap"), data).status_code == 409


def test_the_sending_swapped_in_looks_like_a_fresh_page(workshop, host):
    url, page = inside(workshop, "send_recap"), recap(host, workshop)

    page = swap(page, host.post(url, ticked(workshop, "Øyvind"), headers=HTMX), via=f"form[hx-post='{url}']")

    assert text(page).split() == text(recap(host, workshop)).split()


@pytest.mark.parametrize("count", [1, 3])
def test_the_recap_costs_the_same_for_any_number(workshop, host, count, django_assert_num_queries):
    table = table_of(workshop)
    for _ in range(count):
        CardFactory(activity=table, revealed_at=workshop.ended_at, group=GroupFactory(activity=table))
        ParticipantFactory(workshop=workshop)

    with django_assert_num_queries(19):
        host.get(inside(workshop, "recap"))


def test_the_road_knows_that_the_workshop_was_held(project, host):
    before = host.get(f"/projects/{project.pk}/workshops/").context["project"].road[2].state

    ended(project, by=host.user)

    after = host.get(f"/projects/{project.pk}/workshops/").context["project"].road[2].state
    assert (before, after) == ("open", "done")
