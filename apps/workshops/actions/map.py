"""The stakeholder map: everybody adds and places; the host takes people into the register."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.core.errors import DomainError
from apps.events.log import record
from apps.projects.models import Project
from apps.stakeholders import actions as stakeholders
from apps.stakeholders.models import Stakeholder
from apps.workshops.actions.answers import ITEMS
from apps.workshops.actions.locks import held, must_be_real, must_take
from apps.workshops.actions.seats import note_heard
from apps.workshops.enums import Kind, Standing
from apps.workshops.models import Activity, Item, Participant, Workshop
from apps.workshops.weaving import weave


@transaction.atomic
def add_entry(activity: Activity, *, text: str, key: UUID, details: dict[str, Any], by: User | Participant) -> Item:
    """Somebody new on the map. The same `key` is the same entry; a name that is there is not added twice."""
    room, step = _open_map(activity, by)
    there = step.items.filter(client_key=key).first()
    if there:
        return there
    if any(item.text.casefold() == text.casefold() for item in step.items.all()):
        raise DomainError(
            _("“%(name)s” is on the map already. Change it there, then everybody's marks stay.") % {"name": text}
        )
    author = by if isinstance(by, Participant) else None
    last = step.items.aggregate(last=Max("position"))["last"] or 0
    item = step.items.create(text=text, client_key=key, details=details, position=last + 1, author=author)
    if author:
        note_heard(author)
    record("item.added", subject=item, by=by, stream=room.stream)
    return item


@transaction.atomic
def change_entry(item: Item, *, seen: dict[str, Any], said: dict[str, Any], by: User | Participant) -> Item:
    """Take what this person changed of what they saw. Raises when somebody changed the same thing meanwhile."""
    room, step = _open_map(item.activity, by)
    fresh = step.items.select_for_update(no_key=True).filter(pk=item.pk).first()
    if fresh is None:
        raise DomainError(_("Somebody took this off the map meanwhile. Add it again if it belongs there."))
    woven, clashes = weave(values_of(fresh), seen, said)
    if clashes:
        raise DomainError(_("Somebody changed the same thing a moment before you. Look at both, then save once more."))
    fresh.text = woven.pop("text")
    fresh.details = {**fresh.details, **woven}
    fresh.version += 1
    fresh.save(update_fields=["text", "details", "version", "updated_at"])
    if isinstance(by, Participant):
        note_heard(by)
    record("item.changed", subject=fresh, by=by, stream=room.stream)
    return fresh


@transaction.atomic
def take_into_register(activity: Activity, *, entries: list[str], by: User) -> int:
    """These entries stand in the stakeholder register afterwards, each once; returns how many are new there."""
    room, step = _locked(activity)
    must_be_real(room)
    register = {person.name.casefold(): person for person in room.project.stakeholders.all()}
    seats = {seat.name.casefold(): seat for seat in room.participants.select_related("user").filter(removed_at=None)}
    new = 0
    for item in step.items.filter(pk__in=entries):
        person = _linked(item, room.project) or register.get(item.text.casefold())
        if person is None:
            person = _add(room, item, seats.get(item.text.casefold()), by)
            new += 1
        item.details = {**item.details, "stakeholder": str(person.pk)}
        item.save(update_fields=["details", "updated_at"])
        record("item.taken", subject=item, by=by, stream=room.stream, changed=ITEMS, stakeholder=str(person.pk))
    return new


def values_of(item: Item) -> dict[str, Any]:
    """What of an entry several people may change."""
    return {
        "text": item.text,
        **{name: item.details.get(name) for name in ("influence", "affected", "standing", "missing")},
    }


def _open_map(activity: Activity, by: User | Participant) -> tuple[Workshop, Activity]:
    """The map for this transaction alone: two who add the same name add it once."""
    room = held(activity.workshop_id)
    if isinstance(by, Participant):
        must_take(room)
    if room.is_ended:
        raise DomainError(_("This workshop is over; what was said stays as it was."))
    if activity.kind != Kind.MAP or activity.visited_at is None:
        raise DomainError(_("The map is not open yet. Look where the room is."))
    return room, _alone(room, activity)


def _locked(activity: Activity) -> tuple[Workshop, Activity]:
    room = held(activity.workshop_id)
    return room, _alone(room, activity)


def _alone(room: Workshop, activity: Activity) -> Activity:
    step = Activity.objects.select_for_update(no_key=True).get(pk=activity.pk)
    step.workshop = room
    return step


def _linked(item: Item, project: Project) -> Stakeholder | None:
    key = item.details.get("stakeholder")
    return project.stakeholders.filter(pk=key).first() if key else None


def _add(room: Workshop, item: Item, seat: Participant | None, by: User) -> Stakeholder:
    address = seat.address if seat else ""
    if address:
        same = room.project.stakeholders.filter(email__iexact=address).first()
        if same:
            return same
    marked = item.details.get("standing")
    return stakeholders.add_stakeholder(
        room.project,
        name=item.text[:120],
        email=address,
        own_role=seat.title if seat else "",
        influence=item.details.get("influence") or 3,
        interest=item.details.get("affected") or 3,
        remarks=f"{_('On the map')}: {Standing(marked).label}." if marked else "",
        came_from=_("%(workshop)s: stakeholder map") % {"workshop": room.title},
        came_from_url=reverse("workshops:recap", args=[room.project_id, room.pk]) + f"#block-{item.activity_id}",
        by=by,
    )
