"""What hangs on what: things of the scope and the ties between them. Pure functions; see `queries` for where they
come from."""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Thing:
    """An objective, a row, a component, a risk, a card. `kind` orders and groups it."""

    key: str
    kind: str
    title: str
    url: str = ""


@dataclass(frozen=True)
class Web:
    """Things by key, and for each the keys of those it is tied to; `made` are the ties that people drew."""

    things: Mapping[str, Thing]
    ties: Mapping[str, frozenset[str]]
    made: frozenset[tuple[str, str]] = field(default_factory=frozenset)

    def neighbours(self, key: str) -> list[Thing]:
        return [self.things[other] for other in sorted(self.ties.get(key, ()), key=self._order)]

    @property
    def orphans(self) -> list[Thing]:
        """Things that hang on nothing."""
        return [thing for key, thing in self.things.items() if not self.ties.get(key)]

    def _order(self, key: str) -> tuple[int, str]:
        return (KINDS.index(self.things[key].kind), self.things[key].title.casefold())


KINDS = (
    "objective", "deliverable", "metric", "test_set", "signal", "data_source", "component", "risk", "safeguard",
    "dependency", "decision", "card",
)  # fmt: skip


def pair(one: str, other: str) -> tuple[str, str]:
    """The two keys in the order in which a tie is kept."""
    return (one, other) if one < other else (other, one)


def web(things: Iterable[Thing], derived: Iterable[tuple[str, str]], made: Iterable[tuple[str, str]]) -> Web:
    """Ties whose ends are gone, or that lead to themselves, are left out."""
    known = {thing.key: thing for thing in things}
    kept = {pair(*tie) for tie in made if tie[0] in known and tie[1] in known}
    ties: dict[str, set[str]] = {}
    for one, other in [*(pair(*tie) for tie in derived), *kept]:
        if one != other and one in known and other in known:
            ties.setdefault(one, set()).add(other)
            ties.setdefault(other, set()).add(one)
    return Web(known, {key: frozenset(others) for key, others in ties.items()}, frozenset(kept))


def left_hanging(found: Web, key: str) -> list[Thing]:
    """What loses its last way to an objective when this thing goes: breadth-first from the objectives without it.

    Things that reach no objective now are not in the answer: they lose nothing. Linear in things and ties.
    """
    before = _reached(found, skip=None)
    after = _reached(found, skip=key)
    lost = [other for other in before if other not in after and other != key]
    return [found.things[other] for other in sorted(lost, key=found._order)]


RESTS_ON = {
    "metric": frozenset({"objective"}), "deliverable": frozenset({"objective"}), "test_set": frozenset({"metric"}),
    "signal": frozenset({"metric"}), "safeguard": frozenset({"risk"}), "data_source": frozenset({"component", "test_set"}),
}  # fmt: skip
"""For each kind the kinds that need one of it."""


def left_without(found: Web, key: str) -> list[Thing]:
    """What has no other thing of this kind, and needs one: the risk whose only safeguard this is."""
    kind = found.things[key].kind
    near = [thing for thing in found.neighbours(key) if thing.kind in RESTS_ON.get(kind, ())]
    return [
        thing
        for thing in near
        if not any(other.kind == kind and other.key != key for other in found.neighbours(thing.key))
    ]


def _reached(found: Web, *, skip: str | None) -> set[str]:
    start = [key for key, thing in found.things.items() if thing.kind == "objective" and key != skip]
    seen, queue = set(start), deque(start)
    while queue:
        for other in found.ties.get(queue.popleft(), ()):
            if other not in seen and other != skip:
                seen.add(other)
                queue.append(other)
    return seen


def grouped(things: Sequence[Thing]) -> list[tuple[str, list[Thing]]]:
    """By kind, in the order of the kinds; empty ones left out."""
    found: dict[str, list[Any]] = {kind: [] for kind in KINDS}
    for thing in things:
        found[thing.kind].append(thing)
    return [(kind, inside) for kind, inside in found.items() if inside]
