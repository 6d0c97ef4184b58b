"""How benefits are taken along into a new project. Measured values never are."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.projects.copying import Arrival, Piece
from apps.projects.models import Project
from apps.projects.queries import objectives
from apps.results import actions, formula, queries

FIELDS = ["title", "formula", "unit", "assumptions"]


def pack(project: Project, *, names: bool) -> list[dict[str, Any]]:
    return [
        {
            **{name: getattr(benefit, name) for name in FIELDS},
            "owner": benefit.owner if names else "",
            "objective": str(benefit.objective_id or ""),
        }
        for benefit in queries.benefits(project)
    ]


def unpack(packed: list[dict[str, Any]], arrival: Arrival) -> None:
    served = {str(one.pk): one for one in objectives(arrival.project)}
    for one in packed:
        said = {name: one[name] for name in (*FIELDS, "owner") if name in one}
        try:
            formula.result(formula.read(said.get("formula", "")))
        except formula.Unreadable:
            continue
        objective = served.get(arrival.keys.get(one["objective"], ""))
        actions.add_benefit(arrival.project, objective=objective, by=arrival.by, **said)


PIECE = Piece(
    "benefits", _("Benefit per year"), 25, pack, unpack,
    about=_("The formulas, with their figures and assumptions: check each."),
    links=("objectives",),
)  # fmt: skip
