"""What happens to a decision when nobody is at a screen: absent members are asked and reminded, what is decided is filed."""

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.links import addressed
from apps.core.due import State, claim, finish
from apps.notifications import outbox
from apps.tables import actions as registers
from apps.workshops import decisions
from apps.workshops.decisions import Proposal
from apps.workshops.models import Item, Voice

LEASE_SECONDS = 60
MORNING = time(8, 30)


def ask(voice: Voice) -> None:
    """Tell an absent member that their word is asked."""
    _send(voice, "ask", _("Your word on a decision: %(title)s"))


def reminder_moment(voice: Voice) -> datetime:
    """The morning of the last day where they are, or the end itself when that morning is over."""
    zone = ZoneInfo(voice.user.time_zone)
    morning = datetime.combine(voice.until.astimezone(zone).date(), MORNING, tzinfo=zone)
    return morning if timezone.now() < morning < voice.until else voice.until


@transaction.atomic
def hear(voice_id: str) -> None:
    """Remind whom it is time to remind; file what can be filed when the time is over. Safe to run twice."""
    voice = claim(Voice, voice_id, lease_seconds=LEASE_SECONDS)
    if voice is None:
        return
    if voice.answered_at or voice.item.closed_at is None:
        finish(voice, State.DONE, "Answered, or the proposal is open again.")
        return
    if voice.until <= timezone.now():
        finish(voice, State.DONE, "The time is over.")
        file_decision(voice.item, by=None)
        return
    _send(voice, "remind", _("Today: your word on a decision, %(title)s"))
    voice.reminded_at, voice.due_at = timezone.now(), voice.until
    voice.save(update_fields=["reminded_at", "due_at"])
    finish(voice, State.QUEUED)


def file_decision(item: Item, *, by: Any) -> Item:
    """Put a decision into the register of decisions, once, when nothing stands against it any more."""
    locked = Item.objects.select_for_update(of=("self",)).select_related("activity__workshop__project").get(pk=item.pk)
    found = decisions.proposal(locked)
    if locked.activity.workshop.rehearsal or not found.is_decided or found.row:
        return locked
    workshop = locked.activity.workshop
    row = registers.add_row(
        workshop.project,
        "decisions",
        values=_values(found),
        came_from=(_("%(workshop)s, by consent: %(tally)s") % {"workshop": workshop.title, "tally": found.sentence})[
            :300
        ],
        came_from_url=reverse("workshops:decision", args=[workshop.project_id, workshop.pk, item.pk]),
        by=by,
    )
    locked.details = {**locked.details, "row": {"ref": _("Decision log"), "url": row.get_absolute_url()}}
    locked.save(update_fields=["details", "updated_at"])
    return locked


def _values(found: Proposal) -> dict[str, Any]:
    against = "\n".join(f"{word.name}: “{word.text}”" for word in found.doubts)
    name = " ".join(found.item.text.split())
    return {
        "name": name if len(name) <= 300 else f"{name[:299]}…",
        "decided_on": timezone.localtime(found.item.closed_at).date(),
        "decided_by": _("Everyone by consent: %(tally)s") % {"tally": found.sentence},
        "dissent": against[:4000],
    }


def _send(voice: Voice, kind: str, subject: str) -> None:
    item = voice.item
    workshop = item.activity.workshop
    path = reverse("workshops:decision", args=[workshop.project_id, workshop.pk, item.pk])
    with timezone.override(ZoneInfo(voice.user.time_zone)):
        outbox.send(
            to=voice.user,
            subject=subject % {"title": workshop.project.title},
            template="mail/decision_asked",
            context={
                "kind": kind,
                "item": item,
                "proposal": decisions.proposal(item),
                "workshop": workshop,
                "project": workshop.project,
                "until": timezone.localtime(voice.until),
                "path": addressed(path, voice.user),
            },
            effect_key=f"voice-{kind}:{voice.pk}",
            about=f"decision:{item.pk}",
        )
