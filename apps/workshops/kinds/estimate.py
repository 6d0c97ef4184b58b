"""Blind three-point estimates: everybody for themselves, revealed together, talked about, and once more."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.core import pert
from apps.core.pert import Guess, Middle
from apps.registers.models import Row as Step
from apps.workshops.enums import Kind, Phase, Place
from apps.workshops.kinds import answers
from apps.workshops.kinds.base import Behaviour, Line
from apps.workshops.kinds.rows import Row, of_items, with_own
from apps.workshops.models import Activity, Answer, Card, Participant, Workshop

FIRST, SECOND = 1, 2
LONGEST_TASK = 300
SPRINTS, PLAN = "sprints", "delivery"
UNITS = {"days": _("person-days"), SPRINTS: _("sprints"), "weeks": _("weeks"), "keur": _("k€")}
# The drawing, in its own units.
WIDE, STEP, TOP = 600, 10, 8


@dataclass(frozen=True)
class Said:
    """One person's numbers; `name` is empty where the step shows none."""

    guess: Guess
    name: str


@dataclass(frozen=True)
class Stroke:
    """The guess of one person in the drawing; `said` names them where the step does."""

    low: float
    likely: float
    high: float
    y: int
    said: str = ""


@dataclass(frozen=True)
class Task:
    """What the room thinks of one task; `first` is what it thought in the first round when there was a second."""

    row: Row
    middle: Middle
    strokes: tuple[Stroke, ...]
    scale: float
    first: Middle | None
    apart: bool

    @property
    def pk(self) -> Any:
        return self.row.pk

    @property
    def title(self) -> str:
        return self.row.title

    @property
    def height(self) -> int:
        return 2 * TOP + STEP * max(0, len(self.strokes) - 1)

    @property
    def band(self) -> tuple[float, float]:
        """Where the middle low begins and how wide it is to the middle high."""
        return round(self.middle.low * self.scale, 1), round((self.middle.high - self.middle.low) * self.scale, 1)

    @property
    def line(self) -> float:
        return round(self.middle.likely * self.scale, 1)

    @property
    def lowest(self) -> float:
        """The smallest likely value in the room."""
        return round(min(stroke.likely for stroke in self.strokes) / self.scale, 1)

    @property
    def named(self) -> list[str]:
        """Who said what, the lowest first; empty where numbers have no names."""
        return [stroke.said for stroke in self.strokes if stroke.said]

    @property
    def highest(self) -> float:
        return round(max(stroke.likely for stroke in self.strokes) / self.scale, 1)

    wide = WIDE


def unit_of(activity: Activity) -> str:
    return str(UNITS.get(unit_key(activity), UNITS["days"]))


def unit_key(activity: Activity) -> str:
    return str(activity.plan.more.get("unit", "days"))


def tasks(activity: Activity) -> list[Task]:
    """The tasks that were guessed and may be seen, in their order."""
    rounds = {number: answers.shown(activity, number) for number in (FIRST, SECOND)}
    rows = of_items(answers.items(activity))
    named = activity.plan.named
    guesses = {row.pk: {number: _guesses(given, row, named) for number, given in rounds.items()} for row in rows}
    most = max((one.guess.high for each in guesses.values() for now in each.values() for one in now), default=0)
    scale = WIDE / most if most else 1
    found = [_task(row, guesses[row.pk], scale) for row in rows]
    return [task for task in found if task]


@dataclass(frozen=True)
class Takeable:
    """A card on the table that could be a task; `ticked` when the room put it into the first version."""

    card: Card
    ticked: bool


def takeable(workshop: Workshop, activity: Activity) -> list[Takeable]:
    """In the order of the agenda, without what is a task of this step already."""
    taken = {item.details.get("card") for item in answers.items(activity)}
    places = _places(workshop)
    cards = workshop.cards.filter(activity__isnull=False, revealed_at__isnull=False, parked_at=None)
    ordered = cards.select_related("activity").order_by("activity__position", "position", "created_at", "id")
    return [
        Takeable(card, Place.IN in (places.get(f"card:{card.pk}"), places.get(f"group:{card.group_id}")))
        for card in ordered
        if str(card.pk) not in taken
    ]


def plan(workshop: Workshop, activity: Activity) -> list[tuple[Step, bool]]:
    """The steps of the delivery plan in their order, each with whether it is a task here."""
    here = {item.details.get("step") for item in answers.items(activity)}
    steps = Step.objects.live().filter(project=workshop.project_id, register=PLAN)
    return [(step, str(step.pk) in here) for step in steps]


def _places(workshop: Workshop) -> dict[str, str]:
    """Where votes on the scope put things."""
    found: dict[str, str] = {}
    for result in workshop.activities.filter(kind=Kind.VOTE).values_list("result", flat=True):
        found |= result.get("places", {})
    return found


def _seat(workshop: Workshop, seat: Participant, activity: Activity) -> dict[str, Any]:
    here = workshop.activity_id == activity.pk
    shown = _shown(activity)
    if not here or workshop.phase not in (Phase.SCORE, Phase.AGAIN):
        return {**shown, "far": _far(seat, activity, shown["tasks"])}
    rows = of_items(answers.items(activity))
    mine = answers.own(seat, activity, FIRST if workshop.phase == Phase.SCORE else SECOND)
    with_own(rows, mine)
    for row in rows:
        # 16, not 16.0: as one would type it.
        row.said = {name: f"{value:g}" for name, value in row.said.items()}
    done = sum(1 for row in rows if row.said)
    return {**shown, "rows": rows, "done": done, "sent_at": answers.sent_at(mine)}


def _board(workshop: Workshop, activity: Activity) -> dict[str, Any]:
    here = workshop.activity_id == activity.pk
    round = {Phase.SCORE: FIRST, Phase.AGAIN: SECOND}.get(Phase(workshop.phase)) if here and workshop.phase else None
    answered = len(answers.answered(activity, FIRST)) if round == FIRST else 0
    return {
        **_shown(activity),
        "scoring": round,
        "answered": answered,
        "items": answers.items(activity),
        "takeable": [] if workshop.is_ended else takeable(workshop, activity),
        **_planned(workshop, activity),
    }


def _planned(workshop: Workshop, activity: Activity) -> dict[str, Any]:
    """What could come from the delivery plan, and how many of its steps are estimated here."""
    steps = plan(workshop, activity)
    waits = [] if workshop.is_ended else [step for step, is_here in steps if not is_here]
    return {
        "steps": waits,
        "planned": sum(is_here for _step, is_here in steps),
        "sprints": unit_key(activity) == SPRINTS,
    }


def _shown(activity: Activity) -> dict[str, Any]:
    found = tasks(activity)
    apart = [task for task in found if task.apart]
    return {
        "tasks": found,
        "apart": apart,
        "total": pert.total(task.middle for task in found),
        "unit": unit_of(activity),
        "units": UNITS,
        "named": activity.plan.named,
        "unit_key": unit_key(activity),
    }


def _minutes(workshop: Workshop, activity: Activity) -> dict[str, Any]:
    found = _shown(activity)
    return found if found["tasks"] else {}


def _lines(workshop: Workshop, activity: Activity) -> list[Line]:
    unit = unit_of(activity)
    return [
        Line(
            "owner",
            f"{task.title}: {task.middle.low:g} / {task.middle.likely:g} / {task.middle.high:g} {unit}",
            ", ".join(task.named),
        )
        for task in tasks(activity)
    ]


def _task(row: Row, guesses: dict[int, list[Said]], scale: float) -> Task | None:
    now = guesses[SECOND] or guesses[FIRST]
    middle = pert.middle([one.guess for one in now])
    if middle is None:
        return None
    ordered = sorted(now, key=lambda one: (one.guess.likely, one.guess.high, one.guess.low))
    strokes = tuple(_stroke(one, scale, TOP + n * STEP) for n, one in enumerate(ordered))
    first = pert.middle([one.guess for one in guesses[FIRST]]) if guesses[SECOND] else None
    return Task(row, middle, strokes, scale, first, any(pert.is_far(one.guess, middle) for one in now))


def _stroke(one: Said, scale: float, y: int) -> Stroke:
    low, likely, high = (round(value * scale, 1) for value in (one.guess.low, one.guess.likely, one.guess.high))
    return Stroke(low, likely, high, y, f"{one.name} {one.guess.likely:g}" if one.name else "")


def _far(seat: Participant, activity: Activity, shown: list[Task]) -> list[str]:
    """The tasks on which this person is far from the middle: on their own screen alone."""
    latest = {answer.item_id: answer for answer in sorted(answers.own(seat, activity), key=lambda each: each.round)}
    found = []
    for task in shown:
        guess = _guess(latest[task.pk]) if task.pk in latest else None
        if guess and pert.is_far(guess, task.middle):
            found.append(task.title)
    return found


def _guesses(given: list[Answer], row: Row, named: bool) -> list[Said]:
    found = []
    for answer in answers.about(given, row.pk):
        guess = _guess(answer)
        if guess:
            found.append(Said(guess, answer.participant.name if named and answer.participant else ""))
    return found


def _guess(answer: Answer) -> Guess | None:
    value = answer.value
    return Guess(value["low"], value["likely"], value["high"]) if len(value) == 3 else None


BEHAVIOUR = Behaviour(
    Kind.ESTIMATE,
    rounds={Phase.SCORE: FIRST, Phase.AGAIN: SECOND},
    hidden=frozenset({Phase.SCORE, Phase.AGAIN}),
    begins_with={Phase.AGAIN: FIRST},
    many=True,
    screens=frozenset({Phase.SCORE, Phase.TALK, Phase.AGAIN, Phase.RESULT}),
    tables=True,
    seat=_seat,
    board=_board,
    minutes=_minutes,
    lines=_lines,
)
