"""The heat map: where each cell lies and what it holds. The drawing is the same on the page and in the PDF."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.core.templatetags.core import level
from apps.risks.enums import Impact, Likelihood

LEFT, WIDE, HIGH, GAP = 104, 60, 50, 3


@dataclass(frozen=True)
class Point:
    """One risk on the map."""

    ref: str
    likelihood: int
    impact: int


@dataclass(frozen=True)
class Cell:
    likelihood: int
    impact: int
    level: int
    x: int
    y: int
    refs: tuple[str, ...]
    label: str
    url: str = ""
    selected: bool = False

    @property
    def count(self) -> int:
        return len(self.refs)

    @property
    def middle_x(self) -> int:
        return self.x + WIDE // 2

    @property
    def middle_y(self) -> int:
        return self.y + HIGH // 2


def cells(
    points: Iterable[Point], *, url_of: Callable[[int, int], str] | None = None, selected: tuple[int, int] | None = None
) -> list[Cell]:
    """Twenty-five cells, from the likeliest row down and the mildest column right."""
    at: dict[tuple[int, int], list[str]] = defaultdict(list)
    for point in points:
        at[point.likelihood, point.impact].append(point.ref)
    return [
        _cell(likely, impact, tuple(at[likely, impact]), url_of, selected == (likely, impact))
        for likely in range(5, 0, -1)
        for impact in range(1, 6)
    ]


def rows() -> list[tuple[int, str]]:
    """Where the words of the likelihood stand: y and word, from above."""
    return [((5 - step) * (HIGH + GAP) + HIGH // 2, str(Likelihood(step).label)) for step in range(5, 0, -1)]


def columns() -> list[tuple[int, str]]:
    return [(LEFT + (step - 1) * (WIDE + GAP) + WIDE // 2, str(Impact(step).label)) for step in range(1, 6)]


def _cell(
    likely: int, impact: int, refs: tuple[str, ...], url_of: Callable[[int, int], str] | None, selected: bool
) -> Cell:
    return Cell(
        likelihood=likely,
        impact=impact,
        level=level(likely * impact),
        x=LEFT + (impact - 1) * (WIDE + GAP),
        y=(5 - likely) * (HIGH + GAP),
        refs=refs,
        label=_label(likely, impact, refs),
        url=url_of(likely, impact) if url_of and refs else "",
        selected=selected,
    )


def _label(likely: int, impact: int, refs: tuple[str, ...]) -> str:
    count = ngettext("%(n)d risk", "%(n)d risks", len(refs)) % {"n": len(refs)}
    return _("%(likely)s, %(impact)s: %(count)s %(refs)s") % {
        "likely": Likelihood(likely).label,
        "impact": Impact(impact).label,
        "count": count,
        "refs": f"({', '.join(refs)})" if refs else "",
    }
