"""Arriving: who is here, as what, in one word; and how this meeting works."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from apps.stakeholders import roles
from apps.workshops import queries
from apps.workshops.enums import Kind, Phase
from apps.workshops.kinds import answers
from apps.workshops.kinds.base import Behaviour
from apps.workshops.models import Activity, Participant, Workshop
from apps.workshops.naming import names

ROUND = 1


@dataclass(frozen=True)
class Arrived:
    """Somebody who has a seat; `word` is empty until they have said it."""

    seat: Participant
    word: str


def seat(workshop: Workshop, seat: Participant, activity: Activity) -> dict[str, Any]:
    mine = answers.own(seat, activity, ROUND)
    said = next((each.value.get("word", "") for each in mine), "")
    initial = {"name": seat.name, "title": seat.title, "word": said}
    return {
        **board(workshop, activity),
        "mine": said,
        "sent_at": answers.sent_at(mine),
        "initial": initial,
        "roles": [each.title for each in roles.seats()],
    }


def board(workshop: Workshop, activity: Activity) -> dict[str, Any]:
    people = _arrived(workshop, activity)
    return {
        "arrived": [person for person in people if person.word],
        "quiet": [person for person in people if not person.word and person.seat.is_here],
        "decides": next((item for item in answers.items(activity)), None),
        **names(queries.activities(workshop)),
        "rules": _rules(workshop),
    }


def minutes(workshop: Workshop, activity: Activity) -> dict[str, Any]:
    arrived = [person for person in _arrived(workshop, activity) if person.word]
    return {"arrived": arrived} if arrived else {}


def start(workshop: Workshop, activity: Activity) -> list[tuple[str, dict[str, Any]]]:
    """Who decides: a proposal that the host may put into other words."""
    return [(_("Proposals pass when nobody objects with a reason. The sponsor decides about the money."), {})]


def _arrived(workshop: Workshop, activity: Activity) -> list[Arrived]:
    words = {each.participant_id: each.value.get("word", "") for each in answers.shown(activity, ROUND)}
    return [Arrived(person, words.get(person.pk, "")) for person in queries.people(workshop).everyone]


def _rules(workshop: Workshop) -> list[str]:
    return [
        _("First everybody writes, then we talk. What is hidden stays hidden until it is shown to all."),
        _("Only %(host)s moves the room. Look around as you like; nobody else moves.") % {"host": workshop.host_name},
        _("Late, offline or out of time: nothing you write is lost."),
    ]


CHECKIN = Behaviour(
    Kind.CHECKIN,
    rounds={Phase.TALK: ROUND},
    named=True,
    screens=frozenset({Phase.TALK}),
    tables=True,
    seat=seat,
    board=board,
    minutes=minutes,
    start=start,
)
