"""Going to a step of some kind, and what browsers send there."""

from typing import Any

from django.http import HttpResponse

from apps.workshops.models import Activity, Item, Workshop
from tests.factories.workshops import move
from tests.workshops.asks import room


def step_of(workshop: Workshop, kind: str) -> Activity:
    activity = workshop.activities.get(kind=kind)
    activity.workshop = workshop
    return activity


def go(workshop: Workshop, kind: str, phase: str) -> Activity:
    """Everybody to that phase of the step of that kind."""
    moved = move(workshop, step_of(workshop, kind), phase)
    workshop.refresh_from_db()
    activity = step_of(workshop, kind)
    activity.workshop = moved
    return activity


def answer(browser: Any, workshop: Workshop, kind: str, *, headers: Any = None, **said: Any) -> HttpResponse:
    data = {"activity": step_of(workshop, kind).pk, **said}
    return browser.post(room(workshop, "give_answer"), data, headers=headers or {})


def item_of(workshop: Workshop, kind: str) -> Item:
    item = step_of(workshop, kind).items.get()
    item.activity.workshop = workshop
    return item
