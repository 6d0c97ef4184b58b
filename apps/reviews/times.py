"""When people are reminded: in their own zone, on working days, between 08:00 and 18:00. Pure functions.

Mornings at half past eight exist once in every zone on every day, so no change of the clock doubles
or swallows a reminder; the distance between two of them in hours may differ, their place on the clock not.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from apps.reviews.enums import Kind

DUE = time(17, 0)
MORNING = time(8, 30)
OPENS, CLOSES = time(8, 0), time(18, 0)
SATURDAY = 5
# A reminder that comes with less time than this left is a reproach.
LEAST_NOTICE = timedelta(minutes=30)


def due_moment(day: date, zone: ZoneInfo) -> datetime:
    """17:00 of `day` in the project's zone."""
    return datetime.combine(day, DUE, tzinfo=zone)


def reminder_times(due: datetime, zone: ZoneInfo, now: datetime) -> list[tuple[Kind, datetime]]:
    """The reminders that a person in `zone` still gets for `due`, the earlier first, all after `now`.

    One on the last working day before the day on which it is due where they are, one on the morning of
    that day; the second falls away on a weekend and when it would come with less than half an hour left.
    """
    due_day = due.astimezone(zone).date()
    found = [(Kind.BEFORE, _morning(working_day_before(due_day), zone))]
    if is_working_day(due_day):
        found.append((Kind.DUE_DAY, _morning(due_day, zone)))
    return [(kind, at) for kind, at in found if now < at <= due - LEAST_NOTICE]


def is_working_day(day: date) -> bool:
    return day.weekday() < SATURDAY


def working_day_before(day: date) -> date:
    before = day - timedelta(days=1)
    while not is_working_day(before):
        before -= timedelta(days=1)
    return before


def is_working_time(at: datetime, zone: ZoneInfo) -> bool:
    local = at.astimezone(zone)
    return is_working_day(local.date()) and OPENS <= local.time() < CLOSES


def next_working_moment(at: datetime, zone: ZoneInfo) -> datetime:
    """`at` itself when somebody in `zone` works then, else the next time they do."""
    local = at.astimezone(zone)
    if is_working_time(at, zone):
        return at
    day = local.date()
    if not is_working_day(day) or local.time() >= CLOSES:
        day += timedelta(days=1)
        while not is_working_day(day):
            day += timedelta(days=1)
    return datetime.combine(day, OPENS, tzinfo=zone)


def _morning(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, MORNING, tzinfo=zone)
