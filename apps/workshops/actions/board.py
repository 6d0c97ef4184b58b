"""What hosts do with cards that are on the table."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.core.errors import DomainError
from apps.core.writes import save_version
from apps.events.log import record
from apps.workshops.actions.locks import taken
from apps.workshops.models import Activity, Card, Group

CARDS = "cards:changed"


@transaction.atomic
def create_group(activity: Activity, *, name: str, cards: list[Card], by: User) -> Group:
    """A named group, with cards in it or empty."""
    room = taken(activity.workshop)
    if not activity.takes_cards:
        raise DomainError(_("This step has no cards to group."))
    group = Group.objects.create(activity=activity, name=name)
    ids = [card.pk for card in cards]
    activity.cards.filter(pk__in=ids, revealed_at__isnull=False).update(group=group)
    record("group.created", subject=group, by=by, stream=room.stream, changed=CARDS, name=name)
    return group


@transaction.atomic
def rename_group(group: Group, *, name: str, version: int, by: User) -> Group:
    group.name = name
    save_version(group, expected=version, fields=["name"])
    record("group.renamed", subject=group, by=by, stream=group.activity.workshop.stream, changed=CARDS, name=name)
    return group


@transaction.atomic
def dissolve_group(group: Group, *, by: User) -> None:
    """Its cards lie loose again; dots on the group as a whole would be lost, so then it stays."""
    room = taken(group.activity.workshop)
    if group.votes.exists():
        raise DomainError(_("There are dots on this group. Rename it, or move its cards, but keep it."))
    record("group.dissolved", subject=group, by=by, stream=room.stream, changed=CARDS, name=group.name)
    group.delete()


@transaction.atomic
def move_card(card: Card, *, group: UUID | None, by: User) -> Card:
    """Into a group of the same activity, or out of any."""
    room = taken(card.workshop)
    _must_be_on_the_table(card)
    target = Group.objects.filter(pk=group, activity=card.activity_id).first() if group else None
    if group and target is None:
        raise DomainError(_("This group is gone."))
    card.group = target
    card.save(update_fields=["group", "updated_at"])
    record("card.grouped", subject=card, by=by, stream=room.stream, group=str(group or ""))
    return card


@transaction.atomic
def park_card(card: Card, *, by: User) -> Card:
    """Onto the parking lot: nothing for now, and not forgotten."""
    room = taken(card.workshop)
    _must_be_on_the_table(card)
    card.parked_at = timezone.now()
    card.save(update_fields=["parked_at", "updated_at"])
    record("card.parked", subject=card, by=by, stream=room.stream)
    return card


@transaction.atomic
def unpark_card(card: Card, *, by: User) -> Card:
    """Back onto the table."""
    room = taken(card.workshop)
    card.parked_at = None
    card.save(update_fields=["parked_at", "updated_at"])
    record("card.unparked", subject=card, by=by, stream=room.stream)
    return card


def _must_be_on_the_table(card: Card) -> None:
    if card.revealed_at is None:
        raise DomainError(_("This card is still hidden."))
