"""The stakeholder map: who has influence, who is affected, who decides, who is missing."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from apps.stakeholders import grid
from apps.workshops import queries
from apps.workshops.enums import Kind, Phase, Standing
from apps.workshops.kinds import answers
from apps.workshops.kinds.base import Behaviour, Line
from apps.workshops.models import Activity, Item, Participant, Workshop

FIELDS = ("text", "influence", "affected", "standing", "missing")


@dataclass(frozen=True)
class Entry:
    """A person or team on the map; `number` is how the drawing calls it."""

    number: int
    item: Item
    dot: grid.Dot | None = None

    @property
    def placed(self) -> bool:
        return self.dot is not None

    @property
    def influence(self) -> int | None:
        return self.item.details.get("influence")

    @property
    def affected(self) -> int | None:
        return self.item.details.get("affected")

    @property
    def missing(self) -> bool:
        return bool(self.item.details.get("missing"))

    @property
    def standing(self) -> str:
        """`decider`, in the reader's words; empty when nothing was marked."""
        marked = self.item.details.get("standing")
        return str(Standing(marked).label) if marked else ""

    @property
    def in_register(self) -> bool:
        return bool(self.item.details.get("stakeholder"))


def seat(workshop: Workshop, seat: Participant, activity: Activity) -> dict[str, Any]:
    shown = board(workshop, activity)
    there = {entry.item.text.casefold() for entry in shown["entries"]}
    people = [person.name for person in queries.people(workshop).everyone if person.name.casefold() not in there]
    return {**shown, "suggestions": people}


def board(workshop: Workshop, activity: Activity) -> dict[str, Any]:
    entries = _entries(activity)
    return {
        "entries": entries,
        "placed": [entry for entry in entries if entry.placed],
        "missing": [entry for entry in entries if entry.missing],
        "deciders": [entry for entry in entries if entry.item.details.get("standing") == Standing.DECIDER],
        "to_take": [entry for entry in entries if not entry.in_register],
        "frame": grid.frame(),
        "here": workshop.activity_id == activity.pk,
    }


def minutes(workshop: Workshop, activity: Activity) -> dict[str, Any]:
    shown = board(workshop, activity)
    return shown if shown["entries"] else {}


def recap(workshop: Workshop, activity: Activity) -> list[Line]:
    shown = board(workshop, activity)
    lines = [Line("owner", _("Decides"), who=entry.item.text) for entry in shown["deciders"]]
    return lines + [
        Line("open", _("Must be heard: %(name)s") % {"name": entry.item.text}) for entry in shown["missing"]
    ]


def _entries(activity: Activity) -> list[Entry]:
    """The most influential first, those without a place last."""
    items = answers.items(activity)
    items.sort(key=lambda item: (-(_weight(item)), item.position))
    numbered = [Entry(number, item) for number, item in enumerate(items, 1)]
    people = [
        {"name": str(entry.number), "influence": entry.influence, "interest": entry.affected, "key": entry.item.pk}
        for entry in numbered
        if entry.influence and entry.affected
    ]
    dots = {dot.key: dot for dot in grid.dots(people)}
    return [Entry(entry.number, entry.item, dots.get(str(entry.item.pk))) for entry in numbered]


def _weight(item: Item) -> int:
    return (item.details.get("influence") or 0) * 10 + (item.details.get("affected") or 0)


MAP = Behaviour(
    Kind.MAP,
    screens=frozenset({Phase.PLACE, Phase.TALK}),
    tables=True,
    seat=seat,
    board=board,
    minutes=minutes,
    recap=recap,
)
