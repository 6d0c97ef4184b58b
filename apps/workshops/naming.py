"""What carries a name in a meeting, and what never does: said before anybody writes."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from apps.workshops.enums import CardKind, Kind, Phase
from apps.workshops.models import Activity


def names(agenda: Iterable[Activity]) -> dict[str, list[str]]:
    """`named` and `nameless`: the words for both, in the order of the agenda."""
    named: list[str] = []
    nameless: list[str] = []
    for activity in (row for row in agenda if not row.skipped):
        plan = activity.plan
        if activity.kind == Kind.CHECKIN:
            named.append(_("check-in"))
        for prompt in plan.prompts:
            (nameless if prompt.anonymous else named).append(_cards(prompt.kind))
        if activity.kind in (Kind.FRAMING, Kind.PREMORTEM, Kind.WRAP):
            nameless.append(_("ratings"))
        if activity.kind == Kind.ESTIMATE:
            (named if plan.named else nameless).append(_("estimates"))
        if activity.kind == Kind.DECIDE:
            named.append(_("decisions"))
        if plan.has(Phase.VOTE):
            (named if plan.named else nameless).append(_("dots"))
    named.append(_("the parking lot"))
    both = set(named) & set(nameless)
    return {
        "named": [_sometimes(word) if word in both else word for word in dict.fromkeys(named)],
        "nameless": [_sometimes(word) if word in both else word for word in dict.fromkeys(nameless)],
    }


def _sometimes(word: str) -> str:
    return _("some %(things)s") % {"things": word}


def _cards(kind: str) -> str:
    words: dict[str, str] = {
        CardKind.EXPECTATION: _("expectations"),
        CardKind.CONCERN: _("concerns"),
        CardKind.CONSTRAINT: _("constraints"),
        CardKind.DATA: _("data"),
        CardKind.REASON: _("reasons of the pre-mortem"),
        CardKind.IDEA: _("ideas"),
    }
    return words[kind]
