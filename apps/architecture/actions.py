"""One public function for each thing a person can do to the diagram."""

from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.architecture import queries, usual
from apps.architecture.enums import Lane, Zone
from apps.architecture.models import Component, Flow
from apps.core.errors import DomainError
from apps.core.writes import save_version
from apps.events.log import record
from apps.projects.models import Project

CHANGED = "components:changed"
MOST_COMPONENTS, MOST_FLOWS = 80, 200
FIELDS = ["lane", "name", "detail", "zone", "personal"]


@transaction.atomic
def add_component(project: Project, *, key: UUID, by: User, **fields: Any) -> Component:
    """A box at the end of its lane; the same `key` is the same box."""
    _locked(project)
    if found := project.components.filter(client_key=key).first():
        return found
    if project.components.count() >= MOST_COMPONENTS:
        raise DomainError(_("Nobody reads a diagram with more than %(most)s boxes.") % {"most": MOST_COMPONENTS})
    position = project.components.filter(lane=fields["lane"]).count()
    component = project.components.create(**fields, position=position, client_key=key)
    record("component.added", subject=component, by=by, stream=project.stream)
    return component


@transaction.atomic
def draw_sources(project: Project, *, by: User) -> int:
    """A box for each data source of the table that has none; returns how many."""
    _locked(project)
    loose = queries.undrawn_sources(project, queries.components_of(project))
    for row in loose:
        fields = {"name": row.name[: queries.LONGEST_NAME], "personal": row.values.get("personal") is True}
        add_component(project, key=uuid4(), by=by, lane=Lane.SOURCES, zone=Zone.OURS, detail="", **fields)
    return len(loose)


@transaction.atomic
def draw_usual(project: Project, *, by: User) -> int:
    """What most drawings begin with, behind the sources of the table; nothing where something is drawn already.
    Returns how many boxes."""
    _locked(project)
    if project.components.exists():
        return 0
    if not draw_sources(project, by=by):
        _box(project, Lane.SOURCES, usual.SOURCE, by=by)
    sources = list(queries.components_of(project))
    parts = [_box(project, lane, name, detail, zone, by=by) for lane, name, detail, zone in usual.PARTS]
    for source in sources:
        add_flow(project, source=source, target=parts[0], carries="", personal=source.personal, by=by)
    for source, target, carries in zip(parts, parts[1:], usual.CARRIED, strict=False):
        add_flow(project, source=source, target=target, carries=str(carries), personal=False, by=by)
    return len(sources) + len(parts)


def _box(project: Project, lane: str, name: Any, detail: Any = "", zone: str = Zone.OURS, *, by: User) -> Component:
    words = {"name": str(name), "detail": str(detail)}
    return add_component(project, key=uuid4(), lane=lane, zone=zone, personal=False, by=by, **words)


@transaction.atomic
def change_component(component: Component, *, version: int, by: User, **fields: Any) -> Component:
    moved = component.lane != fields["lane"]
    for name in FIELDS:
        setattr(component, name, fields[name])
    if moved:
        component.position = component.project.components.filter(lane=component.lane).count()
    save_version(component, expected=version, fields=[*FIELDS, "position"])
    record("component.changed", subject=component, by=by, stream=component.project.stream)
    return component


@transaction.atomic
def move_component(component: Component, *, lane: str, place: int, by: User) -> Component:
    """Into a lane, at the place counted from 0; the others make room."""
    _locked(component.project)
    inside = list(component.project.components.filter(lane=lane).exclude(pk=component.pk).order_by("position"))
    component.refresh_from_db()
    component.lane = lane
    inside.insert(min(place, len(inside)), component)
    for position, one in enumerate(inside):
        one.position = position
    Component.objects.bulk_update(inside, ["lane", "position"])
    record("component.moved", subject=component, by=by, stream=component.project.stream, lane=lane)
    return component


@transaction.atomic
def remove_component(component: Component, *, by: User) -> None:
    """The box and its arrows."""
    record("component.removed", subject=component, by=by, stream=component.project.stream, name=component.name)
    component.delete()


def add_flow(project: Project, *, source: Component, target: Component, carries: str, personal: bool, by: User) -> Flow:
    """An arrow; the same arrow with the same words is there once."""
    with transaction.atomic():
        _locked(project)
        if source.pk == target.pk:
            raise DomainError(_("A flow goes from one component to another."))
        if project.flows.count() >= MOST_FLOWS:
            raise DomainError(_("Nobody reads a diagram with more than %(most)s arrows.") % {"most": MOST_FLOWS})
        found, made = project.flows.get_or_create(
            source=source, target=target, carries=carries, defaults={"personal": personal}
        )
        if made:
            record("flow.added", subject=found, by=by, stream=project.stream, changed=CHANGED)
        return found


def change_flow(
    flow: Flow, *, source: Component, target: Component, carries: str, personal: bool, version: int, by: User
) -> Flow:
    if source.pk == target.pk:
        raise DomainError(_("A flow goes from one component to another."))
    try:
        with transaction.atomic():
            flow.source, flow.target, flow.carries, flow.personal = source, target, carries, personal
            save_version(flow, expected=version, fields=["source", "target", "carries", "personal"])
            record("flow.changed", subject=flow, by=by, stream=flow.project.stream, changed=CHANGED)
    except IntegrityError as twice:
        raise DomainError(_("This arrow is there already.")) from twice
    return flow


@transaction.atomic
def remove_flow(flow: Flow, *, by: User) -> None:
    record("flow.removed", subject=flow, by=by, stream=flow.project.stream, changed=CHANGED)
    flow.delete()


def _locked(project: Project) -> None:
    """One change of the drawing at a time: positions and counts are decided under this."""
    Project.objects.select_for_update(no_key=True).get(pk=project.pk)
