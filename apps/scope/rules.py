"""What a careful reviewer sees only by looking across sections. Each rule is one function over the draft.

A rule returns the things it applies to (names for its message), or nothing. Rules about one section alone live with
the app that owns the section; guidance is in `guidance`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.projects.enums import Level
from apps.scope.draft import Draft

Applies = Callable[[Draft], Iterable[str]]


@dataclass(frozen=True)
class Rule:
    """`message` has `%(name)s` when the rule speaks of single things. `section` is where it is mended."""

    id: str
    level: str
    section: str
    message: Any
    why: Any
    applies: Applies


def _open_comments(draft: Draft) -> list[str]:
    return [str(sum(draft.open_threads.values()))] if draft.open_threads else []


def _unread(draft: Draft) -> list[str]:
    written = [key for key, content in draft.sections.items() if str(content.get("text") or "").strip()]
    names = [str(draft.sections[key].get("title") or key) for key in written if not draft.readers.get(key)]
    return [", ".join(names)] if names else []


def _objective_without_metric(draft: Draft) -> list[str]:
    served = {str(row.get("objective", "")) for row in draft.metrics}
    return [row["title"] for row in draft.objectives if row["title"] not in served] if draft.metrics else []


def _metrics_missing(draft: Draft) -> list[str]:
    return [""] if draft.components and not draft.metrics else []


def _personal_and_no_officer(draft: Draft) -> list[str]:
    return [""] if any(row.get("personal") for row in draft.sources) and "legal" in draft.empty_seats else []


def _triage_says_otherwise(draft: Draft) -> list[str]:
    """Personal data stand in the scope, and the triage was answered without any."""
    if not draft.triage.get("tier") or draft.triage.get("criteria"):
        return []
    return [row["name"] for row in draft.sources if row.get("personal")]


def _assessment_missing(draft: Draft) -> list[str]:
    due = draft.triage.get("need") == "due"
    there = any("impact assessment" in str(row.get("name", "")).casefold() for row in draft.deliverables)
    return [""] if due and not there else []


def _duty_without_owner(draft: Draft) -> list[str]:
    rows = [*draft.deliverables, *draft.dependencies]
    return [row["name"] for row in rows if str(row.get("came_from", "")).startswith("Triage") and not row.get("owner")]


def _no_end_user(draft: Draft) -> list[str]:
    return [""] if draft.people and "end_user" in draft.empty_seats else []


def _vendor_without_contract(draft: Draft) -> list[str]:
    if any(row.get("kind") == "vendor" for row in draft.dependencies):
        return []
    return [one["name"] for one in draft.components if one["zone"] == "vendor"]


def _source_not_drawn(draft: Draft) -> list[str]:
    names = " ".join(one["name"].casefold() for one in draft.components)
    return [row["name"] for row in draft.sources if row["name"].casefold() not in names] if draft.components else []


def _due_before_anything(draft: Draft) -> list[str]:
    """An objective that is to be met before the first thing is handed over."""
    days = [row["due"] for row in draft.deliverables if row.get("due")]
    return [row["title"] for row in draft.objectives if days and row.get("due") and row["due"] < min(days)]


def _needed_after_delivery(draft: Draft) -> list[str]:
    days = [row["due"] for row in draft.deliverables if row.get("due")]
    return [row["name"] for row in draft.dependencies if days and row.get("needed_by") and row["needed_by"] > max(days)]


def _nobody_watches(draft: Draft, kind: str) -> list[str]:
    return [""] if draft.signals and not any(row.get("kind") == kind for row in draft.signals) else []


def _quality_unwatched(draft: Draft) -> list[str]:
    return _nobody_watches(draft, "quality")


def _cost_unwatched(draft: Draft) -> list[str]:
    return _nobody_watches(draft, "cost")


def _thin_sample(draft: Draft) -> list[str]:
    """With 50 cases the 95 % interval of a share near 0.9 is ± 8 points (1.96 · √(p (1 − p) / n)); with fewer, wider."""
    return [row["name"] for row in draft.metrics if str(row.get("sample") or "").isdigit() and int(row["sample"]) < 50]


def _one_person_for_all(draft: Draft) -> list[str]:
    rows = [*draft.objectives, *draft.risks, *draft.dependencies]
    owners = [str(row["owner"]) for row in rows if row.get("owner")]
    return [next(iter(owners))] if len(owners) >= 6 and len(set(owners)) == 1 else []


def _owner_not_at_the_table(draft: Draft) -> list[str]:
    names = {str(person.get("name", "")).casefold() for person in draft.people}
    rows = [*draft.objectives, *draft.dependencies, *draft.deliverables, *draft.signals, *draft.metrics, *draft.risks]
    owners = sorted({str(row["owner"]) for row in rows if row.get("owner")})
    return [name for name in owners if name.casefold() not in names] if names else []


RULES = (
    Rule("across.comments", Level.WARNING, "purpose", _("%(name)s comments are open."), _("What is signed should not be under discussion: answer or resolve them."), _open_comments),
    Rule("across.unread", Level.HINT, "purpose", _("Nobody but the owner has read this as it is: %(name)s."), _("A second pair of eyes finds what the first one wrote past."), _unread),
    Rule("across.objective_unmeasured", Level.HINT, "metrics", _("No evaluation metric serves “%(name)s”."), _("Say which measurement tells before launch that the objective can be met."), _objective_without_metric),
    Rule("across.no_metrics", Level.WARNING, "metrics", _("There is a model and nothing that says when it is good enough."), _("Without a threshold every result is a matter of opinion."), _metrics_missing),
    Rule("across.no_officer", Level.WARNING, "people", _("Personal data are used and nobody from legal is at the table."), _("The data protection officer has to be asked in time, not told."), _personal_and_no_officer),
    Rule("across.triage_contradicted", Level.BLOCKER, "responsible", _("“%(name)s” holds personal data; the triage says there are none."), _("One of the two is wrong, and the law follows from the triage."), _triage_says_otherwise),
    Rule("across.assessment_missing", Level.BLOCKER, "deliverables", _("An impact assessment is due and nobody has planned it."), _("Article 35 GDPR wants it before the first real data."), _assessment_missing),
    Rule("across.duty_without_owner", Level.BLOCKER, "deliverables", _("“%(name)s” is owed by law and has no owner."), _("What nobody owns is not done on the day it is asked for."), _duty_without_owner),
    Rule("across.no_end_user", Level.WARNING, "people", _("Nobody speaks for those who will use it."), _("They know where it will not fit, and they decide whether it is used."), _no_end_user),
    Rule("across.vendor_without_contract", Level.HINT, "dependencies", _("“%(name)s” stands at a vendor’s and no contract is among the dependencies."), _("Region, sub-processors and notice of retirement are settled there."), _vendor_without_contract),
    Rule("across.source_not_drawn", Level.HINT, "architecture", _("“%(name)s” is not in the diagram."), _("A source that is not drawn has no way into the product."), _source_not_drawn),
    Rule("across.objective_too_early", Level.WARNING, "objectives", _("“%(name)s” is to be met before anything is handed over."), _("Move the day, or hand something over earlier."), _due_before_anything),
    Rule("across.dependency_too_late", Level.WARNING, "dependencies", _("“%(name)s” is needed after the last deliverable."), _("Then nobody waits for it; check the day."), _needed_after_delivery),
    Rule("across.quality_unwatched", Level.WARNING, "monitoring", _("Nothing watches the quality of answers in production."), _("Models, data and questions drift; users notice last and leave quietly."), _quality_unwatched),
    Rule("across.cost_unwatched", Level.HINT, "monitoring", _("Nothing watches what it costs."), _("One loop or one long thread can triple a bill overnight."), _cost_unwatched),
    Rule("across.thin_sample", Level.HINT, "metrics", _("“%(name)s” is measured on fewer than 50 cases."), _("With so few, chance alone moves the result by eight points and more."), _thin_sample),
    Rule("across.one_owner", Level.HINT, "people", _("%(name)s owns everything."), _("One person on holiday, and nothing moves."), _one_person_for_all),
    Rule("across.owner_unknown", Level.HINT, "people", _("%(name)s owns something and is not in the register."), _("Then nobody invited them to read or to sign."), _owner_not_at_the_table),
)  # fmt: skip
