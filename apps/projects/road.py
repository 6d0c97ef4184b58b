"""The road of a project: Frame → Invite → Workshop → Draft → Review → Sign → Change.

Upper apps say when their step is done, as an SQL expression on the project's key; the door puts
all of them into the one query that loads the project.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models.expressions import BaseExpression, Combinable
from django.utils.translation import gettext_lazy as _

STEPS: dict[str, Any] = {
    "frame": _("Frame"),
    "invite": _("Invite"),
    "workshop": _("Workshop"),
    "draft": _("Draft"),
    "review": _("Review"),
    "sign": _("Sign"),
    "change": _("Change"),
}
_done: dict[str, BaseExpression | Combinable] = {}
_urls: dict[str, str] = {}


@dataclass(frozen=True)
class Step:
    key: str
    label: str
    state: str  # done, now, open
    url_name: str


def register(key: str, *, done: Any, url_name: str = "") -> None:
    """`done` is an Exists() or condition on the project; `url_name` takes the project's key."""
    if key not in STEPS:
        raise ValueError(f"The road has no step {key!r}.")
    _done[key] = done
    _urls[key] = url_name


def annotations() -> dict[str, Any]:
    return {f"road_{key}": expression for key, expression in _done.items()}


def steps(project: Any) -> list[Step]:
    """Each step as done, now (the first that is not done) or open."""
    found, now_given = [], False
    for key, label in STEPS.items():
        if getattr(project, f"road_{key}", False):
            state = "done"
        elif not now_given:
            state, now_given = "now", True
        else:
            state = "open"
        found.append(Step(key, str(label), state, _urls.get(key, "")))
    return found
