"""Signers are reminded until they answer, in their own mornings, and not a moment longer."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from apps.notifications.models import Message, Preference
from apps.signoffs import actions, mail
from apps.signoffs.models import SignReminder, SignRequest
from apps.signoffs.times import next_reminder
from tests.factories.accounts import UserFactory
from tests.factories.projects import MembershipFactory
from tests.factories.scope import BaselineFactory

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
STOCKHOLM = ZoneInfo("Europe/Stockholm")


@pytest.mark.parametrize(("due", "after", "expected"), [
    (date(2026, 12, 2), MONDAY, "2026-12-01 08:30+01:00"),
    (date(2026, 12, 2), datetime(2026, 12, 1, 8, 0, tzinfo=UTC), "2026-12-02 08:30+01:00"),
    (date(2026, 12, 2), datetime(2026, 12, 2, 8, 0, tzinfo=UTC), "2026-12-09 08:30+01:00"),
    (date(2026, 12, 6), MONDAY, "2026-12-04 08:30+01:00"),
    (None, MONDAY, "2026-11-30 08:30+01:00"),
    (None, datetime(2026, 11, 21, 10, 0, tzinfo=UTC), "2026-11-30 08:30+01:00"),
])  # fmt: skip
def test_the_day_before_the_day_itself_and_then_every_week(due, after, expected):
    assert next_reminder(due, STOCKHOLM, after).isoformat(" ", "minutes") == expected


def ask(project, *people, step=1):
    host = MembershipFactory(project=project, role="host").user
    baseline = project.baselines.first() or BaselineFactory(project=project, number=1)
    for user in people:
        MembershipFactory(project=project, user=user, role="viewer")
    with time_machine.travel(MONDAY, tick=False):
        return actions.ask_to_sign(baseline, signers=people, role="sponsor", step=step, due=None, by=host)[0]


def run(reminder, at=None):
    with time_machine.travel(at or SignReminder.objects.get(pk=reminder.pk).due_at, tick=False):
        mail.remind(str(reminder.pk))
        mail.remind(str(reminder.pk))


@pytest.fixture
def request_(project):
    return ask(project, UserFactory(name="Anders Holm", time_zone="Europe/Stockholm"))


def reminders():
    return Message.objects.filter(subject__startswith="Still open").count()


def test_who_has_not_answered_is_reminded_again_and_again(request_):
    for _ in range(3):
        run(request_.reminder)

    reminder = SignReminder.objects.get()
    assert (reminders(), reminder.sent, reminder.state) == (3, 3, "queued")
    assert reminder.due_at.astimezone(STOCKHOLM).strftime("%a %H:%M") == "Mon 08:30"
    assert "You can also decline" in Message.objects.filter(subject__startswith="Still open").first().text


def test_who_has_answered_is_not_reminded(request_):
    actions.decline(request_, reason="Not mine", by=request_.signer)

    run(request_.reminder)

    assert (reminders(), SignReminder.objects.get().state) == (0, "done")


def test_after_a_newer_baseline_nobody_is_reminded_of_the_old_one(request_, project):
    BaselineFactory(project=project, number=2)

    run(request_.reminder)

    assert reminders() == 0


def test_who_left_the_project_is_not_reminded(request_, project):
    project.memberships.filter(user=request_.signer).delete()

    run(request_.reminder)

    assert reminders() == 0


def test_those_whose_turn_comes_later_are_not_reminded_before_it(request_, project):
    ask(project, UserFactory(), step=2)

    assert [reminder.request for reminder in SignReminder.objects.all()] == [request_]


def test_a_late_sweep_disturbs_no_weekend(request_):
    saturday = datetime(2026, 12, 5, 9, 0, tzinfo=UTC)

    run(request_.reminder, saturday)

    assert reminders() == 0
    assert SignReminder.objects.get().due_at == datetime(2026, 12, 7, 7, 0, tzinfo=UTC)


def test_who_wants_no_mail_of_requests_gets_no_reminder(request_):
    Preference.objects.create(user=request_.signer, kind="request", pace="never")

    run(request_.reminder)

    assert (reminders(), SignRequest.objects.get().is_waiting) == (0, True)
    assert SignReminder.objects.get().due_at > MONDAY + timedelta(days=7)
