"""What travels with a message of the room: what everybody sees alike, as it is now.

A new step is the screen of somebody who has done nothing in it yet; who has asks for their own. A card, a group or a
person is that one thing with the place where it belongs.
"""

import re
from collections.abc import Callable, Sequence
from uuid import UUID

from django.template.loader import render_to_string

from apps.events.pushes import News
from apps.workshops import queries, screens
from apps.workshops.models import Group, Participant, Workshop

SCREEN = {"steps:changed", "items:changed", "answers:changed"}
# Who reads it puts their own in: a key that two people share would make one card of two.
OWN = re.compile(r'(<input[^>]*name="(?:key|csrfmiddlewaretoken)"[^>]*value=")[^"]*"')
ROOM, PUSHED = "workshops/room.html", "workshops/_pushed.html"
Drawing = Callable[[Workshop, UUID], str | None]


def draw(ident: str, news: Sequence[News]) -> dict[int, str]:
    """HTML by sequence number. Of several messages about the same thing the last one brings it."""
    workshop = queries.room(ident)
    if workshop is None:
        return {}
    found: dict[int, str] = {}
    covered: set[str] = set()
    for one in reversed(news):
        about = "screen" if one.name in SCREEN else one.subject
        html = "" if about in covered else _drawing(workshop, one)
        if html is not None:
            covered.add(about)
            found[one.seq] = html
    return found


def _drawing(workshop: Workshop, news: News) -> str | None:
    if news.name in SCREEN:
        return _screen(workshop, news)
    kind, _, key = news.subject.partition(":")
    draws: dict[str, dict[str, Drawing]] = {
        "cards:changed": {"card": card, "group": _group},
        "people:changed": {"participant": _person},
    }
    draw = draws.get(news.name, {}).get(kind)
    return draw(workshop, UUID(key)) if draw else None


def _screen(workshop: Workshop, news: News) -> str | None:
    """The screen of nobody in particular; None where everybody's own is too different."""
    if not workshop.is_live:
        return None
    nobody = Participant(workshop=workshop, name="")
    context = screens.screen(workshop, nobody)
    if news.name != "steps:changed" and context["mode"] != "block":
        return None
    html = render_to_string(f"{ROOM}#screen", {**context, "csrf_token": "-"})
    if news.name != "steps:changed" and "data-common" not in html:
        return None
    return f"<template data-screen>{OWN.sub(_blank, html)}</template>"


def _blank(found: re.Match[str]) -> str:
    return f'{found[1]}"'


def card(workshop: Workshop, pk: UUID) -> str:
    """A card where it lies now: on the table, on the parking lot, or nowhere that everybody sees."""
    thing = queries.thing(workshop, pk)
    parked = None if thing else next((each for each in queries.parking_lot(workshop) if each.pk == pk), None)
    there = thing.card if thing else parked
    context = {"pk": pk, "thing": thing, "parked": parked, "activity": there.activity if there else None}
    return render_to_string(f"{PUSHED}#card", context)


def _group(workshop: Workshop, pk: UUID) -> str | None:
    """A group with its cards; when it is gone, the table of the step on which it was."""
    group = Group.objects.filter(pk=pk, activity__workshop=workshop).select_related("activity").first()
    activity = group.activity if group else workshop.activity
    if activity is None:
        return None
    board = queries.board(workshop, activity)
    context: dict[str, object] = {"activity": activity, "board": board}
    if group:
        context["cluster"] = next(cluster for cluster in board.groups if cluster.pk == pk)
        return render_to_string(f"{PUSHED}#group", context)
    return render_to_string(f"{PUSHED}#board", {**context, "places": screens.places(activity.plan, board)})


def _person(workshop: Workshop, pk: UUID) -> str:
    """Somebody in the waiting room."""
    person = workshop.participants.filter(pk=pk, removed_at=None).first()
    return render_to_string(f"{PUSHED}#person", {"pk": pk, "person": person, "seat": None})
