"""Arriving: who is here, as what, in one word; and how this meeting works."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from apps.stakeholders import roles
from apps.workshops import queries
from apps.workshops.enums import CardKind, Kind, Phase
from apps.workshops.kinds import answers
from apps.workshops.kinds.base import Behaviour
from apps.workshops.models import Activity, Participant, Workshop

ROUND = 1


@dataclass(frozen=True)
class Arrived:
    """Somebody who has a seat; `word` is empty until they have said it."""

    seat: Participant
    word: str


def seat(workshop: Workshop, seat: Participant, activity: Activity) -> dict[str, Any]:
    said = next((each.value.get("word", "") for each in answers.own(seat, activity, ROUND)), "")
    initial = {"name": seat.name, "title": seat.title, "word": said}
    return {
        **board(workshop, activity),
        "mine": said,
        "initial": initial,
        "roles": [each.title for each in roles.seats()],
    }


def board(workshop: Workshop, activity: Activity) -> dict[str, Any]:
    people = _arrived(workshop, activity)
    named, nameless = _names(queries.activities(workshop))
    return {
        "arrived": [person for person in people if person.word],
        "quiet": [person for person in people if not person.word and person.seat.is_here],
        "decides": next((item for item in answers.items(activity)), None),
        "named": named,
        "nameless": nameless,
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


def _names(agenda: list[Activity]) -> tuple[list[str], list[str]]:
    """What carries a name in this meeting, and what never does."""
    named: list[str] = [_("check-in")]
    nameless: list[str] = []
    for activity in agenda:
        plan = activity.plan
        for prompt in plan.prompts:
            (nameless if prompt.anonymous else named).append(_plural(prompt.kind))
        if activity.kind in (Kind.FRAMING, Kind.PREMORTEM, Kind.WRAP):
            nameless.append(_("ratings"))
        if activity.kind == Kind.DECIDE:
            named.append(_("decisions"))
        if plan.has(Phase.VOTE):
            nameless.append(_("dots"))
    named.append(_("the parking lot"))
    return list(dict.fromkeys(named)), [word for word in dict.fromkeys(nameless) if word not in named]


def _plural(kind: str) -> str:
    words: dict[str, str] = {
        CardKind.EXPECTATION: _("expectations"),
        CardKind.CONCERN: _("concerns"),
        CardKind.CONSTRAINT: _("constraints"),
        CardKind.DATA: _("data"),
        CardKind.REASON: _("reasons of the pre-mortem"),
        CardKind.IDEA: _("ideas"),
    }
    return words[kind]


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
