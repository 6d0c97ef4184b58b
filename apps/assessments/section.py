"""The section “Responsible use” of the scope document: what the law asks, and what is done about it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.assessments import queries, triage
from apps.assessments.enums import Need, Tier, Verdict
from apps.projects.enums import Level
from apps.projects.models import Project
from apps.projects.sections import Finding, Section

KEY = "responsible"
STRICT = (Tier.PROHIBITED, Tier.HIGH_AREA, Tier.HIGH_PRODUCT)


def snapshot(project: Project) -> dict[str, Any]:
    found = queries.of(project)
    if not found.answers:
        return {}
    result = triage.assess(found.answers)
    asked = triage.titles()
    return {
        "edition": found.edition,
        "answered": {"by": str(found.answered_by or ""), "at": found.answered_at.isoformat() if found.answered_at else ""},
        "tier": result.tier.value,
        "because": [asked[key].ask for key in result.because],
        "need": result.need.value,
        "criteria": list(result.criteria),
        "duties": [{"what": duty.what, "article": duty.article, "since": duty.since} for duty in result.duties],
        "notes": list(result.notes),
        "unsure": [asked[key].ask for key in result.unsure],
        "verdict": found.verdict,
        "words": found.words,
        "decided": {"by": str(found.decided_by or ""), "at": found.decided_at.isoformat() if found.decided_at else ""},
    }  # fmt: skip


def findings(project: Project) -> list[Finding]:
    """What a careful reviewer says of the triage."""
    found = queries.of(project)
    url = edit_url(project)
    if not found.answers:
        message, why = (
            _("The legal triage has not been done."),
            _("Ten minutes show which law applies and who must be asked; late, it costs weeks."),
        )
        return [Finding("triage.none", Level.WARNING, message, why, url, KEY)]  # fmt: skip
    result = triage.assess(found.answers)
    said = []
    if result.open:
        message = _("%(n)s questions of the triage are open.") % {"n": len(result.open)}
        said.append(
            Finding(
                "triage.open", Level.WARNING, message, _("An open question counts as no, and may be a yes."), url, KEY
            )
        )
    if result.unsure:
        message = _("%(n)s answers of the triage are “not sure”.") % {"n": len(result.unsure)}
        said.append(
            Finding("triage.unsure", Level.HINT, message, _("They count as yes until somebody clears them."), url, KEY)
        )
    if result.tier == Tier.PROHIBITED:
        said.append(
            Finding(
                "triage.prohibited",
                Level.BLOCKER,
                _("The answers lead to a prohibited practice."),
                _("Article 5 of the EU AI Act leaves no way to build it."),
                url,
                KEY,
            )
        )
    if (result.tier in STRICT or result.need != Need.NONE) and not found.verdict:
        said.append(
            Finding(
                "triage.undecided",
                Level.BLOCKER,
                _("Nobody has decided on the result of the triage."),
                _("High risk or an impact assessment needs a named decision before the scope is signed."),
                url,
                KEY,
            )
        )
    if found.verdict == Verdict.REJECT:
        said.append(
            Finding(
                "triage.rejected",
                Level.BLOCKER,
                _("The legal triage rejected this project."),
                found.words or _("Change the scope, then answer the triage again."),
                url,
                KEY,
            )
        )
    if found.edition != triage.catalog().edition:
        message = _("The triage was answered on edition %(edition)s.") % {"edition": found.edition}
        said.append(
            Finding(
                "triage.old",
                Level.HINT,
                message,
                _("A newer edition of the questions is there; look through them once."),
                url,
                KEY,
            )
        )
    return said  # fmt: skip


def edit_url(project: Project) -> str:
    return reverse("assessments:triage", args=[project.pk])


SECTION = Section(
    key=KEY,
    title=gettext_lazy("Responsible use"),
    order=110,
    snapshot=snapshot,
    template="assessments/section.html",
    findings=findings,
    edit_url=edit_url,
)
