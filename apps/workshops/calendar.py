"""A workshop as a calendar invitation (RFC 5545): the same identity for ever, a higher number for each change."""

from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress, vText

from apps.workshops.models import Invite, Workshop

REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"
WEEK_DAYS = 5


def ics(workshop: Workshop, *, method: str, invite: Invite | None = None, for_member: bool = False) -> str:
    """The workshop as an iCalendar text. Times stand in the project's zone, whose rules are in the text.

    Who called it is the host by name: with their own address for members of the project (`for_member`, or an invited
    member), with that of this installation for guests, unless the host shows theirs. `method` is REQUEST, CANCEL or PUBLISH (a download, nobody is asked). Raises ValueError for one without a date.
    """
    if workshop.scheduled_at is None and method != CANCEL:
        raise ValueError("A workshop without a date has no place in a calendar.")
    calendar = Calendar()
    calendar.add("prodid", "-//Scoperoom//Workshops//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    shown = for_member or workshop.host_mail_shown or (invite is not None and invite.user_id is not None)
    calendar.add_component(_event(workshop, method, invite, shown))
    calendar.add_missing_timezones()
    return calendar.to_ical().decode()


def uid(workshop: Workshop) -> str:
    host = settings.PUBLIC_URL.split("//", 1)[-1].split("/")[0].split(":")[0]
    return f"workshop-{workshop.pk}@{host}"


def _event(workshop: Workshop, method: str, invite: Invite | None, shown: bool) -> Event:
    event = Event()
    event.add("uid", uid(workshop))
    event.add("sequence", workshop.ics_sequence)
    event.add("dtstamp", timezone.now().astimezone(UTC).replace(microsecond=0))
    if workshop.scheduled_at:
        _add_times(event, workshop, workshop.scheduled_at)
    event.add("summary", f"{workshop.title}: {workshop.project.title}")
    event.add("status", "CANCELLED" if method == CANCEL else "CONFIRMED")
    url = invite.link if invite else workshop.join_url
    event.add(
        "description", "\n\n".join(part for part in (workshop.purpose, _("Come in: %(url)s") % {"url": url}) if part)
    )
    event.add("location", url)
    event.add("url", url)
    if workshop.host:
        address = workshop.host.email if shown else parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
        event.add("organizer", _person(address, workshop.host.name or workshop.host_name), encode=False)
    if invite:
        attendee = _person(invite.email, invite.name)
        attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
        attendee.params["RSVP"] = vText("FALSE")
        event.add("attendee", attendee, encode=False)
    return event


def _add_times(event: Event, workshop: Workshop, starts: datetime) -> None:
    """From and to on the clock of the project's zone; a week without a meeting is days."""
    local = starts.astimezone(ZoneInfo(workshop.project.time_zone))
    if workshop.has_clock:
        event.add("dtstart", local)
        event.add("dtend", (starts + timedelta(minutes=workshop.minutes)).astimezone(local.tzinfo))
    else:
        event.add("dtstart", local.date())
        event.add("dtend", local.date() + timedelta(days=WEEK_DAYS))


def _person(email: str, name: str) -> vCalAddress:
    address = vCalAddress(f"mailto:{email}")
    address.params["CN"] = vText(name)
    return address
