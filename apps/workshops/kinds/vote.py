"""What the first version does: items, dots within a budget, and the host sorts them into in, later and out."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from apps.workshops import queries
from apps.workshops.enums import Kind, Phase, Place
from apps.workshops.kinds.base import Behaviour, Line
from apps.workshops.models import Activity, Participant, Workshop
from apps.workshops.queries import Board, Cluster, Giver, Thing


@dataclass(frozen=True)
class Sorted:
    """A group or card with its dots and where the host put it; `landed` when it stands in the scope."""

    thing: Cluster | Thing
    title: str
    place: str
    landed: bool

    @property
    def pk(self) -> Any:
        return self.thing.pk

    @property
    def key(self) -> str:
        return f"{self.thing.key}:{self.thing.pk}"

    @property
    def dots(self) -> int:
        return self.thing.dots or 0

    @property
    def givers(self) -> list[Giver]:
        return self.thing.givers

    @property
    def place_label(self) -> str:
        return str(Place(self.place).label) if self.place else ""

    @property
    def waits(self) -> bool:
        """It was sorted, and the scope does not have it yet."""
        return bool(self.place) and not self.landed


def sorted_items(activity: Activity, board: Board) -> list[Sorted]:
    """Everything that could be voted on, most dots first; what got none is there too."""
    places, landed = activity.result.get("places", {}), activity.result.get("landed", [])
    found = []
    for thing in board.ranked:
        title = thing.group.name if isinstance(thing, Cluster) else thing.card.text
        key = f"{thing.key}:{thing.pk}"
        found.append(Sorted(thing, title, places.get(key, ""), key in landed))
    return found


def _board(workshop: Workshop, activity: Activity) -> dict[str, Any]:
    board = queries.board(workshop, activity)
    if queries.votes_hidden(workshop, activity):
        return {}
    rows = sorted_items(activity, board)
    if not rows:
        return {}
    here = workshop.activity_id == activity.pk and workshop.phase == Phase.SORT
    waiting = sum(row.waits for row in rows)
    columns = [(place, [row for row in rows if row.place == place.value]) for place in Place]
    return {
        "sorted": rows,
        "columns": columns,
        "unsorted": [row for row in rows if not row.place],
        "waiting": waiting,
        "tally": board.tally,
        "covers": here or workshop.is_ended,
        "no_cards": here,
    }


def _seat(workshop: Workshop, seat: Participant, activity: Activity) -> dict[str, Any]:
    if workshop.activity_id == activity.pk and workshop.phase == Phase.WRITE:
        return {"there": [thing.card for thing in queries.board(workshop, activity).loose]}
    return _board(workshop, activity)


def _minutes(workshop: Workshop, activity: Activity) -> dict[str, Any]:
    found = _board(workshop, activity)
    return found if found else {}


def _lines(workshop: Workshop, activity: Activity) -> list[Line]:
    rows = _board(workshop, activity).get("sorted", [])
    words = {place: str(place.label) for place in Place}
    return [
        Line("decision", _("%(place)s: %(text)s") % {"place": words[Place(row.place)], "text": row.title})
        for row in rows
        if row.place
    ]


BEHAVIOUR = Behaviour(
    Kind.VOTE,
    screens=frozenset({Phase.SORT}),
    tables=True,
    seat=_seat,
    board=_board,
    minutes=_minutes,
    recap=_lines,
)
