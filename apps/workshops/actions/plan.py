"""Planning: the workshop and its agenda."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.core.errors import DomainError
from apps.core.writes import save_version
from apps.events import live
from apps.events.log import record
from apps.projects.models import Project
from apps.workshops import blueprints
from apps.workshops.actions.locks import taken
from apps.workshops.blueprints import Block
from apps.workshops.models import Activity, Workshop

AGENDA = "agenda:changed"
LONGEST = 240


@transaction.atomic
def create_workshop(
    project: Project, *, title: str, purpose: str, template: str, scheduled_at: datetime | None, by: User
) -> Workshop:
    """A workshop with the agenda of its template."""
    workshop = Workshop.objects.create(
        project=project,
        title=title,
        purpose=purpose,
        template=template,
        scheduled_at=scheduled_at,
        minutes=blueprints.minutes_of(template),
        host=by,
    )
    for position, block in enumerate(blueprints.agenda_of(template), 1):
        _place(workshop, block, position)
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
    workshop.title, workshop.purpose = title, purpose
    workshop.scheduled_at, workshop.minutes = scheduled_at, minutes
    save_version(workshop, expected=version, fields=["title", "purpose", "scheduled_at", "minutes"])
    record("workshop.changed", subject=workshop, by=by, stream=workshop.stream)
    live.ring(workshop.project.stream, "workshops:changed")
    return workshop


@transaction.atomic
def add_activity(workshop: Workshop, *, block: str, by: User) -> Activity:
    """Put a block at the end of the agenda."""
    room = taken(workshop)
    _must_not_be_over(room)
    activity = _place(room, blueprints.block(block), room.activities.count() + 1)
    record("activity.added", subject=activity, by=by, stream=room.stream, changed=AGENDA)
    return activity


@transaction.atomic
def change_activity(activity: Activity, *, title: str, note: str, minutes: int, version: int, by: User) -> Activity:
    """Other words or another length; its phases keep their proportions."""
    _must_not_be_over(activity.workshop)
    activity.title, activity.note, activity.minutes = title, note, minutes
    activity.settings = activity.plan.lasting(minutes).as_json()
    save_version(activity, expected=version, fields=["title", "note", "minutes", "settings"])
    record(
        "activity.changed", subject=activity, by=by, stream=activity.workshop.stream, changed=AGENDA, minutes=minutes
    )
    return activity


@transaction.atomic
def shift_activity(activity: Activity, *, up: bool, by: User) -> None:
    """One place up or down; at the end of the list nothing happens."""
    room = taken(activity.workshop)
    _must_not_be_over(room)
    rows = list(room.activities.order_by("position", "created_at"))
    at = next(place for place, row in enumerate(rows) if row.pk == activity.pk)
    to = at - 1 if up else at + 1
    if not 0 <= to < len(rows):
        return
    rows[at], rows[to] = rows[to], rows[at]
    for position, row in enumerate(rows, 1):
        row.position = position
    Activity.objects.bulk_update(rows, ["position"])
    record("activity.shifted", subject=activity, by=by, stream=room.stream, changed=AGENDA, to=to + 1)


@transaction.atomic
def remove_activity(activity: Activity, *, by: User) -> None:
    """Take a block out, as long as nothing was said in it."""
    room = taken(activity.workshop)
    _must_not_be_over(room)
    if room.activity_id == activity.pk or activity.cards.exists():
        raise DomainError(_("This step has been used. Skip it instead: what was said stays."))
    record("activity.removed", subject=activity, by=by, stream=room.stream, changed=AGENDA, title=activity.title)
    activity.delete()


def _place(workshop: Workshop, block: Block, position: int) -> Activity:
    return Activity.objects.create(
        workshop=workshop,
        kind=block.kind,
        title=block.title,
        note=block.note,
        minutes=block.minutes,
        position=position,
        settings=block.plan.as_json(),
    )


def _must_not_be_over(workshop: Workshop) -> None:
    if workshop.is_ended:
        raise DomainError(_("This workshop is over; its agenda stays as it was."))
