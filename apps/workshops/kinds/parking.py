"""The parking lot is emptied: each thing gets an owner and a day, or is dropped with a reason."""

from typing import Any

from apps.workshops import lot
from apps.workshops.enums import Kind, Phase
from apps.workshops.kinds.base import Behaviour, Line
from apps.workshops.models import Activity, Participant, Workshop


def _board(workshop: Workshop, activity: Activity) -> dict[str, Any]:
    found = lot.parked(workshop)
    return {"lot": found, "open": sum(each.is_open for each in found), "actions": lot.actions(workshop)}


def _seat(workshop: Workshop, seat: Participant, activity: Activity) -> dict[str, Any]:
    return _board(workshop, activity)


def _lines(workshop: Workshop, activity: Activity) -> list[Line]:
    """What the workshop leaves to somebody, wherever in it that was said."""
    return [Line("owner", action.text, action.owner, f"{action.due:%Y-%m-%d}") for action in lot.actions(workshop)]


BEHAVIOUR = Behaviour(
    Kind.PARKING, screens=frozenset({Phase.TALK}), tables=True, seat=_seat, board=_board, recap=_lines
)
