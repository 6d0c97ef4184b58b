"""What a kind of activity is: what it takes in which phase, who sees it when, and what its screens show."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from apps.workshops.enums import Phase
from apps.workshops.models import Activity, Participant, Workshop

Seen = Callable[[Workshop, Activity], dict[str, Any]]
SeenBySeat = Callable[[Workshop, Participant, Activity], dict[str, Any]]


@dataclass(frozen=True)
class Line:
    """Something to read back at the end: `kind` is decision, owner or open."""

    kind: str
    text: str
    who: str = ""
    due: str = ""

    @property
    def day(self) -> date | None:
        """`due` as a day, when it is one."""
        try:
            return date.fromisoformat(self.due)
        except ValueError:
            return None


Lines = Callable[[Workshop, Activity], Sequence[Line]]
Start = Callable[[Workshop, Activity], Sequence[tuple[str, dict[str, Any]]]]


def nothing(workshop: Workshop, activity: Activity) -> dict[str, Any]:
    return {}


def nothing_for(workshop: Workshop, seat: Participant, activity: Activity) -> dict[str, Any]:
    return {}


def nothing_yet(workshop: Workshop, activity: Activity) -> Sequence[Any]:
    return ()


@dataclass(frozen=True)
class Behaviour:
    """One kind of activity.

    `rounds`: the phases in which people answer, each with the number of its round. `hidden`: those of them whose
    answers nobody else sees before the room leaves the phase. `named`: answers keep their author when the workshop is
    over. `forgets`: the rounds whose answers lose their author for good as soon as they are shown. `writing`: the
    phases in which cards are written, hidden from everyone else. `words`: in these phases the words of an answer are
    not kept with it: they are an anonymous card of that prompt, one each. `many`: somebody may answer about several things (items, groups, cards) instead of once about the step.
    `begins_with`: the phases that begin with what people said in that earlier round.
    `one_by_one`: its items are opened and closed one at a time, and each is shown when it closes.
    `screens`: the phases that have a screen of their own for participants (`workshops/blocks/<key>_seat.html`); the
    others show cards, or words to talk about. `tables`: whether hosts and the big screen have their own
    (`<key>_board.html`, `<key>_stage.html`), and the minutes (`<key>_minutes.html`).

    `start` gives the items (words, details) that are there when the room first comes. `recap` gives what is read back
    at the end. `seat` gives what one person sees, their own hidden answers included; `board` what everybody may see, hosts and
    projector too; `minutes` what goes into the record. `lines` says the same as `minutes` in words, for the Markdown, CSV and PDF of the minutes; a kind
    without it puts its `recap` there. None of them gives away what is hidden.
    """

    key: str
    rounds: Mapping[str, int] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    named: bool = False
    forgets: frozenset[int] = frozenset()
    writing: frozenset[str] = frozenset({Phase.WRITE})
    words: Mapping[str, str] = field(default_factory=dict)
    many: bool = False
    one_by_one: bool = False
    begins_with: Mapping[str, int] = field(default_factory=dict)
    screens: frozenset[str] = frozenset()
    tables: bool = False
    seat: SeenBySeat = nothing_for
    board: Seen = nothing
    minutes: Seen = nothing
    start: Start = nothing_yet
    recap: Lines = nothing_yet
    lines: Lines | None = None

    def hides(self, phase: str) -> bool:
        return phase in self.hidden

    def template(self, screen: str) -> str:
        """`seat`, `board`, `stage`, `minutes` or `settings`."""
        return f"workshops/blocks/{self.key}_{screen}.html"
