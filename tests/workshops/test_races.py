"""People press at the same moment: real threads, real transactions."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from apps.core.errors import DomainError, Stale
from apps.workshops import actions
from apps.workshops.enums import Phase
from apps.workshops.models import Card, Outcome, Participant, Vote
from tests.factories.workshops import CardFactory, ParticipantFactory, a_host, running, table_of

pytestmark = pytest.mark.django_db(transaction=True)


def together(*jobs):
    """Run the jobs at the same moment, each on its own connection; their results or refusals."""
    start = Barrier(len(jobs))

    def run(job):
        try:
            start.wait()
            return job()
        except DomainError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


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
