"""What projects themselves add to the registries."""

from django.db.models import Case, Value, When
from django.db.models.fields import BooleanField

from apps.events import rights
from apps.projects import (
    copying,
    live_rights,
    objective_table,
    pieces,
    road,
    section_frame,
    section_objectives,
    sections,
)
from apps.projects.models import Objective
from apps.tables.declared import declare


def register() -> None:
    rights.register("project", live_rights.may_listen)
    framed = Case(
        When(pain="", then=Value(False)),
        When(users="", then=Value(False)),
        When(in_scope="", then=Value(False)),
        default=Value(True),
        output_field=BooleanField(),
    )
    road.register("frame", done=framed, url_name="projects:frame")
    sections.register(section_objectives.SECTION)
    declare(objective_table.REGISTER, Objective)
    sections.attach(section_frame.PART)
    for piece in pieces.PIECES:
        copying.register(piece)
