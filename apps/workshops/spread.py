"""How far apart a room is about one reason: every rating is a point on a grid of five by five."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from apps.core.templatetags.core import level

Point = tuple[int, int]
"""Likelihood and impact, each from 1 to 5."""

CELL, GAP, DOT = 34, 2, 4.2
SIZE = 5 * CELL + 4 * GAP
# Where the dots of one cell lie, as shares of the cell: side by side, never on top of each other.
_PLACES = {
    1: [(0.5, 0.5)],
    2: [(0.3, 0.5), (0.7, 0.5)],
    3: [(0.5, 0.28), (0.28, 0.7), (0.72, 0.7)],
    4: [(0.3, 0.3), (0.7, 0.3), (0.3, 0.7), (0.7, 0.7)],
}


@dataclass(frozen=True)
class Cell:
    x: int
    y: int
    level: int


@dataclass(frozen=True)
class Dot:
    x: float
    y: float


@dataclass(frozen=True)
class Spread:
    """What a room said about one thing, nobody by name.

    `likelihood` and `impact` are medians. `apart` is the mean, over the people, of the steps between their answer
    and the medians, both scales added: 0 when all say the same, 4 when half of them take one corner and half the
    opposite one of the grid. The method is the mean absolute deviation from the median, taken on both axes.
    """

    points: tuple[Point, ...]
    likelihood: float
    impact: float
    apart: float

    @property
    def people(self) -> int:
        return len(self.points)

    @property
    def likelihoods(self) -> tuple[int, int]:
        return min(point[0] for point in self.points), max(point[0] for point in self.points)

    @property
    def impacts(self) -> tuple[int, int]:
        return min(point[1] for point in self.points), max(point[1] for point in self.points)

    @property
    def rating(self) -> Point:
        """The medians as a risk register takes them; of two middle answers the graver one."""
        return _graver(self.likelihood), _graver(self.impact)

    @property
    def score(self) -> float:
        return self.likelihood * self.impact

    @property
    def cells(self) -> list[Cell]:
        return [
            Cell((impact - 1) * (CELL + GAP), (5 - likely) * (CELL + GAP), level(likely * impact))
            for likely in range(5, 0, -1)
            for impact in range(1, 6)
        ]

    @property
    def dots(self) -> list[Dot]:
        """One for each person, spread inside its cell; their order says nothing."""
        found = []
        for (likely, impact), count in sorted(Counter(self.points).items()):
            for across, down in _places(count):
                x = (impact - 1) * (CELL + GAP) + across * CELL
                y = (5 - likely) * (CELL + GAP) + down * CELL
                found.append(Dot(round(x, 1), round(y, 1)))
        return found

    size = SIZE
    cell = CELL
    dot = DOT


def spread(points: Iterable[Point]) -> Spread | None:
    """The spread of these ratings; None when there is none."""
    found = tuple(sorted(points))
    if not found:
        return None
    likely, impact = (median(point[axis] for point in found) for axis in (0, 1))
    steps = [abs(point[0] - likely) + abs(point[1] - impact) for point in found]
    return Spread(found, likely, impact, round(sum(steps) / len(steps), 1))


def _graver(middle: float) -> int:
    return int(middle + 0.5)


def _places(count: int) -> Sequence[tuple[float, float]]:
    if count in _PLACES:
        return _PLACES[count]
    across = 3 if count <= 9 else 5
    rows = -(-count // across)
    return [((n % across + 0.5) / across, (n // across + 0.5) / rows) for n in range(count)]
