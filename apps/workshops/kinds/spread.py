"""How answers from 1 to 5 lie: counted, never by person."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

# The drawing, in its own units.
STEP, BAR, FOOT = 44, 36, 56
TOP = 5


@dataclass(frozen=True)
class Bar:
    """One value of the scale: how many chose it, and its bar in a drawing of height `FOOT`."""

    value: int
    count: int
    height: float

    @property
    def x(self) -> int:
        return (self.value - 1) * STEP + (STEP - BAR) // 2

    @property
    def y(self) -> float:
        return round(FOOT - self.height, 1)

    @property
    def middle(self) -> int:
        return (self.value - 1) * STEP + STEP // 2


@dataclass(frozen=True)
class Spread:
    """`n` answers, the one in the `middle`, and a bar for each value."""

    n: int
    middle: float
    bars: tuple[Bar, ...]

    @property
    def middle_words(self) -> str:
        return f"{self.middle:g}"

    @property
    def words(self) -> str:
        """`1, 0, 2, 4, 1`: for who cannot see the bars."""
        return ", ".join(str(bar.count) for bar in self.bars)


def spread(values: Iterable[int]) -> Spread | None:
    """Whole numbers from 1 to 5 as a distribution; None when there is none."""
    given = [value for value in values if 1 <= value <= TOP]
    if not given:
        return None
    most = max(given.count(value) for value in range(1, TOP + 1))
    bars = tuple(
        Bar(value, given.count(value), round(given.count(value) / most * (FOOT - 14), 1) or 1.5)
        for value in range(1, TOP + 1)
    )
    return Spread(len(given), median(given), bars)
