"""When a signer who has not answered is reminded: in their own mornings, on working days. Pure functions."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from apps.reviews.times import MORNING, is_working_day, working_day_before

PAUSE = timedelta(days=7)


def next_reminder(due: date | None, zone: ZoneInfo, after: datetime) -> datetime:
    """The first reminder that comes later than `after`.

    One on the last working day before the day by which it is asked, one on the morning of that day; without a day, and
    past it, one a week.
    """
    if due:
        for day in (working_day_before(due), due):
            at = datetime.combine(day, MORNING, tzinfo=zone)
            if at > after and is_working_day(day):
                return at
    day = (after.astimezone(zone) + PAUSE).date()
    while not is_working_day(day):
        day += timedelta(days=1)
    return datetime.combine(day, MORNING, tzinfo=zone)
