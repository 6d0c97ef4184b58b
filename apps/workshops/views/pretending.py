"""In a rehearsal: what those who do not exist do in a phase."""

from typing import Any

from apps.workshops import actions, kinds
from apps.workshops.forms import pretended
from apps.workshops.models import Activity, Workshop
from apps.workshops.views.found import again


def pretend(workshop: Workshop) -> None:
    """After a move of a rehearsal: those who do not exist do what the phase asks."""
    room = again(workshop)
    if not room.rehearsal or not room.is_live or room.activity is None:
        return
    seats = room.participants.filter(pretend=True)
    known = kinds.behaviour(room.activity.kind)
    answers: dict[str, Any] = {}
    if room.phase in known.rounds:
        about = _about(room.activity) if known.many else ("", "")
        for seat in seats if about else []:
            said = pretended(room.activity, room.phase, name=seat.name, target=about or ("", ""))
            if said is not None:
                answers[str(seat.pk)] = said
    action = actions.ANSWERING.get(room.activity.kind, actions.give_answer)
    actions.act_as_pretend(room, answers=answers, action=action)


def _about(activity: Activity) -> tuple[str, Any] | None:
    """The first thing that can be answered about."""
    for target, things in (("item", activity.items), ("group", activity.groups), ("card", activity.cards)):
        first = things.first()
        if first is not None:
            return target, first.pk
    return None
