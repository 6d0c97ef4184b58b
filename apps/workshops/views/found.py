"""Rows of a workshop by their place in its project: what is elsewhere is not found."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.shortcuts import get_object_or_404

from apps.projects.models import Project
from apps.workshops import queries
from apps.workshops.models import Activity, Card, Group, Item, Participant, Workshop


def workshop_of(project: Project, workshop_id: UUID, *, rehearsed_by: Any = None) -> Workshop:
    """A workshop of the project; rehearsals are found only where somebody's own are asked for."""
    mine = Q(rehearsal=False) if rehearsed_by is None else Q(rehearsal=False) | Q(host=rehearsed_by)
    rooms = project.workshops.select_related("host", "activity").filter(mine)
    workshop = get_object_or_404(rooms, pk=workshop_id)
    workshop.project = project
    return workshop


def again(workshop: Workshop) -> Workshop:
    """The same workshop as it is now."""
    fresh = get_object_or_404(workshop.project.workshops.select_related("host", "activity"), pk=workshop.pk)
    fresh.project = workshop.project
    return fresh


def activity_of(workshop: Workshop, activity_id: UUID) -> Activity:
    activity = get_object_or_404(workshop.activities.all(), pk=activity_id)
    activity.workshop = workshop
    return activity


def group_of(workshop: Workshop, group_id: UUID) -> Group:
    return get_object_or_404(queries.groups(workshop), pk=group_id)


def card_of(workshop: Workshop, card_id: UUID) -> Card:
    """A card that everybody may see: hidden ones are not there for a host either."""
    card = get_object_or_404(workshop.cards.select_related("activity"), pk=card_id, revealed_at__isnull=False)
    card.workshop = workshop
    return card


def item_of(workshop: Workshop, item_id: UUID) -> Item:
    item = get_object_or_404(queries.items(workshop), pk=item_id)
    item.activity.workshop = workshop
    return item


def seat_in(workshop: Workshop, seat_id: UUID) -> Participant:
    seat = get_object_or_404(workshop.participants.all(), pk=seat_id)
    seat.workshop = workshop
    return seat
