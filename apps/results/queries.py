"""What was promised, what was measured of it, and what it is worth in a year."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from apps.accounts.models import User
from apps.projects import section_objectives, sections
from apps.projects.enums import Role
from apps.projects.models import Membership, Objective, Project
from apps.results import drawing, formula, judging
from apps.results.drawing import Line
from apps.results.enums import Verdict
from apps.results.formula import Factor
from apps.results.judging import Promise
from apps.results.models import Benefit, Measurement
from apps.scope.models import Baseline

# The sign that stands before each word.
SIGNS = {
    Verdict.MET: "agree",
    Verdict.ON_THE_WAY: "reservations",
    Verdict.NO_BETTER: "warning",
    Verdict.MISSED: "object",
    Verdict.NOT_MEASURED: "waiting",
    Verdict.NO_TARGET: "none",
}


@dataclass(frozen=True)
class Achieved:
    """One objective: what was promised, what was measured, what came of it."""

    promise: Promise
    measured: Sequence[Measurement]
    verdict: Verdict

    @property
    def now(self) -> Measurement | None:
        return self.measured[-1] if self.measured else None

    @property
    def sign(self) -> str:
        return SIGNS[self.verdict]

    @cached_property
    def share(self) -> int | None:
        return judging.share(self.promise, self.now.value) if self.now else None

    @cached_property
    def line(self) -> Line | None:
        return drawing.line(self.promise, [one.value for one in self.measured])


@dataclass(frozen=True)
class Results:
    """`baseline` is the signed one that the promises are read from; None while nothing is signed."""

    rows: Sequence[Achieved]
    baseline: Baseline | None

    @property
    def measured(self) -> int:
        return sum(1 for row in self.rows if row.measured)

    @property
    def counts(self) -> list[tuple[str, int]]:
        """Each verdict that was given, with how often."""
        given = [row.verdict for row in self.rows]
        return [(str(verdict.label), given.count(verdict)) for verdict in Verdict if verdict in given]


def results(project: Project) -> Results:
    """Every promise with what was measured; those of the draft that nobody has signed yet come last. Three queries."""
    baseline = signed(project)
    promised = promises(project, baseline)
    measured: dict[str, list[Measurement]] = defaultdict(list)
    for one in project.measurements.select_related("by").order_by("day", "created_at"):
        measured[str(one.objective)].append(one)
    today = timezone.localdate()
    return Results([_achieved(one, measured[one.id], today) for one in promised], baseline)


def signed(project: Project) -> Baseline | None:
    """The newest baseline that somebody signed."""
    return project.baselines.filter(signatures__isnull=False).order_by("-number").first()


def promises(project: Project, baseline: Baseline | None) -> list[Promise]:
    kept = [judging.promise(row, signed=True) for row in _rows_of(baseline)] if baseline else []
    there = {one.id for one in kept}
    draft = section_objectives.snapshot(project)["objectives"]
    return kept + [judging.promise(row, signed=False) for row in draft if row["id"] not in there]


def promise_of(project: Project, objective: UUID) -> Promise | None:
    return next((one for one in promises(project, signed(project)) if one.id == str(objective)), None)


def to_measure(user: User) -> QuerySet[Objective]:
    """In projects of which something is signed, objectives that are due and were not measured since: for hosts, and
    for members who said that they measure them."""
    hosts = Membership.objects.filter(project=OuterRef("project"), user=user, role=Role.HOST)
    member = Membership.objects.filter(project=OuterRef("project"), user=user)
    since = Measurement.objects.filter(objective=OuterRef("pk"), day__gte=OuterRef("due"))
    promised = Baseline.objects.filter(project=OuterRef("project"), signatures__isnull=False)
    mine = Exists(hosts) | (Q(owner__iexact=user.name) & ~Q(owner="") & Exists(member))
    return Objective.objects.filter(
        mine,
        Exists(promised),
        ~Exists(since),
        due__lte=timezone.localdate(),
        removed_at=None,
        project__archived_at=None,
    ).select_related("project")


def measurements(project: Project) -> QuerySet[Measurement]:
    return project.measurements.all()


@dataclass(frozen=True)
class Worth:
    """A benefit with its formula read."""

    benefit: Benefit
    factors: tuple[Factor, ...]
    result: Decimal


def benefits(project: Project) -> QuerySet[Benefit]:
    return project.benefits.select_related("objective").order_by("position", "created_at")


def worth(project: Project) -> list[Worth]:
    """One query. What is stored was read before it was stored."""
    return sections.once(project, "benefits", _worth)


def totals(rows: Sequence[Worth]) -> list[tuple[str, Decimal]]:
    """The sum for each unit, in the order in which they first stand."""
    found: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows:
        found[row.benefit.unit] += row.result
    return list(found.items())


def _worth(project: Project) -> list[Worth]:
    found = [(one, formula.read(one.formula)) for one in benefits(project)]
    return [Worth(benefit, factors, formula.result(factors)) for benefit, factors in found]


def _rows_of(baseline: Baseline) -> list[dict]:
    for section in baseline.snapshot["sections"]:
        if section["key"] == section_objectives.KEY:
            return section["content"]["objectives"]
    return []


def _achieved(promised: Promise, measured: list[Measurement], today: date) -> Achieved:
    return Achieved(promised, measured, judging.judge(promised, [one.value for one in measured], today))
