"""Which pieces of one list are the same pieces of another, in order, in bounded time."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

STEPS = 1_500_000
MOST_DIFFERENCES = 400

Pairs = list[tuple[int, int]]


@dataclass
class Budget:
    """How many steps are left for the whole comparison."""

    steps: int = STEPS


def align(old: Sequence[Hashable], new: Sequence[Hashable]) -> Pairs:
    """Pairs (i, j), both rising, with `old[i] == new[j]`.

    Equal ends first, then pieces that occur once on both sides as anchors (patience diff, Bram Cohen),
    then the shortest edit script between two anchors (Myers 1986, "An O(ND) difference algorithm").
    The last is given up for a gap with more than `MOST_DIFFERENCES` differences or when the budget of
    `STEPS` is spent: that gap then counts as wholly replaced, which is coarser, never wrong.
    """
    head = _common_head(old, new)
    tail = _common_head(old[head:][::-1], new[head:][::-1])
    old_end, new_end = len(old) - tail, len(new) - tail

    budget = Budget()
    pairs = [(index, index) for index in range(head)]
    i, j = head, head
    for anchor_i, anchor_j in [*_anchors(old, new, head, old_end, new_end), (old_end, new_end)]:
        pairs += _shortest(old, new, (i, anchor_i), (j, anchor_j), budget)
        if anchor_i < old_end and anchor_j < new_end:
            pairs.append((anchor_i, anchor_j))
        i, j = anchor_i + 1, anchor_j + 1
    pairs += [(old_end + index, new_end + index) for index in range(tail)]
    return pairs


def _common_head(old: Sequence[Hashable], new: Sequence[Hashable]) -> int:
    length = 0
    for left, right in zip(old, new, strict=False):
        if left != right:
            break
        length += 1
    return length


def _anchors(old: Sequence[Hashable], new: Sequence[Hashable], start: int, old_end: int, new_end: int) -> Pairs:
    """The longest rising run of pieces that occur exactly once on both sides."""
    once_old = _once(old, start, old_end)
    once_new = _once(new, start, new_end)
    common = [(i, once_new[piece]) for piece, i in once_old.items() if piece in once_new]
    return _longest_rising(sorted(common))


def _once(pieces: Sequence[Hashable], start: int, end: int) -> dict[Hashable, int]:
    counts = Counter(pieces[start:end])
    return {pieces[index]: index for index in range(start, end) if counts[pieces[index]] == 1}


def _longest_rising(pairs: Pairs) -> Pairs:
    tops: list[int] = []
    piles: list[int] = []
    below: list[int] = []
    for index, (_, j) in enumerate(pairs):
        pile = bisect_left(tops, j)
        below.append(piles[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(j)
            piles.append(index)
        else:
            tops[pile], piles[pile] = j, index
    rising = []
    at = piles[-1] if piles else -1
    while at >= 0:
        rising.append(pairs[at])
        at = below[at]
    return rising[::-1]


def _shortest(
    old: Sequence[Hashable], new: Sequence[Hashable], span: tuple[int, int], onto: tuple[int, int], budget: Budget
) -> Pairs:
    a, b = old[span[0] : span[1]], new[onto[0] : onto[1]]
    if not a or not b:
        return []
    return [(span[0] + i, onto[0] + j) for i, j in _backtrack(_frontiers(a, b, budget), len(a), len(b))]


def _frontiers(a: Sequence[Hashable], b: Sequence[Hashable], budget: Budget) -> list[dict[int, int]]:
    """The furthest point on each diagonal after 0, 1, 2 … differences; empty when it was given up."""
    furthest = {1: 0}
    history: list[dict[int, int]] = []
    for differences in range(min(len(a) + len(b), MOST_DIFFERENCES) + 1):
        budget.steps -= differences + 1
        if budget.steps < 0:
            return []
        history.append(furthest.copy())
        for diagonal in range(-differences, differences + 1, 2):
            x = _step(furthest, diagonal, differences)
            y = x - diagonal
            while x < len(a) and y < len(b) and a[x] == b[y]:
                x, y = x + 1, y + 1
            furthest[diagonal] = x
            if x >= len(a) and y >= len(b):
                return history
    return []


def _step(furthest: dict[int, int], diagonal: int, differences: int) -> int:
    if differences == 0:
        return 0
    return furthest[diagonal + 1] if _goes_down(furthest, diagonal, differences) else furthest[diagonal - 1] + 1


def _goes_down(furthest: dict[int, int], diagonal: int, differences: int) -> bool:
    if diagonal in (-differences, differences):
        return diagonal == -differences
    return furthest[diagonal - 1] < furthest[diagonal + 1]


def _backtrack(history: list[dict[int, int]], x: int, y: int) -> Pairs:
    pairs: Pairs = []
    for differences in range(len(history) - 1, -1, -1):
        diagonal = x - y
        start = _step(history[differences], diagonal, differences)
        while x > start and y > start - diagonal:
            x, y = x - 1, y - 1
            pairs.append((x, y))
        if differences and _goes_down(history[differences], diagonal, differences):
            y -= 1
        elif differences:
            x -= 1
    return pairs[::-1]
