"""What could be shorter when an agenda is too long: proposals, pure and without a database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Any

from django.utils.translation import gettext as _

from apps.workshops.enums import Kind, Phase
from apps.workshops.models import Activity

# A step is not cut below this share of what it has.
LEAST = 0.6
SHOWN = 6


@dataclass(frozen=True)
class Cut:
    """One step, from `was` to `to` minutes, and why that could do. `ticked`: enough of them cover the overrun."""

    activity: Activity
    was: int
    to: int
    why: str
    ticked: bool = False

    @property
    def saves(self) -> int:
        return self.was - self.to

    @property
    def value(self) -> str:
        """What the form sends."""
        return f"{self.activity.pk}:{self.to}"


def proposals(rows: Iterable[Activity], over: int, *, usual: Mapping[str, int], ahead: bool = False) -> Sequence[Cut]:
    """Cuts for steps that are still to come; the ticked ones save `over` minutes, or as many as can be saved.

    `usual`: minutes that the product's own block of a kind takes. `ahead`: whether cards were sent beforehand.
    Steps that take longer than usual come first, then those that can give most.
    """
    if over <= 0:
        return []
    found = [cut for row in rows if (cut := _cut(row, usual, ahead)) is not None]
    found.sort(key=lambda cut: (cut.to < usual.get(cut.activity.kind, 0), -cut.saves))
    return _ticked(found, over)[:SHOWN]


def saved(cuts: Iterable[Cut]) -> int:
    """Minutes that the ticked ones save."""
    return sum(cut.saves for cut in cuts if cut.ticked)


def _cut(row: Activity, usual: Mapping[str, int], ahead: bool) -> Cut | None:
    if row.kind == Kind.BREAK or row.skipped:
        return None
    least = max(ceil(row.minutes * LEAST), len(row.plan.phases), 1)
    normal = usual.get(row.kind, row.minutes)
    if least <= normal < row.minutes:
        return Cut(row, row.minutes, normal, _("Usually takes %(n)d") % {"n": normal})
    if least >= row.minutes:
        return None
    if ahead and row.plan.ahead and row.plan.has(Phase.WRITE):
        return Cut(row, row.minutes, least, _("Less writing: cards came ahead"))
    return Cut(row, row.minutes, least, _("Each part a little shorter"))


def _ticked(cuts: list[Cut], over: int) -> list[Cut]:
    """Tick from the top until `over` is covered; the last ticked one gives only what is still needed."""
    left, found = over, []
    for cut in cuts:
        if left <= 0:
            found.append(cut)
            continue
        found.append(replace(cut, to=max(cut.to, cut.was - left), ticked=True))
        left -= found[-1].saves
    return found


def as_sent(values: Iterable[str]) -> dict[Any, int]:
    """`<key>:<minutes>` as the form sends it. Raises ValueError for anything else."""
    return {key: int(minutes) for key, minutes in (value.split(":", 1) for value in values)}
