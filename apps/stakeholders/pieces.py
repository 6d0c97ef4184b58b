"""How people of the register are taken along into a new project, with what they have to do."""

from collections import defaultdict
from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.projects.copying import Arrival, Piece
from apps.projects.models import Project
from apps.stakeholders import actions

FIELDS = [
    "name", "email", "organisation", "unit", "role", "own_role", "influence", "interest", "time_zone", "days", "availability",
]  # fmt: skip


def pack(project: Project, *, names: bool) -> list[dict[str, Any]]:
    """Each with their letters by section."""
    people = project.stakeholders.order_by("created_at").prefetch_related("duties")
    return [
        {
            **{name: getattr(person, name) for name in FIELDS},
            "duties": {duty.section: duty.letter for duty in person.duties.all()},
        }
        for person in people
    ]


def unpack(packed: list[dict[str, Any]], arrival: Arrival) -> None:
    letters: dict[str, dict[Any, str]] = defaultdict(dict)
    for person in packed:
        said = {name: person[name] for name in FIELDS if name in person}
        made = actions.add_stakeholder(arrival.project, **said, came_from=arrival.origin, by=arrival.by)
        for section, letter in person.get("duties", {}).items():
            letters[section][made.pk] = letter
    for section, given in letters.items():
        actions.set_duties(arrival.project, section, letters=given, was={}, by=arrival.by)


PIECE = Piece(
    "people", _("People"), 30, pack, unpack, usual=False, personal=True,
    about=_("Name, address, seat and who does what. Nobody is invited by it, and remarks about them stay behind."),
)  # fmt: skip
