"""Dots by role, without giving anybody away."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

LEAST = 3
"""A role is shown by itself from this many voters on; fewer could be told apart."""

OTHERS = ""
"""The name under which the smaller roles, and those who said none, are counted together."""


@dataclass(frozen=True)
class Ballot:
    """The dots of one person on one thing."""

    voter: Any
    role: str
    thing: str
    dots: int


def by_role(ballots: Iterable[Ballot]) -> list[dict[str, Any]]:
    """One entry a role, the largest first: its name, how many voted, and their dots for each thing.

    Roles with fewer than three voters go into the others; when those are still fewer than three, the next smallest
    role joins them, so that nobody is found by taking the rest from the sum. With one entry left there is nothing to
    compare, and the list is empty.
    """
    cast = list(ballots)
    voters: dict[str, set[Any]] = defaultdict(set)
    for ballot in cast:
        voters[ballot.role.strip().casefold()].add(ballot.voter)
    merged = _merge({role: len(people) for role, people in voters.items()})
    names = {ballot.role.strip().casefold(): ballot.role.strip() for ballot in reversed(cast)}
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    people: dict[str, set[Any]] = defaultdict(set)
    for ballot in cast:
        role = OTHERS if ballot.role.strip().casefold() in merged else ballot.role.strip().casefold()
        counted[role][ballot.thing] += ballot.dots
        people[role].add(ballot.voter)
    if len(counted) < 2:
        return []
    order = sorted(counted, key=lambda role: (role == OTHERS, -len(people[role]), role))
    return [{"role": names.get(role, ""), "voters": len(people[role]), "dots": dict(counted[role])} for role in order]


def _merge(sizes: Mapping[str, int]) -> set[str]:
    """The roles that are counted together."""
    together = {role for role, size in sizes.items() if size < LEAST or role == OTHERS}
    while together and sum(sizes[role] for role in together) < LEAST and len(together) < len(sizes):
        together.add(min((role for role in sizes if role not in together), key=lambda role: (sizes[role], role)))
    return together


@dataclass(frozen=True)
class Tally:
    """The dots of every thing by role: a column a role, with how many voted in it."""

    roles: list[tuple[str, int]]
    rows: list[tuple[str, int, list[int]]]


def table(result: Mapping[str, Any], things: Iterable[tuple[str, int, set[str]]]) -> Tally | None:
    """What was counted at the close of the vote, for these things: title, all dots, and the keys they were given under."""
    roles = result.get("roles") or []
    if not roles:
        return None
    rows = [
        (title, dots, [sum(role["dots"].get(key, 0) for key in keys) for role in roles]) for title, dots, keys in things
    ]
    return Tally([(role["role"], role["voters"]) for role in roles], rows)
