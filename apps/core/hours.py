"""When people work: in their own zone, Monday to Friday, between 08:00 and 18:00. Pure functions."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

OPENS, CLOSES = time(8, 0), time(18, 0)
SATURDAY = 5


def is_working_day(day: date) -> bool:
    return day.weekday() < SATURDAY


def is_working_time(at: datetime, zone: ZoneInfo) -> bool:
    local = at.astimezone(zone)
    return is_working_day(local.date()) and OPENS <= local.time() < CLOSES


def next_morning(at: datetime, zone: ZoneInfo) -> datetime:
    """The first 08:00 of a working day in `zone` after `at`; that time exists once on every day of every zone."""
    local = at.astimezone(zone)
    day = local.date()
    while not is_working_day(day) or datetime.combine(day, OPENS, tzinfo=zone) <= local:
        day += timedelta(days=1)
    return datetime.combine(day, OPENS, tzinfo=zone)
