"""How people of the register are taken along into a new project."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.projects.copying import Arrival, Piece
from apps.projects.models import Project
from apps.stakeholders import actions

FIELDS = ["name", "email", "organisation", "unit", "role", "own_role", "influence", "interest", "time_zone"]


def pack(project: Project, *, names: bool) -> list[dict[str, Any]]:
    return list(project.stakeholders.order_by("created_at").values(*FIELDS))


def unpack(packed: list[dict[str, Any]], arrival: Arrival) -> None:
    for person in packed:
        said = {name: person[name] for name in FIELDS if name in person}
        actions.add_stakeholder(arrival.project, **said, came_from=arrival.origin, by=arrival.by)


PIECE = Piece(
    "people", _("People"), 30, pack, unpack, usual=False, personal=True,
    about=_("Name, address and seat. Nobody is invited by it, and remarks about them stay behind."),
)  # fmt: skip
