"""When a person can be reached: days of the week, time away, time zone. Pure functions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.template.defaultfilters import date as formatted
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import gettext as _

from apps.stakeholders.models import Stakeholder

FIRST_HOUR, LAST_HOUR = 8, 18
"""Hours of the day between which a meeting asks nothing unusual of anybody."""


@dataclass(frozen=True)
class Hindered:
    """Somebody for whom a meeting stands badly, and why."""

    person: Stakeholder
    why: str


def is_away(person: Stakeholder, day: date) -> bool:
    """Whether `day` lies in the time that somebody is away; an end that nobody named is open."""
    if person.away_from is None and person.away_until is None:
        return False
    return (person.away_from or day) <= day <= (person.away_until or day)


def hindered(people: Iterable[Stakeholder], start: datetime, minutes: int, home: str) -> list[Hindered]:
    """Those of `people` for whom a meeting at `start` (aware) is hard; `home` is the zone of whoever has none."""
    found = [(person, _hindrance(person, start, minutes, home)) for person in people]
    return [Hindered(person, why) for person, why in found if why]


def days_in_words(days: str) -> str:
    """`123` → Mon–Wed, `135` → Mon, Wed, Fri; nothing for none or all five working days."""
    if days in ("", "12345"):
        return ""
    numbers = [int(day) for day in days]
    names = [str(WEEKDAYS_ABBR[number - 1]) for number in numbers]
    if len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"{names[0]}–{names[-1]}"
    return ", ".join(names)


def away_in_words(person: Stakeholder, today: date) -> str:
    """The time away that is not over; nothing when there is none."""
    first, last = person.away_from, person.away_until
    if (first is None and last is None) or (last is not None and last < today):
        return ""
    if last is None:
        return _("away from %(day)s") % {"day": formatted(first, "j M")}
    if first is None or first <= today:
        return _("away until %(day)s") % {"day": formatted(last, "j M")}
    return _("away %(first)s to %(last)s") % {"first": formatted(first, "j M"), "last": formatted(last, "j M")}


def zone_in_words(zone: str, home: str, now: datetime) -> str:
    """`Kolkata, 4:30 ahead`; nothing for whoever lives by the project's clock."""
    if not zone:
        return ""
    ahead = (now.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()) - (
        now.astimezone(ZoneInfo(home)).utcoffset() or timedelta()
    )
    if not ahead:
        return ""
    hours, minutes = divmod(abs(ahead) // timedelta(minutes=1), 60)
    said = {"place": zone.rpartition("/")[2].replace("_", " "), "hours": f"{hours}:{minutes:02}"}
    return (_("%(place)s, %(hours)s ahead") if ahead > timedelta() else _("%(place)s, %(hours)s behind")) % said


def _hindrance(person: Stakeholder, start: datetime, minutes: int, home: str) -> str:
    zone = ZoneInfo(person.time_zone or home)
    there = start.astimezone(zone)
    end = (start + timedelta(minutes=minutes)).astimezone(zone)
    if is_away(person, there.date()):
        return away_in_words(person, there.date())
    if person.days and str(there.isoweekday()) not in person.days:
        return _("does not work on %(day)s") % {"day": WEEKDAYS[there.weekday()]}
    if there.hour < FIRST_HOUR or (end.hour, end.minute) > (LAST_HOUR, 0) or end.date() > there.date():
        return _("it is %(start)s to %(end)s there") % {"start": f"{there:%H:%M}", "end": f"{end:%H:%M}"}
    return ""
