"""Who is told that a dependency is late is really told: once, in the morning, and not when it is there."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from apps.core.due import State
from apps.notifications import letters
from apps.notifications.models import Letter, Message, Notice
from apps.registers.schedule import tell_slips
from apps.tables.actions import add_row, change_row
from tests.factories.projects import MembershipFactory

# A Thursday.
MORNING = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)


@pytest.fixture
def priya(project):
    return MembershipFactory(project=project, user__name="Priya Raman").user


@pytest.fixture
def clock():
    with time_machine.travel(MORNING, tick=False) as travel:
        yield travel


def waits(project, **values):
    said = {
        "name": "Ticket API",
        "owner": "Tomas Ek",
        "needed_by": "2026-11-25",
        "effect": "The pilot waits",
        "told": "Priya",
    }
    return add_row(project, "dependencies", values={**said, **values}, by=project.memberships.first().user)


def write_all(clock):
    clock.shift(letters.AT_ONCE + timedelta(seconds=1))
    for pk in Letter.objects.filter(state=State.QUEUED).values_list("pk", flat=True):
        letters.write(str(pk))
    return list(Message.objects.all())


def test_the_mail_says_what_is_late_since_when_and_what_stops(project, priya, clock):
    waits(project)

    tell_slips()
    tell_slips()

    [mail] = write_all(clock)
    assert mail.recipient == priya
    assert "“Ticket API” is late" in mail.subject
    for words in ("25 November 2026", "The pilot waits", "Tomas Ek"):
        assert words in mail.text


@pytest.mark.parametrize(
    "values",
    [{"state": "there"}, {"needed_by": "2026-11-26"}, {"told": "Somebody else"}, {"told": ""}, {"needed_by": ""}],
    ids=["it is there", "its day is today", "no member", "nobody is named", "no day"],
)
def test_nobody_is_told_of_what_is_not_late_or_not_theirs(project, priya, clock, values):
    waits(project, **values)

    tell_slips()

    assert not Notice.objects.exists()


def test_nobody_is_told_at_night(project, priya, clock):
    waits(project)
    clock.move_to(datetime(2026, 11, 26, 2, 0, tzinfo=UTC))

    tell_slips()

    assert not Notice.objects.exists()


def test_what_came_meanwhile_is_not_told_and_a_new_day_that_is_missed_is(project, priya, clock):
    row = waits(project)
    tell_slips()
    row = change_row(row, version=row.version, values={"state": "there"}, by=priya)
    assert write_all(clock) == []

    change_row(row, version=row.version, values={"state": "asked", "needed_by": date(2026, 12, 1)}, by=priya)
    clock.move_to(MORNING + timedelta(days=7))
    tell_slips()

    assert len(write_all(clock)) == 1
