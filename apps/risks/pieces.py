"""How risks are taken along into a new project."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.projects.copying import Arrival, Piece
from apps.projects.models import Project
from apps.risks import actions, queries

FIELDS = [
    "title", "category", "cause", "event", "consequence", "likelihood", "impact", "residual_likelihood",
    "residual_impact", "response", "mitigation", "trigger", "catalog_id",
]  # fmt: skip


def pack(project: Project, *, names: bool) -> list[dict[str, Any]]:
    """In the order of their numbers."""
    return [
        {
            "id": str(risk.pk),
            **{name: getattr(risk, name) for name in FIELDS},
            "owner": risk.owner if names else "",
            "mitigation_due": risk.mitigation_due.isoformat() if risk.mitigation_due else "",
        }
        for risk in sorted(queries.open_risks(project), key=lambda risk: risk.number)
    ]


def unpack(packed: list[dict[str, Any]], arrival: Arrival) -> None:
    """Open again, whatever was done about them elsewhere."""
    for one in packed:
        said = {name: one[name] for name in (*FIELDS, "owner") if name in one}
        due = arrival.day(one.get("mitigation_due"))
        made = actions.raise_risk(
            arrival.project, **said, mitigation_due=due, came_from=arrival.origin, by=arrival.by
        )  # fmt: skip
        arrival.keys[one["id"]] = str(made.pk)


PIECE = Piece(
    "risks", _("Risks"), 200, pack, unpack,
    about=_("Rated as they were and open again; closed ones stay behind."),
)  # fmt: skip
