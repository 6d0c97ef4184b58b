"""The benefit per year under the section “Objectives” of the scope document."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.projects import section_objectives
from apps.projects.enums import Level
from apps.projects.models import Project
from apps.projects.rules import Rule, declare
from apps.projects.sections import Finding, Part
from apps.results import queries
from apps.results.queries import Worth

KEY = "benefits"
SECTION = section_objectives.KEY
NONE, OWNER, ASSUMPTIONS = declare(
    Rule("benefit.none", Level.HINT, SECTION, _("Nobody said what it is worth in a year."), _("Whoever pays asks what it saves or earns. One formula is enough.")),
    Rule("benefit.owner", Level.WARNING, SECTION, _("“%(title)s” has no owner."), _("Nobody answers for the figure when it is asked for again.")),
    Rule("benefit.assumptions", Level.HINT, SECTION, _("“%(title)s”: what does it take for granted?"), _("A figure without its assumptions is believed once.")),
)  # fmt: skip


def snapshot(project: Project) -> dict[str, Any]:
    """Every benefit with its factors and its result as strings, and the sums; empty when there is none."""
    rows = queries.worth(project)
    sums = [{"unit": unit, "result": str(result)} for unit, result in queries.totals(rows)]
    return {"rows": [_row(one) for one in rows], "totals": sums} if rows else {}


def findings(project: Project) -> list[Finding]:
    """What a careful reviewer says of the benefits."""
    rows = queries.worth(project)
    if not rows:
        return [NONE.found(page_of(project))]
    return [
        rule.found(f"{reverse('results:benefit_edit', args=[project.pk, one.benefit.pk])}#id_{name}", title=one.benefit.title)
        for one in rows
        for rule, name in ((OWNER, "owner"), (ASSUMPTIONS, "assumptions"))
        if not getattr(one.benefit, name).strip()
    ]  # fmt: skip


def page_of(project: Project) -> str:
    return f"{reverse('results:show', args=[project.pk])}#benefits"


def page_url(project: Project) -> str:
    return reverse("results:benefits_part", args=[project.pk])


def _row(one: Worth) -> dict[str, Any]:
    benefit = one.benefit
    return {
        "id": str(benefit.pk),
        "title": benefit.title,
        "factors": [
            {"sign": factor.sign, "value": f"{factor.value:f}", "words": factor.words} for factor in one.factors
        ],
        "result": str(one.result),
        "unit": benefit.unit,
        "objective": benefit.objective.title if benefit.objective and not benefit.objective.removed_at else "",
        "owner": benefit.owner,
        "assumptions": benefit.assumptions,
    }


PART = Part(
    section=SECTION, key=KEY, snapshot=snapshot, template="results/section.html", findings=findings,
    edit_url=page_of, page_url=page_url, live="benefits:changed",
    edit_words=gettext_lazy("Edit the benefits"), fill_words=gettext_lazy("Say what it is worth in a year"),
)  # fmt: skip
