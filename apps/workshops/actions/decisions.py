"""Proposals: opened one at a time, closed by the host, kept open for those who were not there."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.core.due import State
from apps.core.errors import DomainError
from apps.events.log import record
from apps.workshops import build, decisions
from apps.workshops.actions.locks import must_run, taken
from apps.workshops.enums import Kind, Phase
from apps.workshops.models import Activity, Item, Voice, Workshop

ITEMS = "items:changed"


@transaction.atomic
def open_proposal(item: Item, *, by: User) -> Item:
    """Ask the room. One at a time; one that was closed too early opens again as long as it was not passed on."""
    room, fresh = _room_and(item)
    if room.activity_id != fresh.activity_id or room.phase != Phase.DECIDE:
        raise DomainError(_("Move the room to this step first."))
    if fresh.is_open:
        return fresh
    if room.activity and room.activity.items.filter(opened_at__isnull=False, closed_at=None).exists():
        raise DomainError(_("Another proposal is open. Close it first."))
    if fresh.details.get("row") or fresh.voices.exists():
        raise DomainError(_("This has been passed on already. Put a new proposal."))
    fresh.opened_at, fresh.closed_at = timezone.now(), None
    fresh.save(update_fields=["opened_at", "closed_at", "updated_at"])
    fresh.answers.update(revealed_at=None)
    record("proposal.opened", subject=fresh, by=by, stream=room.stream, changed=ITEMS)
    return fresh


@transaction.atomic
def close_proposal(item: Item, *, absent: Sequence[UUID] = (), until: date | None = None, by: User) -> Item:
    """Show what everybody said. `absent` members may still answer until the end of the day `until`."""
    room, fresh = _room_and(item)
    must_run(room)
    if fresh.closed_at:
        return fresh
    if not fresh.opened_at:
        raise DomainError(_("This proposal was not opened yet."))
    return _close(room, fresh, absent, until, by)


def close_left_open(room: Workshop, activity: Activity, absent: Sequence[UUID], until: date | None, by: User) -> None:
    """The room moves on: what is still open closes as if it had been closed by hand."""
    for item in decisions.left_open(activity).select_related("activity"):
        item.activity.workshop = room
        _close(room, item, absent, until, by)


def _close(room: Workshop, item: Item, absent: Sequence[UUID], until: date | None, by: User) -> Item:
    """Nobody in the room answers any more, and everybody sees what was said."""
    now = timezone.now()
    item.closed_at = now
    item.save(update_fields=["closed_at", "updated_at"])
    item.answers.filter(revealed_at=None).update(revealed_at=now)
    if absent and until:
        _ask_the_absent(room, item, absent, until)
    record("proposal.closed", subject=item, by=by, stream=room.stream, changed=ITEMS)
    return build.file_decision(item, by=by)


@transaction.atomic
def hand_on(item: Item, *, owner: str, due: date, by: User) -> Item:
    """Who looks after what was not decided, and by when."""
    room, fresh = _room_and(item)
    if not decisions.proposal(fresh).objections:
        raise DomainError(_("Nobody objects to this."))
    fresh.details = {**fresh.details, "owner": owner, "due": due.isoformat()}
    fresh.save(update_fields=["details", "updated_at"])
    record(
        "proposal.handed_on", subject=fresh, by=by, stream=room.stream, changed=ITEMS, owner=owner, due=due.isoformat()
    )
    return fresh


@transaction.atomic
def give_voice(item: Item, *, choice: str, text: str, by: User) -> Voice:
    """The word of a member who was not there; it can be changed until the time is over."""
    room, fresh = _room_and(item)
    voice = Voice.objects.select_for_update(of=("self",)).filter(item=fresh, user=by).first()
    if voice is None:
        raise DomainError(_("You were not asked about this one: what was said in the room stands."))
    if voice.until <= timezone.now():
        raise DomainError(_("The time to answer is over. What was decided stands."))
    if fresh.details.get("row"):
        raise DomainError(_("This has been decided and passed on. Write a comment on it instead."))
    voice.choice, voice.text, voice.answered_at, voice.state = choice, text, timezone.now(), State.DONE
    voice.save(update_fields=["choice", "text", "answered_at", "state", "updated_at"])
    record("voice.given", subject=voice, by=by, stream=room.stream, changed=ITEMS, choice=choice)
    build.file_decision(fresh, by=by)
    return voice


def _ask_the_absent(room: Workshop, item: Item, absent: Sequence[UUID], until: date) -> None:
    end = decisions.until_of(until, ZoneInfo(room.project.time_zone))
    if end <= timezone.now():
        raise DomainError(_("That day is over. Choose a later one."))
    for user in decisions.absent_members(room):
        if user.pk in set(absent):
            voice = Voice(item=item, user=user, until=end, effect_key=f"voice:{item.pk}:{user.pk}")
            voice.due_at = build.reminder_moment(voice)
            voice.save()
            build.ask(voice)


def _room_and(item: Item) -> tuple[Workshop, Item]:
    """The room, for this transaction alone, and the proposal as it is now."""
    room = taken(item.activity.workshop)
    fresh = Item.objects.select_related("activity", "author").get(pk=item.pk)
    if fresh.activity.kind != Kind.DECIDE:
        raise DomainError(_("This is no proposal."))
    fresh.activity.workshop = room
    return room, fresh
