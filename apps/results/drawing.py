"""One line for each objective: where it began, what was promised, where it is now."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from apps.results.judging import Promise

WIDTH, MARGIN = 480, 10


@dataclass(frozen=True)
class Line:
    """Places on a line of WIDTH. `good` is the stretch on which the promise is kept: from x, and how wide."""

    baseline: int | None
    target: int | None
    now: int
    earlier: tuple[int, ...]
    good: tuple[int, int] | None
    moved: tuple[int, int] | None
    """From where it began to where it is now: from x, and how wide."""


def line(promised: Promise, values: Sequence[Decimal]) -> Line | None:
    """None while there is nothing to draw, or nothing to hold it against."""
    known = [value for value in (promised.baseline, promised.target) if value is not None]
    if not values or not known:
        return None
    low, high = min(*known, *values), max(*known, *values)
    room = (high - low) / 8 or abs(high) / 8 or Decimal(1)
    low, high = low - room, high + room

    def at(value: Decimal) -> int:
        return MARGIN + round((value - low) / (high - low) * (WIDTH - 2 * MARGIN))

    now = at(values[-1])
    begin = at(promised.baseline) if promised.baseline is not None else None
    goal = at(promised.target) if promised.target is not None else None
    return Line(
        baseline=begin,
        target=goal,
        now=now,
        earlier=tuple(at(value) for value in values[:-1]),
        good=_good(promised, goal),
        moved=None if begin is None else (min(begin, now), abs(now - begin)),
    )


def _good(promised: Promise, goal: int | None) -> tuple[int, int] | None:
    if goal is None or promised.falls is None:
        return None
    return (0, goal) if promised.falls else (goal, WIDTH - goal)
