"""Where people stand on the influence × interest grid: a pure function of names and numbers."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

# As wide as a phone shows it without shrinking the words.
CELL = 61
LEFT, TOP = 40, 2
RADIUS = 13
STEPS = 5
SIDE = STEPS * CELL
# Where the dots of one cell stand, from its middle; more than six share the last place.
PLACES = {
    1: [(0, 0)],
    2: [(-15, 0), (15, 0)],
    3: [(-15, -14), (15, -14), (0, 14)],
    4: [(-15, -14), (15, -14), (-15, 14), (15, 14)],
}
MANY = [(-17, -14), (0, -14), (17, -14), (-17, 14), (0, 14), (17, 14)]


@dataclass(frozen=True)
class Dot:
    """A person in the drawing, in its own units; `x` and `y` are the middle."""

    x: int
    y: int
    name: str
    influence: int
    interest: int
    key: str

    @property
    def text_y(self) -> int:
        return self.y + 4


def dots(people: Iterable[Mapping[str, Any]]) -> list[Dot]:
    """One dot for each of `people` (`name`, `influence`, `interest`, `key`), those of one cell side by side."""
    cells: dict[tuple[int, int], list[Mapping[str, Any]]] = defaultdict(list)
    for person in people:
        cells[person["interest"], person["influence"]].append(person)
    return [dot for cell, inside in sorted(cells.items()) for dot in _in_cell(cell, inside)]


def frame() -> dict[str, Any]:
    """Lines, numbers and edges of the drawing, in its own units."""
    steps = range(1, STEPS + 1)
    return {
        "cell": CELL,
        "left": LEFT,
        "top": TOP,
        "right": LEFT + SIDE,
        "bottom": TOP + SIDE,
        "corner": LEFT + 3 * CELL,
        "corner_side": 2 * CELL,
        "middle": LEFT + SIDE // 2,
        "half": TOP + SIDE // 2,
        "width": LEFT + SIDE + 2,
        "height": TOP + SIDE + 42,
        "radius": RADIUS,
        "lines": [(LEFT + step * CELL, TOP + step * CELL) for step in range(STEPS + 1)],
        "scale": [
            {"value": step, "x": LEFT + (step - 1) * CELL + CELL // 2, "y": TOP + (STEPS - step) * CELL + CELL // 2 + 4}
            for step in steps
        ],
    }


def _in_cell(cell: tuple[int, int], inside: list[Mapping[str, Any]]) -> list[Dot]:
    interest, influence = cell
    middle_x = LEFT + (interest - 1) * CELL + CELL // 2
    middle_y = TOP + (STEPS - influence) * CELL + CELL // 2
    places = PLACES.get(len(inside), MANY)
    return [
        Dot(middle_x + dx, middle_y + dy, person["name"], influence, interest, str(person.get("key", "")))
        for person, (dx, dy) in zip(inside, [*places, *[places[-1]] * len(inside)], strict=False)
    ]
