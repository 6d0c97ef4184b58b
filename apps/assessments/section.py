"""The section “Responsible use” of the scope document: what the law asks, and what is done about it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.assessments import queries, triage
from apps.assessments.enums import Need, Tier, Verdict
from apps.projects.enums import Level
from apps.projects.models import Project
from apps.projects.rules import Rule, declare
from apps.projects.sections import Finding, Section

KEY = "responsible"
STRICT = (Tier.PROHIBITED, Tier.HIGH_AREA, Tier.HIGH_PRODUCT)
NONE, OPEN, UNSURE, PROHIBITED, UNDECIDED, REJECTED, REFERRED, OLD = declare(
    Rule("triage.none", Level.WARNING, KEY, _("The legal triage has not been done."), _("Ten minutes show which law applies and who must be asked; late, it costs weeks.")),
    Rule("triage.open", Level.WARNING, KEY, _("%(n)s questions of the triage are open."), _("An open question counts as no, and may be a yes.")),
    Rule("triage.unsure", Level.HINT, KEY, _("Answered “not sure” in the triage: %(n)s."), _("They count as yes until somebody clears them.")),
    Rule("triage.prohibited", Level.BLOCKER, KEY, _("The answers lead to a prohibited practice."), _("Article 5 of the EU AI Act leaves no way to build it.")),
    Rule("triage.undecided", Level.BLOCKER, KEY, _("Nobody has decided on the result of the triage."), _("High risk or an impact assessment needs a named decision before the scope is signed.")),
    Rule("triage.rejected", Level.BLOCKER, KEY, _("The legal triage rejected this project."), _("Change the scope, then answer the triage again.")),
    Rule("triage.referred", Level.WARNING, KEY, _("The triage was referred, and the answer is not in."), _("Until counsel or the authority answers, nobody knows whether this may be built.")),
    Rule("triage.old", Level.HINT, KEY, _("The triage was answered on edition %(edition)s."), _("A newer edition of the questions is there; look through them once.")),
)  # fmt: skip


def snapshot(project: Project) -> dict[str, Any]:
    found = queries.of(project)
    if not found.answers:
        return {}
    return {
        "edition": found.edition,
        "answered": {"by": str(found.answered_by or ""), "at": found.answered_at.isoformat() if found.answered_at else ""},
        **queries.outcome(project),
        "verdict": found.verdict,
        "words": found.words,
        "decided": {"by": str(found.decided_by or ""), "at": found.decided_at.isoformat() if found.decided_at else ""},
    }  # fmt: skip


def findings(project: Project) -> list[Finding]:
    """What a careful reviewer says of the triage."""
    found, url = queries.of(project), edit_url(project)
    if not found.answers:
        return [NONE.found(f"{url}#id_{triage.catalog().keys[0]}")]
    result = queries.result(project)
    weighs = result.tier in STRICT or result.need != Need.NONE
    said = [
        OPEN.found(f"{url}#id_{result.open[0]}", n=len(result.open)) if result.open else None,
        UNSURE.found(f"{url}#id_{result.unsure[0]}", n=len(result.unsure)) if result.unsure else None,
        PROHIBITED.found(f"{url}#id_prohibited") if result.tier == Tier.PROHIBITED else None,
        UNDECIDED.found(f"{url}#id_verdict") if weighs and not found.verdict else None,
        REJECTED.found(f"{url}#id_verdict", why=found.words) if found.verdict == Verdict.REJECT else None,
        REFERRED.found(f"{url}#id_verdict") if found.verdict == Verdict.REFER else None,
        OLD.found(f"{url}#newer", edition=found.edition) if queries.is_older(found) else None,
    ]
    return [finding for finding in said if finding]


def edit_url(project: Project) -> str:
    return reverse("assessments:triage", args=[project.pk])


SECTION = Section(
    key=KEY,
    title=_("Responsible use"),
    order=110,
    snapshot=snapshot,
    template="assessments/section.html",
    findings=findings,
    edit_url=edit_url,
)
