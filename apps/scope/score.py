"""How far the draft is, as a number from 0 to 100. Our own measure: it orders sections, it proves nothing.

A section starts at 100 and loses 25 for each finding that blocks, 8 for each warning and 2 for each hint, down to 0;
waived findings cost nothing. Of a section that is empty and asked for there is nothing: 0. The project has the mean of its sections, rounded, and stays below 90 while anything
blocks.
"""

from collections.abc import Iterable, Mapping

from apps.projects.enums import Level

COST: Mapping[str, int] = {Level.BLOCKER: 25, Level.WARNING: 8, Level.HINT: 2}
MOST_WHILE_BLOCKED = 89


def of_section(levels: Iterable[str], *, empty: bool = False) -> int:
    """The score of one section from the levels of its findings, 0 to 100; an empty one has none while any is open."""
    found = list(levels)
    return 0 if empty and found else max(0, 100 - sum(COST[level] for level in found))


def of_project(sections: Iterable[int], *, blocked: bool) -> int:
    """The score of the project from those of its sections, 0 to 100; 0 when there are none."""
    scores = list(sections)
    mean = round(sum(scores) / len(scores)) if scores else 0
    return min(mean, MOST_WHILE_BLOCKED) if blocked else mean
