"""How far the draft is, as a number from 0 to 100. Our own measure: it orders sections, it proves nothing.

A section starts at 100 and loses 25 for each finding that blocks, 8 for each warning and 2 for each hint, down to 0;
waived findings cost nothing. The project has the mean of its sections, rounded, and stays below 90 while anything
blocks.
"""

from collections.abc import Iterable, Mapping

from apps.projects.enums import Level

COST: Mapping[str, int] = {Level.BLOCKER: 25, Level.WARNING: 8, Level.HINT: 2}
MOST_WHILE_BLOCKED = 89


def of_section(levels: Iterable[str]) -> int:
    """The score of one section from the levels of its findings, 0 to 100."""
    return max(0, 100 - sum(COST[level] for level in levels))


def of_project(sections: Iterable[int], *, blocked: bool) -> int:
    """The score of the project from those of its sections, 0 to 100; 0 when there are none."""
    scores = list(sections)
    mean = round(sum(scores) / len(scores)) if scores else 0
    return min(mean, MOST_WHILE_BLOCKED) if blocked else mean
