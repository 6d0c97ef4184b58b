"""Due rows, on the ones that there are: messages (not repeated after a crash) and reminders (repeated)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.core import due
from apps.core.due import State, claim, finish, try_later
from apps.notifications.models import Message
from apps.reviews.models import Reminder
from tests.factories.reviews import ReviewRequestFactory
from tests.together import run_together


@pytest.fixture
def message(db):
    return Message.objects.create(effect_key="k1", to="karin@norrwater.example", subject="Code", text="123456")


@pytest.fixture
def reminder(db):
    return Reminder.objects.create(
        effect_key="r1", request=ReviewRequestFactory(), kind="before", for_due=timezone.now()
    )


def lapse(model):
    model.objects.update(lease_until=timezone.now() - timedelta(seconds=1))


def test_a_claim_is_a_lease(message):
    row = claim(Message, message.pk, lease_seconds=60)

    assert (row.state, row.attempts) == ("running", 1)
    assert timedelta(seconds=55) < row.lease_until - timezone.now() <= timedelta(seconds=60)


def test_a_claimed_row_is_nobody_elses(message):
    claim(Message, message.pk, lease_seconds=60)

    assert claim(Message, message.pk, lease_seconds=60) is None


def test_a_row_is_not_done_before_it_is_due(message):
    Message.objects.update(due_at=timezone.now() + timedelta(minutes=1))

    assert claim(Message, message.pk, lease_seconds=60) is None
    assert due.waiting() == []


@pytest.mark.parametrize("state", [State.DONE, State.FAILED, State.UNKNOWN])
def test_a_finished_row_stays_finished(message, state):
    finish(message, state)

    assert claim(Message, message.pk, lease_seconds=60) is None
    assert due.waiting() == []


def test_a_row_that_is_gone_is_nobodys(db):
    assert claim(Message, "01890000-0000-7000-8000-000000000000", lease_seconds=60) is None


def test_after_a_crash_what_is_safe_to_repeat_is_taken_again(reminder):
    claim(Reminder, reminder.pk, lease_seconds=60)
    lapse(Reminder)

    assert due.waiting() == [("reviews.Reminder", str(reminder.pk))]
    assert claim(Reminder, reminder.pk, lease_seconds=60).attempts == 2


def test_after_a_crash_what_may_have_happened_is_unknown(message):
    claim(Message, message.pk, lease_seconds=60)
    lapse(Message)

    assert claim(Message, message.pk, lease_seconds=60) is None
    message.refresh_from_db()
    assert (message.state, message.last_error) == ("unknown", "The worker stopped while doing this.")


def test_a_row_that_is_put_back_waits_longer_each_time(message):
    pauses = []
    for attempt in range(1, 9):
        message.attempts = attempt
        try_later(message, "refused")
        pauses.append(round((message.due_at - timezone.now()).total_seconds()))

    assert pauses == [5, 10, 20, 40, 80, 160, 300, 300]
    assert (message.state, message.lease_until, message.last_error) == ("queued", None, "refused")


def test_after_its_last_attempt_a_row_has_failed(reminder):
    reminder.attempts = Reminder.max_attempts

    try_later(reminder, "refused")

    assert (reminder.state, reminder.last_error) == ("failed", "refused")


def test_many_attempts_do_not_overflow_the_pause(message):
    message.attempts = 800

    try_later(message, "refused")

    assert message.due_at - timezone.now() <= timedelta(seconds=300)


def test_the_oldest_wait_is_told(message):
    assert due.oldest_wait_seconds() < 5
    Message.objects.update(due_at=timezone.now() - timedelta(seconds=90))

    assert 90 <= due.oldest_wait_seconds() < 95


def test_one_effect_is_one_row(message):
    with pytest.raises(Exception, match="effect_key"):
        Message.objects.create(effect_key="k1", to="a@b.example", subject="Code", text="")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("workers", [2, 8])
def test_of_many_workers_one_gets_the_row(workers):
    message = Message.objects.create(effect_key="k1", to="karin@norrwater.example", subject="Code", text="")

    claimed = run_together(workers, lambda: claim(Message, message.pk, lease_seconds=60))

    assert sum(row is not None for row in claimed) == 1
    assert Message.objects.get().attempts == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_find_a_crashed_row_one_repeats_it():
    row = Reminder.objects.create(
        effect_key="r1", request=ReviewRequestFactory(), kind="before", for_due=timezone.now(), state="running"
    )
    lapse(Reminder)

    claimed = run_together(2, lambda: claim(Reminder, row.pk, lease_seconds=60))

    assert sum(row is not None for row in claimed) == 1
