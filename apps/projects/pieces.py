"""How the frame and the objectives are taken along into a new project."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.projects import actions, queries
from apps.projects.copying import Arrival, Piece
from apps.projects.models import Objective, Project

# The title and the organisation are asked for anew.
FRAME = [
    "summary", "start", "pain", "whose", "frequency_and_cost", "process", "users", "expectations", "in_scope",
    "out_of_scope", "later", "must_not", "autonomy", "signs", "alternatives", "ranking", "other_use_cases",
]  # fmt: skip
WORDS = ["title", "metric", "unit", "baseline_source", "direction", "method"]
FIGURES = ["baseline", "target"]


def pack_frame(project: Project, *, names: bool) -> dict[str, Any]:
    said = {name: getattr(project, name) for name in FRAME}
    return {name: value for name, value in said.items() if value} if project.pain or project.in_scope else {}


def unpack_frame(packed: dict[str, Any], arrival: Arrival) -> None:
    said = {name: value for name, value in packed.items() if name in FRAME}
    actions.frame_project(arrival.project, version=arrival.project.version, by=arrival.by, **said)


def pack_objectives(project: Project, *, names: bool) -> list[dict[str, Any]]:
    return [_packed(objective, names) for objective in queries.objectives(project)]


def unpack_objectives(packed: list[dict[str, Any]], arrival: Arrival) -> None:
    for one in packed:
        said = {name: one[name] for name in (*WORDS, "owner") if one.get(name)}
        figures = {name: _figure(one.get(name)) for name in FIGURES}
        made = actions.add_objective(
            arrival.project, **said, **figures, due=arrival.day(one.get("due")), came_from=arrival.origin, by=arrival.by
        )
        arrival.keys[one["id"]] = str(made.pk)


def _packed(objective: Objective, names: bool) -> dict[str, Any]:
    return {
        "id": str(objective.pk),
        **{name: getattr(objective, name) for name in WORDS},
        **{name: str(value) for name in FIGURES if (value := getattr(objective, name)) is not None},
        "due": objective.due.isoformat() if objective.due else "",
        "owner": objective.owner if names else "",
    }


def _figure(digits: str | None) -> Decimal | None:
    try:
        return Decimal(digits) if digits else None
    except InvalidOperation:
        return None


PIECES = [
    Piece(
        "frame", _("Frame"), 10, pack_frame, unpack_frame, counted=False,
        about=_("The pain, the users, what is in, out and never, the order of what matters."),
    ),
    Piece(
        "objectives", _("Objectives"), 20, pack_objectives, unpack_objectives,
        about=_("With metric, today’s value and target. Measured values stay where they were measured."),
    ),
]  # fmt: skip
