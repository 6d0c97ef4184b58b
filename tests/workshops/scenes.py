"""Every phase in which something is hidden: how the room comes there, and what a guest says, one way or another."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone

from apps.projects.models import Project
from apps.workshops import actions
from apps.workshops.enums import Kind, Phase
from apps.workshops.models import Activity
from tests.factories.activities import again, proposal, reason, standing
from tests.factories.workshops import CardFactory, ItemFactory, move, planned, table_of
from tests.workshops.asks import room

WORDS = ("Zanzibar would object", "Quaggas would object")
"""What stands nowhere else."""

Say = Callable[[Any, Activity, int], Any]


@dataclass(frozen=True)
class Scene:
    """`say(guest, activity, way)` with another way replaces what was said."""

    kind: str
    phase: str
    say: Say
    prepare: Callable[[Activity], Any] = lambda activity: None
    name: str = ""
    # What is said here is words, which everybody reads after the reveal.
    words: bool = True

    def __str__(self) -> str:
        return self.name or f"{self.kind}-{self.phase}"

    def enter(self, project: Project, by: Any) -> Activity:
        activity = standing(project, self.kind, self.phase, by=by)
        self.prepare(activity)
        return again(activity)


def _card(guest: Any, activity: Activity, way: int) -> Any:
    mine = guest.seat.cards.filter(activity=activity).first()
    if mine:
        url = room(activity.workshop, "change_card", mine.pk)
        return guest.post(url, {"text": WORDS[way], "version": mine.version})
    prompt = activity.plan.prompts[0].key
    data = {"activity": activity.pk, "prompt": prompt, "text": WORDS[way], "key": guest.seat.pk}
    return guest.post(room(activity.workshop, "add_card"), data)


def _answer(**said: tuple[Any, Any]) -> Say:
    def say(guest: Any, activity: Activity, way: int) -> Any:
        data = {name: ways[way] for name, ways in said.items()}
        return guest.post(room(activity.workshop, "give_answer"), {"activity": activity.pk, **data})

    return say


def _about(target: str, **said: tuple[Any, Any]) -> Say:
    def say(guest: Any, activity: Activity, way: int) -> Any:
        thing = activity.cards.get() if target == "card" else activity.items.get()
        data = {f"{name}:{target}:{thing.pk}": ways[way] for name, ways in said.items()}
        return guest.post(room(activity.workshop, "give_answer"), {"activity": activity.pk, **data})

    return say


def _consent(guest: Any, activity: Activity, way: int) -> Any:
    about = {"activity": activity.pk, "target": "item", "item": activity.items.get().pk}
    said = {"choice": "object", "objection": WORDS[0]} if way == 0 else {"choice": "concern", "concern": WORDS[1]}
    return guest.post(room(activity.workshop, "give_answer"), {**about, **said})


def _dots(guest: Any, activity: Activity, way: int) -> Any:
    for place, card in enumerate(activity.cards.order_by("position")):
        data = {"target": "card", "item": card.pk, "dots": 1 if place == way else 0}
        answer = guest.post(room(activity.workshop, "place_dots"), data)
    return answer


def _two_cards(activity: Activity) -> None:
    for place in (1, 2):
        CardFactory(activity=activity, text=f"Thing {place}", position=place, revealed_at=timezone.now())


def _two_cards_with_names(activity: Activity) -> None:
    _two_cards(activity)
    activity.settings = activity.plan.with_more(named=True).as_json()
    activity.save()


def _rated_again(activity: Activity) -> None:
    """One reason was rated, shown, and is rated again."""
    card = reason(activity)
    seat = activity.workshop.participants.create(name="Earlier")
    value = {"likelihood": 3, "impact": 3}
    actions.give_answers(seat, activity=activity.pk, answers=[{"target": "card", "item": card.pk, "value": value}])
    room = move(activity.workshop, activity, Phase.TALK)
    actions.rate_again(again(activity), thing=f"card:{card.pk}", step=room.step, by=room.host)


@dataclass(frozen=True)
class Ahead(Scene):
    """Before the meeting: the room has not opened, and a step takes input."""

    def enter(self, project: Project, by: Any) -> Activity:
        workshop = planned(project, by=by)
        found = workshop.activities.get(kind=self.kind) if self.kind != Kind.BRAINSTORM else table_of(workshop)
        found.settings = replace(found.plan, ahead=True).as_json()
        found.save()
        actions.plan_around(workshop, ahead_from=timezone.now(), after_until=None, by=by)
        return again(found)


NUMBERS: dict[str, tuple[Any, Any]] = {
    "low": (4711.25, 3811.25),
    "likely": (4712.5, 3812.5),
    "high": (4713.75, 3813.75),
}
RATING = {"likelihood": (5, 1), "impact": (1, 4)}
SCENES = [
    Scene(Kind.BRAINSTORM, Phase.WRITE, _card),
    Scene(Kind.BRAINSTORM, Phase.VOTE, _dots, _two_cards, words=False),
    Scene(Kind.FRAMING, Phase.SCORE, _answer(clarity=(2, 5), text=WORDS)),
    Scene(Kind.FRAMING, Phase.AGAIN, _answer(clarity=(2, 5)), words=False),
    Scene(Kind.FRAMING, Phase.FIT, _answer(shape=("model", "rule"), text=WORDS)),
    Scene(Kind.PREMORTEM, Phase.WRITE, _card),
    Scene(Kind.PREMORTEM, Phase.SCORE, _about("card", **RATING), reason, words=False),
    Scene(Kind.PREMORTEM, Phase.SCORE, _about("card", **RATING), _rated_again, "premortem-again", words=False),
    Scene(Kind.METRIC, Phase.WRITE, _card),
    Scene(Kind.VOTE, Phase.WRITE, _card),
    Scene(Kind.VOTE, Phase.VOTE, _dots, _two_cards, words=False),
    Scene(Kind.VOTE, Phase.VOTE, _dots, _two_cards_with_names, "vote-named", words=False),
    Scene(Kind.ESTIMATE, Phase.SCORE, _about("item", **NUMBERS), lambda activity: ItemFactory(activity=activity), words=False),
    Scene(Kind.ESTIMATE, Phase.AGAIN, _about("item", **NUMBERS), lambda activity: ItemFactory(activity=activity), words=False),
    Scene(Kind.DECIDE, Phase.DECIDE, _consent, lambda activity: proposal(activity, opened=True)),
    Scene(Kind.WRAP, Phase.TALK, _answer(recorded=("yes", "yes"), worth=(1, 5)), words=False),
    Ahead(Kind.BRAINSTORM, Phase.WRITE, _card, name="ahead-brainstorm"),
    Ahead(Kind.FRAMING, Phase.SCORE, _answer(clarity=(2, 5), text=WORDS), name="ahead-framing"),
    Ahead(Kind.PREMORTEM, Phase.WRITE, _card, name="ahead-premortem"),
]  # fmt: skip
