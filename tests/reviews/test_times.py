from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from apps.reviews.times import due_moment, is_working_time, next_working_moment, reminder_times

STOCKHOLM, KOLKATA, NEW_YORK = ZoneInfo("Europe/Stockholm"), ZoneInfo("Asia/Kolkata"), ZoneInfo("America/New_York")
AUCKLAND, HONOLULU = ZoneInfo("Pacific/Auckland"), ZoneInfo("Pacific/Honolulu")
NOW = datetime(2026, 11, 16, 12, 0, tzinfo=STOCKHOLM)
FRIDAY = due_moment(date(2026, 11, 27), STOCKHOLM)


def clock(times):
    return [(kind.value, at.strftime("%a %d %H:%M")) for kind, at in times]


def test_one_working_day_before_and_on_the_morning():
    assert clock(reminder_times(FRIDAY, STOCKHOLM, NOW)) == [("before", "Thu 26 08:30"), ("due_day", "Fri 27 08:30")]


def test_the_day_before_a_monday_is_the_friday():
    monday = due_moment(date(2026, 11, 30), STOCKHOLM)

    assert clock(reminder_times(monday, STOCKHOLM, NOW)) == [("before", "Fri 27 08:30"), ("due_day", "Mon 30 08:30")]


@pytest.mark.parametrize("day", [date(2026, 11, 28), date(2026, 11, 29)])
def test_nobody_is_reminded_on_a_weekend(day):
    assert clock(reminder_times(due_moment(day, STOCKHOLM), STOCKHOLM, NOW)) == [("before", "Fri 27 08:30")]


def test_each_is_reminded_in_their_own_morning():
    assert clock(reminder_times(FRIDAY, KOLKATA, NOW)) == [("before", "Thu 26 08:30"), ("due_day", "Fri 27 08:30")]
    assert reminder_times(FRIDAY, KOLKATA, NOW)[1][1] == datetime(2026, 11, 27, 4, 0, tzinfo=STOCKHOLM)


def test_where_it_is_due_the_day_after_the_reminders_follow_that_day():
    # Friday 17:00 in Stockholm is Saturday 05:00 in Auckland.
    assert clock(reminder_times(FRIDAY, AUCKLAND, NOW)) == [("before", "Fri 27 08:30")]


def test_a_morning_after_the_due_moment_falls_away():
    # Friday 17:00 in Stockholm is Friday 06:00 in Honolulu.
    assert clock(reminder_times(FRIDAY, HONOLULU, NOW)) == [("before", "Thu 26 08:30")]


def test_what_is_past_is_not_sent_after_all():
    thursday_noon = datetime(2026, 11, 26, 12, 0, tzinfo=STOCKHOLM)

    assert clock(reminder_times(FRIDAY, STOCKHOLM, thursday_noon)) == [("due_day", "Fri 27 08:30")]
    assert reminder_times(FRIDAY, STOCKHOLM, FRIDAY) == []


def test_mornings_stay_where_they_are_when_the_clocks_change():
    # Summer time ends in Stockholm on Sunday 25 October 2026, begins on Sunday 28 March 2027.
    for day, offsets in ((date(2026, 10, 26), ["+0200", "+0100"]), (date(2027, 3, 29), ["+0100", "+0200"])):
        found = reminder_times(due_moment(day, STOCKHOLM), STOCKHOLM, datetime(2026, 10, 1, tzinfo=STOCKHOLM))

        assert [at.strftime("%H:%M") for _kind, at in found] == ["08:30", "08:30"]
        assert [at.strftime("%z") for _kind, at in found] == offsets


def test_a_due_moment_is_17_00_on_both_sides_of_the_change():
    assert (
        due_moment(date(2026, 10, 24), STOCKHOLM).utcoffset() != due_moment(date(2026, 10, 26), STOCKHOLM).utcoffset()
    )
    assert due_moment(date(2026, 10, 26), STOCKHOLM).hour == 17


@pytest.mark.parametrize(
    ("moment", "works"),
    [
        (datetime(2026, 11, 27, 8, 0, tzinfo=STOCKHOLM), True),
        (datetime(2026, 11, 27, 7, 59, tzinfo=STOCKHOLM), False),
        (datetime(2026, 11, 27, 17, 59, tzinfo=STOCKHOLM), True),
        (datetime(2026, 11, 27, 18, 0, tzinfo=STOCKHOLM), False),
        (datetime(2026, 11, 28, 12, 0, tzinfo=STOCKHOLM), False),
    ],
)
def test_working_time_is_8_to_18_on_weekdays(moment, works):
    assert is_working_time(moment, STOCKHOLM) == works


@pytest.mark.parametrize(
    ("moment", "then"),
    [
        (datetime(2026, 11, 27, 3, 0, tzinfo=STOCKHOLM), "Fri 27 08:00"),
        (datetime(2026, 11, 27, 12, 0, tzinfo=STOCKHOLM), "Fri 27 12:00"),
        (datetime(2026, 11, 27, 19, 0, tzinfo=STOCKHOLM), "Mon 30 08:00"),
        (datetime(2026, 11, 28, 12, 0, tzinfo=STOCKHOLM), "Mon 30 08:00"),
    ],
)
def test_the_next_working_moment(moment, then):
    assert next_working_moment(moment, STOCKHOLM).strftime("%a %d %H:%M") == then
