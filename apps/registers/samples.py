"""How much a number of examples can tell about a share. Pure functions.

The half-width is that of the normal approximation at 95 % (1.96 · √(p (1 − p) / n)), good enough to plan with from
about thirty examples on. The rule of three says what not one failure in n tells: with 95 % confidence the true share
is at most 3 / n. Near 0 and 1 the approximation comes out far too narrow (at 1 it is nothing); there the half-width is
never less than what the rule of three leaves open.
"""

import math
from dataclasses import dataclass

Z = 1.96
USUAL = (30, 50, 100, 200, 300, 500, 1000, 2000)


def half_width(share: float, n: int) -> float:
    """How far the true share may lie to either side of `share` (0 to 1) when it was counted on `n` examples."""
    return max(Z * math.sqrt(share * (1 - share) / n), most_without_one(n) - _to_the_end(share))


def most_without_one(n: int) -> float:
    """The share (0 to 1) that may still be true when it was not seen once in `n` examples."""
    return min(1.0, 3 / n)


def needed(share: float, within: float) -> int:
    """Examples that tell `share` to within `within` (both 0 to 1) on either side."""
    usual = share * (1 - share) * (Z / within) ** 2
    return max(1, math.ceil(round(max(usual, 3 / (within + _to_the_end(share))), 6)))


def needed_without_one(rate: float) -> int:
    """Examples without one failure that show a failure rate of at most `rate` (above 0, to 1)."""
    return math.ceil(round(3 / rate, 6))


def _to_the_end(share: float) -> float:
    """How far a share is from 0 or from 1, whichever is nearer."""
    return min(share, 1 - share)


@dataclass(frozen=True)
class Line:
    """What `n` examples tell, in percentage points and percent."""

    n: int
    points: float
    unseen: float
    is_yours: bool = False


def lines(share: float, n: int) -> list[Line]:
    """The usual numbers of examples with the one asked about among them; `share` from 0 to 1."""
    return [
        Line(count, 100 * half_width(share, count), 100 * most_without_one(count), count == n)
        for count in sorted({*USUAL, n})
    ]
