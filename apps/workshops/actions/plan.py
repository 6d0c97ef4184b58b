"""Planning: the workshop and its agenda."""

from datetime import datetime

from django.db import transaction

from apps.accounts.models import User
from apps.core.writes import save_version
from apps.events import live
from apps.events.log import record
from apps.projects.models import Project
from apps.workshops.actions.agenda import blocks_from, place
from apps.workshops.actions.invites import tell_change
from apps.workshops.blueprints import Block
from apps.workshops.enums import Template
from apps.workshops.models import Workshop


@transaction.atomic
def create_workshop(
    project: Project,
    *,
    title: str,
    purpose: str,
    template: str,
    scheduled_at: datetime | None,
    plan: tuple[list[Block], int] | None = None,
    by: User,
) -> Workshop:
    """A workshop with the agenda of its template, or with the blocks and minutes of `plan`."""
    blocks, minutes = plan or blocks_from(template)
    workshop = Workshop.objects.create(
        project=project,
        title=title,
        purpose=purpose,
        template=template if template in Template.values else Template.EMPTY,
        scheduled_at=scheduled_at,
        minutes=minutes,
        host=by,
    )
    place(workshop, blocks)
    record("workshop.created", subject=workshop, by=by, stream=workshop.stream, template=template)
    live.ring(project.stream, "workshops:changed")
    return workshop


@transaction.atomic
def change_workshop(
    workshop: Workshop,
    *,
    title: str,
    purpose: str,
    scheduled_at: datetime | None,
    minutes: int,
    version: int,
    by: User,
) -> Workshop:
    told = (workshop.title, workshop.scheduled_at, workshop.minutes)
    workshop.title, workshop.purpose = title, purpose
    workshop.scheduled_at, workshop.minutes = scheduled_at, minutes
    save_version(workshop, expected=version, fields=["title", "purpose", "scheduled_at", "minutes"])
    if told != (title, scheduled_at, minutes):
        tell_change(workshop)
    record("workshop.changed", subject=workshop, by=by, stream=workshop.stream)
    live.ring(workshop.project.stream, "workshops:changed")
    return workshop
