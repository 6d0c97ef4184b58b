"""Three-point estimates, and what they add up to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import median

# A standard normal value below which 80 of 100 cases lie.
EIGHTY = 0.8416
FAR = 0.5


@dataclass(frozen=True)
class Guess:
    """What somebody thinks of one task, in the unit of the step: low ≤ likely ≤ high."""

    low: float
    likely: float
    high: float

    @property
    def points(self) -> tuple[float, float, float]:
        return (self.low, self.likely, self.high)

    @property
    def mean(self) -> float:
        """PERT mean (low + 4 likely + high) / 6, in the unit of the step."""
        return (self.low + 4 * self.likely + self.high) / 6

    @property
    def variance(self) -> float:
        """PERT variance ((high - low) / 6)², in the square of the unit."""
        return ((self.high - self.low) / 6) ** 2


@dataclass(frozen=True)
class Middle(Guess):
    """What a room thinks of one task: the medians of the three numbers, each taken for itself."""

    people: int


@dataclass(frozen=True)
class Total:
    """The sum of tasks in the unit of the step: `mean`, standard deviation `sd`, and what 80 of 100 cases stay under.

    Means and variances of the tasks are added (Malcolm et al., 1959, Program Evaluation and Review Technique), so
    the tasks are taken as independent; when one cause delays several of them, the true spread is wider.
    """

    mean: float
    sd: float

    @property
    def eighty(self) -> float:
        return self.mean + EIGHTY * self.sd


def middle(guesses: Sequence[Guess]) -> Middle | None:
    """The room's view; None when nobody guessed."""
    if not guesses:
        return None
    low, likely, high = (median(getattr(guess, name) for guess in guesses) for name in ("low", "likely", "high"))
    return Middle(low, likely, high, len(guesses))


def total(guesses: Iterable[Guess]) -> Total | None:
    found = list(guesses)
    if not found:
        return None
    return Total(sum(each.mean for each in found), sqrt(sum(each.variance for each in found)))


def is_far(guess: Guess, room: Middle) -> bool:
    """Whether somebody knows something the others do not: their likely value is off the middle by half of it or more."""
    return room.people > 2 and abs(guess.likely - room.likely) >= FAR * room.likely
