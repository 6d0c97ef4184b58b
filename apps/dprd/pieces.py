"""How the prose is taken along into a new project."""

from uuid import uuid4

from django.utils.translation import gettext_lazy as _

from apps.dprd import actions, queries
from apps.dprd.enums import Key
from apps.projects.copying import Arrival, Piece
from apps.projects.models import Project


def pack(project: Project, *, names: bool) -> dict[str, str]:
    return {key: prose.text for key, prose in queries.sections(project).items() if prose.text.strip()}


def unpack(packed: dict[str, str], arrival: Arrival) -> None:
    for key, text in packed.items():
        if key in Key.values:
            actions.save_prose(
                queries.section(arrival.project, key),
                base_version=1,
                text=text,
                client_key=f"copy-{uuid4()}",
                origin=arrival.origin,
                by=arrival.by,
            )


PIECE = Piece(
    "prose", _("Prose of the sections"), 40, pack, unpack,
    about=_("As drafts without an owner. Days and names in the text stay as they were written."),
)  # fmt: skip
