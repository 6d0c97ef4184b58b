"""The problem: is it said clearly, without its solution? And does it want a language model at all?"""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from apps.core.text.diff import as_html, redline
from apps.projects.enums import AGAINST, IN_FAVOUR
from apps.workshops import queries
from apps.workshops.enums import Kind, Phase, Shape
from apps.workshops.kinds import answers
from apps.workshops.kinds.base import Behaviour, Line
from apps.workshops.kinds.spread import Spread, spread
from apps.workshops.models import Activity, Answer, Item, Participant, Workshop

CLARITY, AGAIN, FIT = 1, 2, 3
ROUNDS: dict[str, int] = {Phase.SCORE: CLARITY, Phase.AGAIN: AGAIN, Phase.FIT: FIT}
OBJECTIONS = "objections"
_SOLUTIONS = re.compile(
    r"\b(?:AI|KI|IA|A\.I\.|artificial intelligence|LLMs?|GPT(?:-?\w+)?|ChatGPT|Copilot|chat ?bots?|"
    r"(?:large )?language models?|machine learning|neural nets?|agentic)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Verdict:
    """How many said that the problem wants this, and their reasons."""

    shape: str
    count: int
    reasons: list[str]

    @property
    def label(self) -> str:
        return str(Shape(self.shape).label)


def solutions_in(text: str) -> list[str]:
    """The words of a problem statement that name a solution, each once, as they were written."""
    return list(dict.fromkeys(_SOLUTIONS.findall(text)))


def seat(workshop: Workshop, seat: Participant, activity: Activity) -> dict[str, Any]:
    phase = _phase(workshop, activity)
    mine = answers.own(seat, activity, ROUNDS[phase])[:1] if phase in ROUNDS else []
    mine = [each for each in mine if each.revealed_at is None]
    words = next((card.text for card in queries.own_cards(seat, activity)), "") if phase == Phase.SCORE else ""
    initial = {**mine[0].value, "text": mine[0].text or words} if mine else {"text": words}
    return {
        **_shown(workshop, activity),
        "phase": phase,
        "mine": mine[0] if mine else None,
        "sent_at": answers.sent_at(mine),
        "initial": initial,
    }


def board(workshop: Workshop, activity: Activity) -> dict[str, Any]:
    phase = _phase(workshop, activity)
    given = len(answers.answered(activity, ROUNDS[phase])) if phase in ROUNDS else 0
    return {
        **_shown(workshop, activity),
        "phase": phase,
        "given": given,
        "solutions": _solutions(activity),
        "no_cards": phase in (*ROUNDS, Phase.RESULT),
    }


def minutes(workshop: Workshop, activity: Activity) -> dict[str, Any]:
    shown = _shown(workshop, activity)
    return shown if shown["before"] or shown["verdicts"] or shown["changed"] else {}


def start(workshop: Workshop, activity: Activity) -> list[tuple[str, dict[str, Any]]]:
    """The pain as the frame tells it."""
    project = workshop.project
    text = project.pain or project.summary
    return [(text, {"first": text})]


def recap(workshop: Workshop, activity: Activity) -> list[Line]:
    shown = _shown(workshop, activity)
    verdicts = shown["verdicts"]
    lines = [Line("decision", _said(shown["before"], shown["after"]))] if shown["changed"] else []
    if verdicts:
        told = ", ".join(f"{each.label.lower()} {each.count}" for each in verdicts if each.count)
        lines.append(Line("open", _("Does it want a language model? The room said: %(told)s.") % {"told": told}))
    return lines


def lines(workshop: Workshop, activity: Activity) -> list[Line]:
    """For the record, what the room wants of the problem comes with its reasons."""
    reasons = [
        Line("open", f"{verdict.label}: “{reason}”")
        for verdict in _shown(workshop, activity)["verdicts"]
        for reason in verdict.reasons
    ]
    return [*recap(workshop, activity), *reasons]


def _said(before: Spread | None, after: Spread | None) -> str:
    if before and after:
        words = _("The problem is said in new words. How clear they are, of 5: %(before)s → %(after)s")
        return words % {"before": f"{before.middle:g}", "after": f"{after.middle:g}"}
    return _("The problem is said in new words.")


def statement_of(activity: Activity) -> Item | None:
    return next(iter(answers.items(activity)), None)


def _shown(workshop: Workshop, activity: Activity) -> dict[str, Any]:
    """What everybody may see; of a round that is open, nothing."""
    phase, item = _phase(workshop, activity), statement_of(activity)
    given = answers.shown(activity)
    rounds = {number: [each for each in given if each.round == number] for number in (CLARITY, AGAIN, FIT)}
    if phase in ROUNDS:
        rounds[ROUNDS[phase]] = []
    first = item.details.get("first", item.text) if item else ""
    return {
        "statement": item,
        "changed": bool(item and first != item.text),
        "redline": as_html(redline(first, item.text)) if item and first != item.text else "",
        "before": _clarity(rounds[CLARITY]),
        "after": _clarity(rounds[AGAIN]),
        "verdicts": _verdicts(rounds[FIT]),
        "signals": signals(),
    }


def _phase(workshop: Workshop, activity: Activity) -> str:
    """The phase of the room when it is here, else none."""
    return workshop.phase if workshop.activity_id == activity.pk else ""


def _clarity(given: list[Answer]) -> Spread | None:
    return spread(int(each.value.get("clarity", 0)) for each in given)


def _verdicts(given: list[Answer]) -> list[Verdict]:
    """The most frequent first; none while nobody has answered."""
    if not given:
        return []
    counts = Counter(each.value.get("shape") for each in given)
    found = [
        Verdict(shape, counts[shape], [each.text for each in given if each.value.get("shape") == shape and each.text])
        for shape in Shape.values
    ]
    return sorted(found, key=lambda verdict: -verdict.count)


def _solutions(activity: Activity) -> list[str]:
    item = statement_of(activity)
    return solutions_in(item.text) if item else []


def signals() -> dict[str, list[str]]:
    """What speaks for a language model, and what against it; the same list as in the frame."""
    return {"for": [str(sign.label) for sign in IN_FAVOUR], "against": [str(sign.label) for sign in AGAINST]}


FRAMING = Behaviour(
    Kind.FRAMING,
    rounds=ROUNDS,
    hidden=frozenset(ROUNDS),
    forgets=frozenset(ROUNDS.values()),
    writing=frozenset({Phase.SCORE, Phase.WRITE}),
    words={Phase.SCORE: OBJECTIONS},
    screens=frozenset({Phase.SCORE, Phase.TALK, Phase.AGAIN, Phase.FIT, Phase.RESULT}),
    tables=True,
    seat=seat,
    board=board,
    minutes=minutes,
    start=start,
    recap=recap,
    lines=lines,
)
