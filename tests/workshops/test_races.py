"""People press at the same moment: real threads, real transactions."""

from datetime import date
from uuid import uuid4

import pytest

from apps.core.errors import DomainError, Stale
from apps.workshops import actions
from apps.workshops.enums import Kind, Phase
from apps.workshops.models import ActionItem, Answer, Card, Item, Outcome, Participant, Vote
from tests.factories.activities import parked, proposal, reason, standing
from tests.factories.workshops import CardFactory, ParticipantFactory, a_host, move, running, table_of
from tests.together import together

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_hosts_who_press_next_at_once_take_one_step(project):
    workshop = running(project)
    table = table_of(workshop)
    hosts = [a_host(project), a_host(project)]

    def press(host):
        return lambda: actions.move_everyone(
            workshop, activity=table.pk, phase=Phase.GROUP, step=workshop.step, by=host
        )

    results = together(*[press(host) for host in hosts])

    before = workshop.step
    workshop.refresh_from_db()
    assert (workshop.step, workshop.phase) == (before + 1, Phase.GROUP)
    assert sorted(isinstance(result, Stale) for result in results) == [False, True]


def test_dots_over_the_budget_are_refused_when_sent_at_once(project):
    workshop = running(project, phase=Phase.VOTE)
    table = table_of(workshop)
    seat = ParticipantFactory(workshop=workshop)
    cards = [CardFactory(activity=table, revealed_at=workshop.entered_at) for _ in range(4)]

    def put(card):
        return lambda: actions.place_dots(Participant.objects.get(pk=seat.pk), target="card", item=card.pk, dots=2)

    results = together(*[put(card) for card in cards])

    assert sum(Vote.objects.values_list("dots", flat=True)) == 2
    assert sum(isinstance(result, DomainError) for result in results) == 3


def test_a_card_sent_twice_at_once_is_one_card(project):
    workshop = running(project)
    table, key = table_of(workshop), uuid4()
    seat = ParticipantFactory(workshop=workshop)

    def send():
        return actions.add_card(
            Participant.objects.get(pk=seat.pk), activity=table.pk, prompt="concerns", text="Once", key=key
        )

    together(send, send, send)

    assert Card.objects.filter(text="Once").count() == 1


def test_a_card_becomes_a_risk_once_when_two_hosts_press(project):
    workshop = running(project, phase=Phase.TALK)
    card = CardFactory(activity=table_of(workshop), revealed_at=workshop.entered_at)
    hosts = [a_host(project), a_host(project)]

    def press(host):
        return lambda: actions.make_outcome(
            [Card.objects.select_related("workshop__project").get(pk=card.pk)],
            "risk",
            title="Once",
            cause="",
            consequence="",
            by=host,
        )

    together(*[press(host) for host in hosts])

    assert (Outcome.objects.count(), project.risks.count()) == (1, 1)


def test_no_card_slips_between_writing_and_the_reveal(project):
    workshop = running(project)
    table = table_of(workshop)
    seats = [ParticipantFactory(workshop=workshop) for _ in range(6)]

    def send(seat):
        return lambda: actions.add_card(
            Participant.objects.get(pk=seat.pk), activity=table.pk, prompt="concerns", text="Said", key=uuid4()
        )

    def reveal():
        return actions.move_everyone(
            workshop, activity=table.pk, phase=Phase.GROUP, step=workshop.step, by=workshop.host
        )

    together(*[send(seat) for seat in seats], reveal)

    assert Card.objects.filter(text="Said", revealed_at__isnull=False, author=None).count() == 6


def test_no_rating_slips_between_asking_and_showing(project):
    workshop = running(project)
    framing = workshop.activities.get(kind="framing")
    workshop = move(workshop, framing, Phase.SCORE)
    seats = [ParticipantFactory(workshop=workshop) for _ in range(6)]

    def rate(seat):
        return lambda: actions.give_answer(
            Participant.objects.get(pk=seat.pk), activity=framing.pk, value={"clarity": 3}, text="Whose handbook?"
        )

    def show():
        return actions.move_everyone(
            workshop, activity=framing.pk, phase=Phase.TALK, step=workshop.step, by=workshop.host
        )

    results = together(*[rate(seat) for seat in seats], show)

    kept = sum(isinstance(result, Answer) for result in results)
    late = sum(isinstance(result, DomainError) for result in results)
    assert kept + late == 6
    assert Answer.objects.filter(revealed_at__isnull=False, participant=None).count() == kept
    assert Answer.objects.count() == kept
    assert Card.objects.filter(text="Whose handbook?", revealed_at__isnull=False, author=None).count() == kept


def test_an_answer_sent_twice_at_once_is_one_answer(project):
    workshop = running(project)
    framing = workshop.activities.get(kind="framing")
    move(workshop, framing, Phase.SCORE)
    seat = ParticipantFactory(workshop=workshop)

    def rate():
        return actions.give_answer(
            Participant.objects.get(pk=seat.pk), activity=framing.pk, value={"clarity": 3}, text="Once"
        )

    together(rate, rate, rate)

    assert (Answer.objects.count(), Card.objects.filter(text="Once").count()) == (1, 1)


def test_six_people_change_one_entry_of_the_map_at_once_and_nothing_is_lost(project):
    workshop = running(project)
    step = workshop.activities.get(kind="map")
    move(workshop, step, Phase.PLACE)
    step.refresh_from_db()
    item = actions.add_entry(step, text="Works council", key=uuid4(), details={}, by=workshop.host)
    changes = [{"influence": 4}, {"affected": 5}, {"standing": "approver"}, {"missing": True}, {"text": "Council"}]

    def change(said):
        seat = ParticipantFactory(workshop=workshop)
        return lambda: actions.change_entry(item, seen={"text": "Works council"}, said=said, by=seat)

    together(*[change(said) for said in changes])

    item.refresh_from_db()
    assert {"text": item.text, **item.details} == {key: value for said in changes for key, value in said.items()}


def test_a_name_that_two_add_at_once_stands_once(project):
    workshop = running(project)
    step = workshop.activities.get(kind="map")
    move(workshop, step, Phase.PLACE)
    step.refresh_from_db()
    seats = [ParticipantFactory(workshop=workshop) for _ in range(3)]

    def add(seat):
        return lambda: actions.add_entry(step, text="Works council", key=uuid4(), details={}, by=seat)

    results = together(*[add(seat) for seat in seats])

    assert step.items.count() == 1
    assert sum(isinstance(result, DomainError) for result in results) == 2


def test_two_hosts_take_the_sheet_at_once_and_it_lands_once(project):
    workshop = running(project)
    step = workshop.activities.get(kind="metric")
    move(workshop, step, Phase.TALK)
    item = step.items.get()
    actions.fill_sheet(item, seen={}, said={"name": "First response", "target": "4"}, by=workshop.host)
    hosts = [a_host(project), a_host(project)]

    def take(host):
        return lambda: actions.take_sheet(Item.objects.select_related("activity__workshop").get(pk=item.pk), by=host)

    together(*[take(host) for host in hosts])

    assert (project.objectives.count(), project.rows.count()) == (1, 1)


def test_answers_and_the_close_of_a_proposal_never_cross(project):
    activity = standing(project, Kind.DECIDE, Phase.DECIDE)
    item, host = proposal(activity, opened=True), activity.workshop.host
    seats = [ParticipantFactory(workshop=activity.workshop) for _ in range(5)]

    def say(seat):
        return lambda: actions.give_answer(
            Participant.objects.get(pk=seat.pk),
            activity=activity.pk,
            value={"choice": "agree"},
            target="item",
            item=item.pk,
        )

    results = together(*[say(seat) for seat in seats], lambda: actions.close_proposal(item, by=host))

    heard = Answer.objects.filter(item=item)
    assert heard.filter(revealed_at=None).count() == 0
    assert heard.count() == sum(isinstance(result, Answer) for result in results)


def test_the_same_person_answering_twice_at_once_has_one_answer(project):
    activity = standing(project, Kind.PREMORTEM, Phase.SCORE)
    card, seat = reason(activity), ParticipantFactory(workshop=activity.workshop)

    def rate(value):
        answer = {"target": "card", "item": card.pk, "value": {"likelihood": value, "impact": value}}
        return lambda: actions.give_answers(Participant.objects.get(pk=seat.pk), activity=activity.pk, answers=[answer])

    together(rate(1), rate(5), rate(3))

    assert Answer.objects.count() == 1


def test_two_hosts_who_settle_one_parked_card_make_one_action(project):
    activity = standing(project, Kind.PARKING, Phase.TALK)
    card, hosts = parked(activity.workshop), [a_host(project), a_host(project)]

    def settle(host):
        return lambda: actions.settle_parked(activity.workshop, card, owner="Karin", due=date(2099, 1, 31), by=host)

    together(*[settle(host) for host in hosts])

    assert ActionItem.objects.count() == 1
