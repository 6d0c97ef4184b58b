"""Workshops that stand in one of the kinds of step with answers."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from apps.projects.models import Project
from apps.workshops import actions
from apps.workshops.enums import Template
from apps.workshops.models import ActionItem, Activity, Card, Item, Voice, Workshop
from tests.factories.workshops import CardFactory, ItemFactory, a_host, move


def standing(project: Project, kind: str, phase: str, *, by: Any = None) -> Activity:
    """A running workshop whose room stands in this phase of its only step."""
    by = by or a_host(project)
    workshop = actions.create_workshop(
        project, title="Scoping workshop", purpose="", template=Template.EMPTY, scheduled_at=None, by=by
    )
    activity = actions.add_activity(workshop, block=kind, by=by)
    actions.open_room(workshop, by=by)
    workshop = actions.start_workshop(workshop, step=0, by=by)
    move(workshop, activity, phase, by=by)
    return again(activity)


def again(activity: Activity) -> Activity:
    return Activity.objects.select_related("workshop__project", "workshop__host").get(pk=activity.pk)


def reason(activity: Activity, text: str = "Nobody kept the handbook current") -> Card:
    return CardFactory(activity=activity, text=text, kind="reason", prompt="reasons", revealed_at=timezone.now())


def proposal(activity: Activity, text: str = "Agents send, never the machine", *, opened: bool = False) -> Item:
    item = ItemFactory(activity=activity, text=text, position=activity.items.count() + 1)
    return actions.open_proposal(item, by=activity.workshop.host) if opened else item


def voice(item: Item, user: Any, *, days: int = 2) -> Voice:
    """Somebody who was not there and is asked."""
    until = timezone.now() + timedelta(days=days)
    return Voice.objects.create(
        item=item, user=user, until=until, effect_key=f"voice:{item.pk}:{user.pk}", due_at=until
    )


def parked(workshop: Workshop, text: str = "Voice calls") -> Card:
    now = timezone.now()
    return Card.objects.create(workshop=workshop, text=text, revealed_at=now, parked_at=now)


def action_item(workshop: Workshop, owner: Any, text: str = "Ask the works council") -> ActionItem:
    return workshop.action_items.create(
        text=text, owner=owner.name, owner_user=owner, due=timezone.localdate() + timedelta(days=7)
    )
