"""How agendas are taken along into a new project."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.projects.copying import Arrival, Piece
from apps.projects.models import Project
from apps.workshops import actions, agenda
from apps.workshops.blueprints import Block
from apps.workshops.enums import Kind, State, Template
from apps.workshops.models import Activity, Workshop


def pack(project: Project, *, names: bool) -> list[dict[str, Any]]:
    """The plan of each workshop, the oldest first; nothing of what was said in it."""
    held = project.workshops.filter(rehearsal=False).exclude(state=State.OFF).prefetch_related("activities")
    return [_packed(workshop) for workshop in held.order_by("created_at", "id") if workshop.activities.all()]


def unpack(packed: list[dict[str, Any]], arrival: Arrival) -> None:
    """Planned without a day, nobody invited."""
    for one in packed:
        blocks = [_block(block) for block in one["blocks"] if block["kind"] in Kind.values]
        template = one["template"] if one["template"] in Template.values else Template.EMPTY
        actions.create_workshop(
            arrival.project, title=one["title"], purpose=one["purpose"], template=template, scheduled_at=None,
            plan=(blocks, one["minutes"]), by=arrival.by,
        )  # fmt: skip


def _packed(workshop: Workshop) -> dict[str, Any]:
    return {
        "title": workshop.title,
        "purpose": workshop.purpose,
        "template": workshop.template,
        "minutes": workshop.minutes,
        "blocks": [_step(activity) for activity in workshop.activities.all()],
    }


def _step(activity: Activity) -> dict[str, Any]:
    return {
        "kind": activity.kind,
        "title": activity.title,
        "note": activity.note,
        "minutes": activity.minutes,
        "settings": activity.settings,
    }


def _block(packed: dict[str, Any]) -> Block:
    return Block(packed["kind"], packed["title"], packed["note"], packed["minutes"], agenda.read(packed["settings"]))


PIECE = Piece(
    "agendas", _("Workshop agendas"), 230, pack, unpack,
    about=_("Steps, questions and minutes, without a day and without anything that was said."),
)  # fmt: skip
