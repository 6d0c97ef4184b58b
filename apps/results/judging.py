"""Promised against achieved. Pure functions; figures are in the objective's own unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from apps.projects.enums import Direction
from apps.results.enums import Verdict


@dataclass(frozen=True)
class Promise:
    """An objective as it was promised: in a signed baseline, or in the draft while nothing is signed."""

    id: str
    title: str
    metric: str = ""
    unit: str = ""
    baseline: Decimal | None = None
    target: Decimal | None = None
    direction: str = ""
    due: date | None = None
    method: str = ""
    owner: str = ""
    signed: bool = False

    @property
    def falls(self) -> bool | None:
        """Whether less is better; None when nobody can tell."""
        if self.direction:
            return self.direction == Direction.AT_MOST
        if self.target is None or self.baseline is None or self.target == self.baseline:
            return None
        return self.target < self.baseline

    def met_by(self, value: Decimal) -> bool:
        """Whether `value` keeps the promise; the target itself does."""
        if self.target is None or self.falls is None:
            return False
        return value <= self.target if self.falls else value >= self.target

    def better(self, value: Decimal) -> bool:
        """Whether `value` is better than where it began; without a beginning nobody can say that it is not."""
        if self.baseline is None:
            return True
        return value < self.baseline if self.falls else value > self.baseline


def promise(row: dict[str, Any], *, signed: bool) -> Promise:
    """A row of the section “objectives” of a snapshot."""
    return Promise(
        id=row["id"],
        title=row["title"],
        metric=row.get("metric", ""),
        unit=row.get("unit", ""),
        baseline=_figure(row.get("baseline")),
        target=_figure(row.get("target")),
        direction=row.get("direction", ""),
        due=date.fromisoformat(row["due"]) if row.get("due") else None,
        method=row.get("method", ""),
        owner=row.get("owner", ""),
        signed=signed,
    )


def judge(promised: Promise, values: Sequence[Decimal], today: date) -> Verdict:
    """What came of a promise: the newest of `values` (oldest first) counts.

    Met as soon as the newest value keeps the target, whenever that is; missed when it does not and the day is over.
    """
    if promised.target is None or promised.falls is None:
        return Verdict.NO_TARGET if values else Verdict.NOT_MEASURED
    if not values:
        return Verdict.NOT_MEASURED
    if promised.met_by(values[-1]):
        return Verdict.MET
    if promised.due and promised.due < today:
        return Verdict.MISSED
    return Verdict.ON_THE_WAY if promised.better(values[-1]) else Verdict.NO_BETTER


def share(promised: Promise, value: Decimal) -> int | None:
    """How much of the way from the beginning to the target is gone, in whole percent; None when there is no way.

    Below 0 it went backwards, above 100 further than promised.
    """
    if promised.baseline is None or promised.target is None or promised.baseline == promised.target:
        return None
    if promised.falls is not (promised.target < promised.baseline):
        return None
    return int((promised.baseline - value) / (promised.baseline - promised.target) * 100)


def _figure(digits: str | None) -> Decimal | None:
    return Decimal(digits) if digits is not None else None
