"""The frame in the section “Purpose” of the scope document: the use case, what is in, out, later and never, what matters."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.projects import rules
from apps.projects.enums import AGAINST, Autonomy, Good, Level, Sign
from apps.projects.models import Project
from apps.projects.rules import Rule
from apps.projects.sections import Finding, Part

SECTION = "purpose"
LISTS = ("in_scope", "later", "out_of_scope", "must_not", "other_use_cases")
TEXTS = ("pain", "whose", "frequency_and_cost", "process", "users", "expectations", "autonomy", "alternatives")
MOST_USE_CASES = 2
Said = dict[str, Any]
Check = tuple[Rule, str, Callable[[Said], bool]]
"""A rule, the field that mends it, and whether it applies."""


def snapshot(project: Project) -> Said:
    """The lists line by line; choices as their keys; nothing that nobody said."""
    said = {name: [line.strip() for line in getattr(project, name).splitlines() if line.strip()] for name in LISTS}
    texts = {name: getattr(project, name).strip() for name in TEXTS}
    choices = {"signs": list(project.signs), "ranking": list(project.ranking)}
    return {key: value for key, value in {**texts, **said, **choices}.items() if value}


def _against(said: Said) -> list[str]:
    return [str(Sign(sign).label).lower() for sign in said.get("signs", []) if sign in AGAINST]


def _alone_and_unchecked(said: Said) -> bool:
    return said.get("autonomy") == Autonomy.ALONE and Sign.CHECKED not in said.get("signs", [])


CHECKS: tuple[Check, ...] = (
    (Rule("frame.use_cases", Level.WARNING, SECTION, _("More than two use cases."), _("Each more makes all of them later. Keep the rest for the next scope.")),
     "other_use_cases", lambda said: len(said.get("other_use_cases", [])) + 1 > MOST_USE_CASES),
    (Rule("frame.out", Level.WARNING, SECTION, _("Nothing is out of scope."), _("Whatever nobody ruled out, somebody expects.")),
     "out_of_scope", lambda said: not said.get("out_of_scope")),
    (Rule("frame.must_not", Level.WARNING, SECTION, _("Nobody said what it must never do."), _("These lines become tests; without them nobody tests for harm.")),
     "must_not", lambda said: not said.get("must_not")),
    (Rule("frame.autonomy", Level.WARNING, SECTION, _("How far may it go by itself?"), _("Law, risk and cost depend on it.")),
     "autonomy", lambda said: not said.get("autonomy")),
    (Rule("frame.ranking", Level.HINT, SECTION, _("What gives way first is open."), _("Cost, speed, quality and time cannot all win; agree before they collide.")),
     "first", lambda said: len(said.get("ranking", [])) < len(Good)),
    (Rule("frame.alternatives", Level.HINT, SECTION, _("What happens without it?"), _("Doing nothing, a rule or a product that exists is what it has to beat.")),
     "alternatives", lambda said: not said.get("alternatives")),
    (Rule("frame.against", Level.WARNING, SECTION, _("Signals against an LLM: %(signs)s."), _("Say under “without it” why it is still the right tool.")),
     "signs", lambda said: bool(_against(said)) and not said.get("alternatives")),
    (Rule("frame.alone", Level.WARNING, SECTION, _("It acts alone, and nobody says who could check it."), _("Start with drafts; let it act when the numbers say so.")),
     "autonomy", _alone_and_unchecked),
)  # fmt: skip
rules.declare(*(rule for rule, _field, _applies in CHECKS))


def findings(project: Project) -> list[Finding]:
    """What a careful reviewer says of the frame."""
    said, url = snapshot(project), edit_url(project)
    signs = ", ".join(_against(said))
    return [rule.found(f"{url}#id_{field}", signs=signs) for rule, field, applies in CHECKS if applies(said)]


def words_of(drawn: dict[str, Any]) -> dict[str, Any]:
    """The same with the words of its choices."""
    return {
        **drawn,
        "autonomy": str(Autonomy(drawn["autonomy"]).label) if drawn.get("autonomy") else "",
        "signs_for": [str(Sign(sign).label) for sign in drawn.get("signs", []) if sign not in AGAINST],
        "signs_against": [str(Sign(sign).label) for sign in drawn.get("signs", []) if sign in AGAINST],
        "ranking": [str(Good(one).label) for one in drawn.get("ranking", [])],
    }


def edit_url(project: Project) -> str:
    return reverse("projects:frame_edit", args=[project.pk])


def page_url(project: Project) -> str:
    return reverse("projects:frame_part", args=[project.pk])


PART = Part(
    section=SECTION, key="frame", snapshot=snapshot, template="projects/section_frame.html", findings=findings,
    edit_url=edit_url, page_url=page_url, live="projects:changed", edit_words=_("Edit the use case"),
)  # fmt: skip
