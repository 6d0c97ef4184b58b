"""The section “Risks” of the scope document."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.reads import read
from apps.projects.enums import Level
from apps.projects.models import Project
from apps.projects.sections import Finding, Section
from apps.risks import queries
from apps.risks.enums import Response
from apps.risks.models import Risk

KEY = "risks"
FIELDS = [
    "number",
    "title",
    "category",
    "cause",
    "event",
    "consequence",
    "likelihood",
    "impact",
    "score",
    "residual_likelihood",
    "residual_impact",
    "residual_score",
    "response",
    "owner",
    "mitigation",
    "state",
    "closing_note",
    "trigger",
    "catalog_id",
    "came_from",
]


def snapshot(project: Project) -> dict[str, Any]:
    return {"risks": [_row(risk) for risk in read(project, "risks", queries.register(project))]}


def findings(project: Project) -> list[Finding]:
    """What a careful reviewer says about the register; closed risks rest."""
    risks = queries.open_risks(project)
    if not risks:
        why = _("A project without a named risk has not looked. The catalog has the usual ones.")
        return [Finding("R0", Level.WARNING, _("No risks in the register"), why, edit_url(project), KEY)]
    today = timezone.localdate()
    return [found for risk in risks for found in _of(project, risk, today)]


def edit_url(project: Project) -> str:
    return reverse("risks:list", args=[project.pk])


def _of(project: Project, risk: Risk, today: date) -> list[Finding]:
    url = reverse("risks:edit", args=[project.pk, risk.pk])
    said = [
        (rule, level, message % {"ref": risk.ref, "title": risk.title}, why, f"{url}#id_{field}")
        for applies, rule, level, message, why, field in _rules(risk, today)
        if applies
    ]
    return [Finding(*parts, section=KEY) for parts in said]


def _rules(risk: Risk, today: date) -> list[tuple[bool, str, Level, str, str, str]]:
    acts = risk.response != Response.ACCEPT
    residual = risk.residual_score
    late = bool(risk.mitigation_due and risk.mitigation_due < today)
    return [
        (risk.is_high and not risk.owner.strip(), "R1", Level.BLOCKER, _("%(ref)s “%(title)s” has no owner"), _("A high risk that nobody answers for."), "owner"),
        (risk.is_high and acts and not risk.mitigation.strip(), "R2", Level.BLOCKER, _("%(ref)s “%(title)s” has no mitigation"), _("A high risk, and nothing is done about it."), "mitigation"),
        (not risk.is_high and not risk.owner.strip(), "R3", Level.HINT, _("%(ref)s “%(title)s” has no owner"), _("Somebody should watch it."), "owner"),
        (risk.is_high and residual is None, "R4", Level.WARNING, _("%(ref)s “%(title)s”: how high is it afterwards?"), _("Rate it as it will be once the mitigation works."), "residual_likelihood"),
        (residual is not None and residual > risk.score, "R5", Level.WARNING, _("%(ref)s “%(title)s” gets worse by its mitigation"), _("Check the ratings before and after."), "residual_likelihood"),
        (late, "R6", Level.WARNING, _("%(ref)s “%(title)s”: the mitigation is late"), _("Its day has passed. Give a new one, or close the risk."), "mitigation_due"),
    ]  # fmt: skip


def _row(risk: Risk) -> dict[str, Any]:
    due = risk.mitigation_due.isoformat() if risk.mitigation_due else None
    return {"id": str(risk.pk), **{name: getattr(risk, name) for name in FIELDS}, "mitigation_due": due}


SECTION = Section(
    key=KEY,
    title=gettext_lazy("Risks"),
    order=100,
    snapshot=snapshot,
    template="risks/section.html",
    findings=findings,
    edit_url=edit_url,
)
