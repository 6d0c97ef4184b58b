"""The section “Objectives and success criteria” of the scope document."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.projects import objective_rules, queries
from apps.projects.models import Objective, Project
from apps.projects.sections import Finding, Section

KEY = "objectives"
FIELDS = ["title", "metric", "unit", "baseline_source", "direction", "method", "owner", "came_from"]


def snapshot(project: Project) -> dict[str, Any]:
    return {"objectives": [_row(objective) for objective in queries.all_objectives(project)]}


def findings(project: Project) -> list[Finding]:
    """One per objective, the most serious first; and one when there is nothing to measure at all."""
    rows = objective_rules.all_of(queries.all_objectives(project), timezone.localdate())
    if not rows:
        return [objective_rules.NONE.found(edit_url(project))]
    return [_finding(project, objective, weakness) for objective, found in rows for weakness in found]


def of_one(project: Project, objective: Objective, today: date) -> list[Finding]:
    rows = objective_rules.all_of([objective], today)
    return [_finding(project, each, weakness) for each, found in rows for weakness in found]


def edit_url(project: Project) -> str:
    return f"{reverse('projects:frame', args=[project.pk])}#objectives"


def _finding(project: Project, objective: Objective, weakness: objective_rules.Weakness) -> Finding:
    url = reverse("projects:objective_edit", args=[project.pk, objective.pk])
    message = _("“%(title)s”: %(what)s") % {"title": objective.title, "what": _lower_first(weakness.message)}
    return Finding(
        weakness.rule, weakness.level, message, weakness.why, f"{url}?field={weakness.field}#id_{weakness.field}", KEY
    )


def _lower_first(words: str) -> str:
    return words[:1].lower() + words[1:].rstrip(".")


def _row(objective: Objective) -> dict[str, Any]:
    return {
        "id": str(objective.pk),
        **{name: getattr(objective, name) for name in FIELDS},
        "baseline": _figure(objective.baseline),
        "baseline_on": objective.baseline_on.isoformat() if objective.baseline_on else None,
        "target": _figure(objective.target),
        "due": objective.due.isoformat() if objective.due else None,
    }


def _figure(value: Decimal | None) -> str | None:
    """As a string: a float would not be the same everywhere."""
    return None if value is None else f"{value.normalize():f}"


SECTION = Section(
    key=KEY,
    title=gettext_lazy("Objectives and success criteria"),
    order=20,
    snapshot=snapshot,
    template="projects/section_objectives.html",
    findings=findings,
    edit_url=edit_url,
)
