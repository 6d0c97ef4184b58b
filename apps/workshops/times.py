"""When somebody is reminded of what they may send ahead: once, the day before, in their own morning. Pure."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

MORNING = time(8, 30)
SATURDAY = 5


def reminder_moment(start: datetime, zone: ZoneInfo, now: datetime) -> datetime | None:
    """Half past eight of the last working day before the day of `start` where they are; None when that is past."""
    day = start.astimezone(zone).date() - timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day -= timedelta(days=1)
    at = datetime.combine(day, MORNING, tzinfo=zone)
    return at if at > now else None
