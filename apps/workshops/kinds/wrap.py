"""The end: what was decided is read back, everybody says whether it is right and whether it was worth the time."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from apps.workshops import lot, queries
from apps.workshops.enums import Kind, Phase
from apps.workshops.kinds import answers
from apps.workshops.kinds.base import Behaviour, Line
from apps.workshops.kinds.spread import spread
from apps.workshops.models import Activity, Answer, Participant, Workshop

RECORDED, WORTH = 1, 2


def wrap_up(others: Sequence[Behaviour]) -> Behaviour:
    """The kind that reads back what the `others` have to tell."""
    told = {known.key: known for known in others}

    def lines(workshop: Workshop) -> list[Line]:
        found: list[Line] = []
        for activity in queries.activities(workshop):
            if activity.visited_at and activity.kind in told:
                found += told[activity.kind].recap(workshop, activity)
        return found

    def board(workshop: Workshop, activity: Activity) -> dict[str, Any]:
        said = lines(workshop)
        return {
            "decisions": [line for line in said if line.kind == "decision"],
            "owners": list(dict.fromkeys(line for line in [*said, *_actions(workshop)] if line.kind == "owner")),
            "open": [line for line in said if line.kind == "open"],
            "lot": [each.card for each in lot.parked(workshop) if each.is_open],
            **_answers(activity),
        }

    def seat(workshop: Workshop, seat: Participant, activity: Activity) -> dict[str, Any]:
        mine = {each.round: each for each in answers.own(seat, activity)}
        right, worth = mine.get(RECORDED), mine.get(WORTH)
        initial = {"text": right.text, **right.value} if right else {}
        initial |= worth.value if worth else {}
        sent_at = answers.sent_at(mine.values())
        return {**board(workshop, activity), "mine": right, "sent_at": sent_at, "initial": initial}

    return replace(WRAP, seat=seat, board=board)


def _actions(workshop: Workshop) -> list[Line]:
    """What the workshop leaves to somebody, also when it has no step for the parking lot."""
    return [Line("owner", action.text, action.owner, f"{action.due:%Y-%m-%d}") for action in lot.actions(workshop)]


def minutes(workshop: Workshop, activity: Activity) -> dict[str, Any]:
    shown = _answers(activity)
    return shown if shown["answered"] or shown["worth"] else {}


def _answers(activity: Activity) -> dict[str, Any]:
    """Whether it is recorded correctly, with names; whether it was worth it, without, and only when all is over."""
    given = answers.shown(activity)
    recorded = [each for each in given if each.round == RECORDED]
    return {
        "answered": len(recorded),
        "right": sum(each.value.get("recorded") == "yes" for each in recorded),
        "corrections": [each for each in recorded if _is_correction(each)],
        "worth": spread(int(each.value.get("worth") or 0) for each in given if each.round == WORTH),
    }


def _is_correction(answer: Answer) -> bool:
    return answer.value.get("recorded") == "no"


WRAP = Behaviour(
    Kind.WRAP,
    rounds={Phase.TALK: RECORDED},
    named=True,
    forgets=frozenset({WORTH}),
    screens=frozenset({Phase.TALK}),
    tables=True,
    minutes=minutes,
)
