"""The frame under the section “Purpose” of the scope document: what is in, out, later and never, and what matters most."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.projects.enums import AGAINST, Autonomy, Good, Level, Sign
from apps.projects.models import Project
from apps.projects.sections import Finding, Part

SECTION = "purpose"
LISTS = ("in_scope", "later", "out_of_scope", "must_not", "other_use_cases")
MOST_USE_CASES = 2


def snapshot(project: Project) -> dict[str, Any]:
    """The lists line by line; choices as their keys."""
    said = {name: [line.strip() for line in getattr(project, name).splitlines() if line.strip()] for name in LISTS}
    words = {"autonomy": project.autonomy, "alternatives": project.alternatives, "signs": list(project.signs)}
    return {key: value for key, value in {**said, **words, "ranking": list(project.ranking)}.items() if value}


def findings(project: Project) -> list[Finding]:
    """What a careful reviewer says of the frame."""
    said = snapshot(project)
    url = reverse("projects:frame_edit", args=[project.pk])
    found = []
    if len(said.get("other_use_cases", [])) + 1 > MOST_USE_CASES:
        found.append(
            (
                "frame.use_cases",
                Level.WARNING,
                _("More than two use cases."),
                _("Each more makes all of them later. Keep the rest for the next scope."),
                "other_use_cases",
            )
        )
    if not said.get("out_of_scope"):
        found.append(
            (
                "frame.out",
                Level.WARNING,
                _("Nothing is out of scope."),
                _("Whatever nobody ruled out, somebody expects."),
                "out_of_scope",
            )
        )
    if not said.get("must_not"):
        found.append(
            (
                "frame.must_not",
                Level.WARNING,
                _("Nobody said what it must never do."),
                _("These lines become tests; without them nobody tests for harm."),
                "must_not",
            )
        )
    if not said.get("autonomy"):
        found.append(
            (
                "frame.autonomy",
                Level.WARNING,
                _("How far may it go by itself?"),
                _("Law, risk and cost depend on it."),
                "autonomy",
            )
        )
    if not said.get("ranking"):
        found.append(
            (
                "frame.ranking",
                Level.HINT,
                _("What gives way first is open."),
                _("Cost, speed, quality and time cannot all win; agree before they collide."),
                "first",
            )
        )
    if not said.get("alternatives"):
        found.append(
            (
                "frame.alternatives",
                Level.HINT,
                _("What happens without it?"),
                _("Doing nothing, a rule or a product that exists is what it has to beat."),
                "alternatives",
            )
        )
    against = [sign for sign in said.get("signs", []) if sign in AGAINST]
    if against:
        words = ", ".join(str(Sign(sign).label).lower() for sign in against)
        found.append(
            (
                "frame.against",
                Level.WARNING,
                _("Signals against an LLM: %(signs)s.") % {"signs": words},
                _("Say under “without it” why it is still the right tool."),
                "signs",
            )
        )
    if said.get("autonomy") == Autonomy.ALONE and Sign.CHECKED not in said.get("signs", []):
        found.append(
            (
                "frame.alone",
                Level.WARNING,
                _("It acts alone, and nobody says who could check it."),
                _("Start with drafts; let it act when the numbers say so."),
                "autonomy",
            )
        )
    return [Finding(rule, level, message, why, f"{url}#id_{field}", SECTION) for rule, level, message, why, field in found]  # fmt: skip


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
    edit_url=edit_url, page_url=page_url, live="projects:changed", edit_words=gettext_lazy("Edit the use case"),
)  # fmt: skip
