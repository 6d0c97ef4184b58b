"""What people are told about a workshop by mail, and the errands that the sweep hands over."""

from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from apps.core.due import State, claim, finish
from apps.notifications import outbox
from apps.workshops import calendar
from apps.workshops.enums import State as Room
from apps.workshops.models import Errand, Invite, Workshop
from apps.workshops.times import reminder_moment

LEASE_SECONDS = 60
INVITED, MOVED, OFF, REMINDED = "invited", "moved", "off", "reminded"
SUBJECTS = {
    INVITED: gettext_noop("Invitation: %(title)s"),
    MOVED: gettext_noop("New time: %(title)s"),
    OFF: gettext_noop("Called off: %(title)s"),
    REMINDED: gettext_noop("Ten minutes before the meeting: %(title)s"),
}


def tell(invite: Invite, kind: str) -> None:
    """One mail to one person; the same news twice is one mail."""
    workshop = invite.workshop
    if workshop.rehearsal:
        return
    zone = ZoneInfo(invite.time_zone)
    with timezone.override(zone):
        outbox.send(
            to=invite.user or invite.email,
            subject=_(SUBJECTS[kind]) % {"title": workshop.title},
            template="mail/workshop_invitation",
            context={
                "kind": kind,
                "invite": invite,
                "workshop": workshop,
                "project": workshop.project,
                "ahead": invite.asked_ahead and kind in (INVITED, REMINDED),
                "zone": zone.key.rsplit("/", 1)[-1].replace("_", " "),
            },
            effect_key=f"workshop:{kind}:{invite.pk}:{workshop.ics_sequence}",
            about=f"workshop:{workshop.pk}",
            calendar=_attached(invite, kind),
        )


def plan_reminder(invite: Invite) -> None:
    """One reminder on the day before, for who was asked to write something ahead."""
    start = invite.workshop.scheduled_at
    at = reminder_moment(start, ZoneInfo(invite.time_zone), timezone.now()) if start else None
    if at and invite.asked_ahead:
        key = f"workshop-reminder:{invite.pk}:{start:%Y%m%dT%H%M}"
        fields = {"workshop": invite.workshop, "invite": invite, "for_start": start, "due_at": at}
        Errand.objects.get_or_create(effect_key=key, defaults=fields)


def run_errand(errand_id: str) -> None:
    """Remind, or end a rehearsal. Safe to run twice."""
    errand = claim(Errand, errand_id, lease_seconds=LEASE_SECONDS)
    if errand is None:
        return
    if errand.invite is None:
        finish(errand, State.DONE)
        Workshop.objects.filter(pk=errand.workshop_id, rehearsal=True).delete()
        return
    reason = _void(errand, errand.invite)
    if not reason:
        tell(errand.invite, REMINDED)
    finish(errand, State.DONE, reason)


def _void(errand: Errand, invite: Invite) -> str:
    """Why there is nothing to remind of any more; empty when there is."""
    workshop, start = errand.workshop, errand.workshop.scheduled_at
    if invite.seat and invite.seat.contributed:
        return "Has written something."
    if start is None or start != errand.for_start:
        return "The time has moved."
    if workshop.state not in (Room.DRAFT, Room.OPEN) or start <= timezone.now():
        return "It has begun, or was called off."
    return "" if workshop.takes_ahead else "Nothing is open ahead."


def _attached(invite: Invite, kind: str) -> str:
    undated = invite.workshop.scheduled_at is None
    if kind == REMINDED or (undated and kind == INVITED):
        return ""
    # What has lost its date leaves the calendar until there is a new one.
    method = calendar.CANCEL if kind == OFF or undated else calendar.REQUEST
    return calendar.ics(invite.workshop, method=method, invite=invite)
