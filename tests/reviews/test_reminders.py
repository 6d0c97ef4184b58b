from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from apps.core import due
from apps.notifications.models import Message
from apps.reviews import actions, mail
from apps.reviews.models import Reminder, Response
from tests.factories.projects import MembershipFactory

STOCKHOLM = ZoneInfo("Europe/Stockholm")
MONDAY = datetime(2026, 11, 16, 12, 0, tzinfo=STOCKHOLM)
FRIDAY = date(2026, 11, 27)


@pytest.fixture
def open_round(project, time_machine):
    """A round asked for on Monday 16 November, due on Friday 27 November."""
    time_machine.move_to(MONDAY, tick=False)
    maja = MembershipFactory(project=project, role="host").user

    def make(*people, day=FRIDAY):
        made = actions.open_round(
            project, sections=["people"], people=[(person, "approve") for person in people], due=day, by=maja
        )
        Message.objects.all().delete()
        return made

    return make


@pytest.fixture
def karin(project):
    return MembershipFactory(project=project, role="reviewer").user


@pytest.fixture
def priya(project):
    return MembershipFactory(project=project, role="editor", user__time_zone="Asia/Kolkata").user


def sweep():
    for label, pk in due.waiting():
        if label == "reviews.Reminder":
            due.do(label, pk)


def mails():
    return list(Message.objects.order_by("created_at").values_list("to", "subject"))


def answer(round, person):
    request = round.requests.get(user=person)
    actions.send_answers(request, answers={"people": ("agree", "", 1)}, by=person)


def test_each_is_reminded_twice_in_their_own_morning(open_round, karin, priya, time_machine):
    open_round(karin, priya)
    sent = []
    # Every hour of the three days before it is due, and the one after.
    for hour in range(4 * 24):
        time_machine.move_to(datetime(2026, 11, 25, 0, 5, tzinfo=STOCKHOLM) + timedelta(hours=hour), tick=False)
        before = Message.objects.count()
        sweep()
        for message in Message.objects.order_by("created_at")[before:]:
            local = message.created_at.astimezone(ZoneInfo(message.recipient.time_zone))
            sent.append((message.to, local.strftime("%a %d %H")))

    assert sorted(sent) == sorted(
        [
            (karin.email, "Thu 26 09"),
            (karin.email, "Fri 27 09"),
            (priya.email, "Thu 26 08"),
            (priya.email, "Fri 27 08"),
        ]
    )


def test_who_has_answered_is_not_reminded(open_round, karin, time_machine):
    round = open_round(karin)
    answer(round, karin)

    time_machine.move_to(datetime(2026, 11, 27, 9, 0, tzinfo=STOCKHOLM), tick=False)
    sweep()

    assert Reminder.objects.count() == 0
    assert mails() == []


def test_an_answer_that_comes_while_the_reminder_is_claimed_wins(open_round, karin, time_machine):
    round = open_round(karin)
    time_machine.move_to(datetime(2026, 11, 26, 9, 0, tzinfo=STOCKHOLM), tick=False)
    waiting = due.waiting()
    round.requests.update(answered_at=MONDAY)

    for label, pk in waiting:
        due.do(label, pk)

    assert mails() == []


def test_moving_the_due_date_moves_the_reminders(open_round, karin, time_machine):
    round = open_round(karin)

    actions.move_due(round, due=date(2026, 12, 4), version=1, by=karin)
    time_machine.move_to(datetime(2026, 11, 27, 9, 0, tzinfo=STOCKHOLM), tick=False)
    sweep()
    early = mails()
    time_machine.move_to(datetime(2026, 12, 3, 9, 0, tzinfo=STOCKHOLM), tick=False)
    sweep()

    assert (early, len(mails())) == ([], 1)


def test_moving_the_due_date_away_and_back_reminds_once(open_round, karin, time_machine):
    round = open_round(karin)
    time_machine.move_to(datetime(2026, 11, 26, 9, 0, tzinfo=STOCKHOLM), tick=False)
    sweep()

    actions.move_due(round, due=date(2026, 12, 4), version=1, by=karin)
    actions.move_due(round, due=FRIDAY, version=2, by=karin)
    sweep()

    assert len(mails()) == 1


def test_a_late_sweep_wakes_nobody_and_sends_one_mail(open_round, karin, time_machine):
    open_round(karin)

    time_machine.move_to(datetime(2026, 11, 27, 3, 0, tzinfo=STOCKHOLM), tick=False)
    sweep()
    at_night = mails()
    time_machine.move_to(datetime(2026, 11, 27, 8, 31, tzinfo=STOCKHOLM), tick=False)
    sweep()

    assert at_night == []
    assert mails() == [(karin.email, "Today: “Reply drafts for support”")]


def test_after_the_due_date_nobody_is_reminded(open_round, karin, time_machine):
    open_round(karin)

    time_machine.move_to(datetime(2026, 11, 27, 17, 30, tzinfo=STOCKHOLM), tick=False)
    sweep()

    assert mails() == []
    assert set(Reminder.objects.values_list("state", flat=True)) == {"done"}


def test_a_removed_member_is_not_reminded(open_round, karin, time_machine):
    open_round(karin)
    karin.memberships.all().delete()

    time_machine.move_to(datetime(2026, 11, 26, 9, 0, tzinfo=STOCKHOLM), tick=False)
    sweep()

    assert mails() == []


def test_doing_the_same_reminder_twice_sends_one_mail(open_round, karin, time_machine):
    open_round(karin)
    time_machine.move_to(datetime(2026, 11, 26, 9, 0, tzinfo=STOCKHOLM), tick=False)
    pk = str(Reminder.objects.order_by("due_at").first().pk)

    mail.remind(pk)
    Reminder.objects.filter(pk=pk).update(state="queued")
    mail.remind(pk)

    assert len(mails()) == 1


@pytest.mark.parametrize(
    ("opened", "day", "utc"),
    [
        (datetime(2026, 10, 19, 12, tzinfo=STOCKHOLM), date(2026, 10, 26), ["06:30", "07:30"]),
        (datetime(2027, 3, 22, 12, tzinfo=STOCKHOLM), date(2027, 3, 29), ["07:30", "06:30"]),
    ],
)
def test_reminders_cross_the_change_of_the_clock(open_round, karin, time_machine, opened, day, utc):
    time_machine.move_to(opened, tick=False)

    open_round(karin, day=day)

    assert [f"{row.due_at:%H:%M}" for row in Reminder.objects.order_by("due_at")] == utc


def test_the_mail_says_the_persons_own_time_and_links_to_the_text(open_round, priya, time_machine):
    round = open_round(priya)
    time_machine.move_to(datetime(2026, 11, 26, 9, 0, tzinfo=STOCKHOLM), tick=False)
    sweep()

    text = Message.objects.get().text
    assert "Friday 27 November 2026, 21:30 (Kolkata time)" in text
    assert round.answer_url in text


def test_answers_of_one_person_do_not_stop_the_reminders_of_another(open_round, karin, priya):
    round = open_round(karin, priya)

    answer(round, karin)

    assert set(Reminder.objects.values_list("request__user", flat=True)) == {priya.pk}
    assert Response.objects.exclude(sent_answer="").count() == 1
