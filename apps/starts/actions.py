"""How a project begins. Everything that is taken along goes through `_begin`, and one event says what came."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.core.errors import DomainError
from apps.core.writes import save_version
from apps.events.log import record
from apps.projects import copying
from apps.projects.actions import add_objective, create_project, frame_project
from apps.projects.copying import Arrival, Packed
from apps.projects.models import Project
from apps.starts import queries, shapes
from apps.starts.enums import Way
from apps.starts.models import Origin, ProjectTemplate

COMPANY = "company"
"""The stream of what belongs to no project."""
WEEK = 7


@transaction.atomic
def start_project(*, title: str, organisation: str, way: str, by: User) -> Project:
    """An empty project, or one with the sample's outline."""
    project = create_project(title=title, organisation=organisation, by=by)
    if way == Way.SAMPLE:
        frame_project(project, version=project.version, by=by, **shapes.frame())
        for outline in shapes.objectives():
            add_objective(project, by=by, **outline)
    return project


@transaction.atomic
def copy_project(
    source: Project,
    *,
    title: str,
    organisation: str,
    pieces: Collection[str],
    names: bool,
    start: date | None,
    by: User,
) -> Project:
    """A new project with the chosen pieces of another; it remembers where it came from.

    Days move by whole weeks, so that the day on which the source began lands near `start`; without one they are left out.
    """
    content = copying.pack(source, pieces, names=names)
    arrival = Arrival(
        project=create_project(title=title, organisation=organisation, by=by),
        by=by,
        origin=_("Copied from “%(title)s”") % {"title": source.title},
        shift=_shift(queries.began(source), start),
    )
    return _begin(content, pieces, arrival, Origin(way=Way.COPY, source=source, title=source.title))


@transaction.atomic
def use_template(
    template: ProjectTemplate, *, title: str, organisation: str, pieces: Collection[str], start: date | None, by: User
) -> Project:
    """A new project with the chosen pieces of a template."""
    arrival = Arrival(
        project=create_project(title=title, organisation=organisation, by=by),
        by=by,
        origin=_("Template “%(name)s”") % {"name": template.name},
        shift=_shift(template.began, start),
    )
    return _begin(template.content, pieces, arrival, Origin(way=Way.TEMPLATE, template=template, title=template.name))


@transaction.atomic
def keep_template(source: Project, *, name: str, about: str, pieces: Collection[str], by: User) -> ProjectTemplate:
    """Keep the chosen pieces for everybody in the company, without names of people."""
    content = copying.pack(source, pieces, names=False)
    with _name_once():
        template = ProjectTemplate.objects.create(
            name=name, about=about, content=content, began=queries.began(source), author=by
        )
    record("template.kept", subject=template, by=by, stream=source.stream, pieces=[*content])
    return template


@transaction.atomic
def change_template(template: ProjectTemplate, *, name: str, about: str, version: int, by: User) -> ProjectTemplate:
    template.name, template.about = name, about
    with _name_once():
        save_version(template, expected=version, fields=["name", "about"])
    record("template.changed", subject=template, by=by, stream=COMPANY)
    return template


@transaction.atomic
def remove_template(template: ProjectTemplate, *, by: User) -> None:
    """The template goes; projects that began with it stay as they are."""
    record("template.removed", subject=template, by=by, stream=COMPANY, name=template.name)
    template.delete()


def _begin(content: dict[str, Packed], pieces: Collection[str], arrival: Arrival, origin: Origin) -> Project:
    """The one way in which things come along: unpacked, remembered, told once."""
    project = origin.project = arrival.project
    origin.pieces = copying.unpack(content, pieces, arrival)
    origin.save(force_insert=True)
    source = str(origin.source_id or origin.template_id)
    record("project.copied", subject=project, by=arrival.by, stream=project.stream, source=source, pieces=origin.pieces)
    return project


def _shift(began: date, start: date | None) -> timedelta | None:
    """Whole weeks: a Friday stays a Friday."""
    return timedelta(weeks=round((start - began).days / WEEK)) if start else None


@contextmanager
def _name_once() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if "one_template_per_name" not in str(error):
            raise
        raise DomainError(_("There is a template of this name already. Choose another one.")) from error
