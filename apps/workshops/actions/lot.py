"""The parking lot is emptied: an owner and a day, or dropped with a reason. And who does what."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.core.errors import DomainError
from apps.core.writes import save_version
from apps.events import live
from apps.events.log import record
from apps.workshops.actions.locks import taken
from apps.workshops.models import ActionItem, Card, Workshop

TASKS = "actions:changed"


@transaction.atomic
def add_action(workshop: Workshop, *, text: str, owner: str, due: date, key: UUID, by: User) -> ActionItem:
    """Somebody does something by a day. The same `key` is the same action."""
    room = taken(workshop)
    fields = {"text": text, "owner": owner, "owner_user": _member(room, owner), "due": due}
    action, made = room.action_items.get_or_create(client_key=key, defaults=fields)
    if made:
        record("action.added", subject=action, by=by, stream=room.stream, owner=owner, due=due.isoformat())
        live.ring(room.project.stream, "workshops:changed")
    return action


@transaction.atomic
def change_action(action: ActionItem, *, text: str, owner: str, due: date, version: int, by: User) -> ActionItem:
    action.text, action.owner, action.due = text, owner, due
    action.owner_user = _member(action.workshop, owner)
    save_version(action, expected=version, fields=["text", "owner", "due", "owner_user"])
    record("action.changed", subject=action, by=by, stream=action.workshop.stream, owner=owner, due=due.isoformat())
    live.ring(action.workshop.project.stream, "workshops:changed")
    return action


@transaction.atomic
def tick_action(action: ActionItem, *, done: bool, by: User) -> ActionItem:
    """Done, or not done after all."""
    fresh = ActionItem.objects.select_for_update(of=("self",)).select_related("workshop__project").get(pk=action.pk)
    if bool(fresh.done_at) == done:
        return fresh
    fresh.done_at, fresh.done_by = (timezone.now(), str(by)[:120]) if done else (None, "")
    fresh.save(update_fields=["done_at", "done_by", "updated_at"])
    kind = "action.done" if done else "action.reopened"
    record(kind, subject=fresh, by=by, stream=fresh.workshop.stream, changed=TASKS)
    live.ring(fresh.workshop.project.stream, "workshops:changed")
    return fresh


@transaction.atomic
def settle_parked(workshop: Workshop, card: Card, *, owner: str, due: date, by: User) -> ActionItem:
    """Somebody looks after it by a day; saying it again changes who and when."""
    room, fresh = _parked(workshop, card)
    action = ActionItem.objects.filter(card=fresh).first()
    if action:
        return change_action(action, text=action.text, owner=owner, due=due, version=action.version, by=by)
    fields = {"text": fresh.text[:300], "owner": owner, "owner_user": _member(room, owner), "due": due}
    action = room.action_items.create(card=fresh, **fields)
    fresh.dropped_at, fresh.dropped_by, fresh.dropped_why = None, "", ""
    fresh.save(update_fields=["dropped_at", "dropped_by", "dropped_why", "updated_at"])
    record("action.added", subject=action, by=by, stream=room.stream, owner=owner, due=due.isoformat())
    live.ring(room.project.stream, "workshops:changed")
    return action


@transaction.atomic
def drop_parked(workshop: Workshop, card: Card, *, why: str, by: User) -> Card:
    """Nobody looks after it, and the record says who decided so and why."""
    room, fresh = _parked(workshop, card)
    if ActionItem.objects.filter(card=fresh).exists():
        raise DomainError(_("Somebody has this already. Tick it off instead."))
    fresh.dropped_at, fresh.dropped_by, fresh.dropped_why = timezone.now(), str(by)[:120], why
    fresh.save(update_fields=["dropped_at", "dropped_by", "dropped_why", "updated_at"])
    record("card.dropped", subject=fresh, by=by, stream=room.stream, why=why)
    return fresh


def _parked(workshop: Workshop, card: Card) -> tuple[Workshop, Card]:
    room = taken(workshop)
    fresh = Card.objects.select_for_update(of=("self",)).get(pk=card.pk)
    if fresh.parked_at is None:
        raise DomainError(_("This is back on the table."))
    return room, fresh


def _member(room: Workshop, name: str) -> User | None:
    """The member of the project who is meant, so that it waits for them; None for a guest or two of the same name."""
    wanted = " ".join(name.split())
    members = User.objects.filter(memberships__project=room.project_id)
    found = list(members.filter(name__iexact=wanted)[:2]) or list(members.filter(name__istartswith=f"{wanted} ")[:2])
    return found[0] if len(found) == 1 else None
