"""The section “Risks” of the scope document."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from apps.projects.enums import Level
from apps.projects.models import Project
from apps.projects.rules import Rule, declare
from apps.projects.sections import Finding, Section
from apps.risks import queries
from apps.risks.enums import Response
from apps.risks.models import Risk

KEY = "risks"
MOST_REFS = 12
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
    return {"risks": [_row(risk) for risk in queries.all_risks(project)]}


def findings(project: Project) -> list[Finding]:
    """What a careful reviewer says about the register; closed risks rest."""
    risks = queries.open_risks(project)
    if not risks:
        return [NONE.found(edit_url(project))]
    today = timezone.localdate()
    return [*_unrated(project, risks), *(found for risk in risks for found in _of(project, risk, today))]


def edit_url(project: Project) -> str:
    return reverse("risks:list", args=[project.pk])


def _unrated(project: Project, risks: list[Risk]) -> list[Finding]:
    """One for all of them, at the first: a pasted list would say the same sentence forty times."""
    waiting = sorted((risk for risk in risks if risk.rating is None), key=lambda risk: risk.number)
    if not waiting:
        return []
    words = ngettext(
        "%(n)d risk has not been rated: %(refs)s.", "%(n)d risks have not been rated: %(refs)s.", len(waiting)
    )
    refs = [risk.ref for risk in waiting[:MOST_REFS]] + ["…"] * (len(waiting) > MOST_REFS)
    url = reverse("risks:edit", args=[project.pk, waiting[0].pk])
    return [UNRATED.found(f"{url}#id_likelihood", message=words % {"n": len(waiting), "refs": ", ".join(refs)})]


def _of(project: Project, risk: Risk, today: date) -> list[Finding]:
    url = reverse("risks:edit", args=[project.pk, risk.pk])
    return [
        rule.found(f"{url}#id_{field}", ref=risk.ref, title=risk.title)
        for rule, field, applies in CHECKS
        if applies(risk, today)
    ]


def _acts(risk: Risk) -> bool:
    return risk.response != Response.ACCEPT


def _is_unowned(risk: Risk) -> bool:
    return not risk.owner.strip()


def _gets_worse(risk: Risk, today: date) -> bool:
    return bool(risk.score and risk.residual_score and risk.residual_score > risk.score)


def _is_late(risk: Risk, today: date) -> bool:
    return bool(risk.mitigation_due and risk.mitigation_due < today)


NONE = Rule("R0", Level.WARNING, KEY, _("No risks in the register"), _("A project without a named risk has not looked. The catalog has the usual ones."))  # fmt: skip
UNRATED = Rule("R8", Level.WARNING, KEY, _("Risks have not been rated: %(refs)s."), _("Until somebody says how likely and how grave they are, nobody knows which of them need an owner, a plan, or a signature."))  # fmt: skip
CHECKS: tuple[tuple[Rule, str, Callable[[Risk, date], bool]], ...] = (
    (Rule("R1", Level.BLOCKER, KEY, _("%(ref)s “%(title)s” has no owner"), _("A high risk that nobody answers for.")),
     "owner", lambda risk, today: risk.is_high and _is_unowned(risk)),
    (Rule("R2", Level.BLOCKER, KEY, _("%(ref)s “%(title)s” has no mitigation"), _("A high risk, and nothing is done about it.")),
     "mitigation", lambda risk, today: risk.is_high and _acts(risk) and not risk.mitigation.strip()),
    (Rule("R3", Level.HINT, KEY, _("%(ref)s “%(title)s” is watched by nobody"), _("It is low today. Somebody should notice when it is not.")),
     "owner", lambda risk, today: risk.rating is not None and not risk.is_high and _is_unowned(risk)),
    (Rule("R4", Level.WARNING, KEY, _("%(ref)s “%(title)s”: how high is it afterwards?"), _("Rate it as it will be once the mitigation works.")),
     "residual_likelihood", lambda risk, today: risk.is_high and _acts(risk) and risk.residual_score is None),
    (Rule("R5", Level.WARNING, KEY, _("%(ref)s “%(title)s” gets worse by its mitigation"), _("Check the ratings before and after.")),
     "residual_likelihood", _gets_worse),
    (Rule("R6", Level.WARNING, KEY, _("%(ref)s “%(title)s”: the mitigation is late"), _("Its day has passed. Give a new one, or close the risk.")),
     "mitigation_due", _is_late),
    (Rule("R7", Level.WARNING, KEY, _("%(ref)s “%(title)s” is high and accepted: why?"), _("Say under “what is done” who carries it and until when. Whoever signs, signs for it.")),
     "mitigation", lambda risk, today: risk.is_high and not _acts(risk) and not risk.mitigation.strip()),
)  # fmt: skip
declare(NONE, UNRATED, *(rule for rule, _field, _applies in CHECKS))


def _row(risk: Risk) -> dict[str, Any]:
    due = risk.mitigation_due.isoformat() if risk.mitigation_due else None
    return {"id": str(risk.pk), **{name: getattr(risk, name) for name in FIELDS}, "mitigation_due": due}


SECTION = Section(
    key=KEY,
    title=_("Risks"),
    order=100,
    snapshot=snapshot,
    template="risks/section.html",
    findings=findings,
    edit_url=edit_url,
)
