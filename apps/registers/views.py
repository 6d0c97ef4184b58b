from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse

from apps.comments import queries as comments
from apps.core.forms import Outcome, submit
from apps.core.htmx import page, saved
from apps.projects.access import ProjectRequest, project_view
from apps.projects.models import Project
from apps.projects.permissions import Perm
from apps.projects.sections import number_of
from apps.registers import actions, queries, section
from apps.registers.clashing import Both, show_clashes
from apps.registers.declared import Register, register
from apps.registers.forms import MoveForm, RowForm
from apps.registers.models import Row

LIST, ROW, EDIT = (f"registers/{name}.html" for name in ("list", "row", "edit"))
CHANGED = "rows:changed"


@project_view(Perm.PROJECT_READ)
def register_list(request: ProjectRequest, project: Project, key: str) -> HttpResponse:
    """The table of a register."""
    return page(request, LIST, _table(project, register(key)), fragment="rows")


@project_view(Perm.PROJECT_READ)
def register_part(request: ProjectRequest, project: Project, key: str) -> HttpResponse:
    """The table as the document shows it, for a page that heard of a change."""
    part = section.part(register(key))
    more = {
        "part": part,
        "drawn": part.snapshot(project),
        "page_url": part.page_url(project),
        "edit_url": part.edit_url(project),
    }
    return page(request, "projects/_attached.html", {"project": project, "more": more})


@project_view(Perm.SECTION_EDIT, methods=["GET", "POST"])
def row_add(request: ProjectRequest, project: Project, key: str) -> HttpResponse:
    found = register(key)
    form = RowForm(found, request.POST or None, links=queries.links_of(project, found))
    outcome = submit(form, actions.add_row, project, key, by=request.user)
    if outcome == Outcome.SAVED:
        return _to_table(request, project, found)
    return page(request, EDIT, _form(project, found, form), fragment="form", status=outcome)


@project_view(Perm.PROJECT_READ)
def row_show(request: ProjectRequest, project: Project, key: str, row_id: UUID) -> HttpResponse:
    """A row with all its fields, what was said about it, and how it came to be."""
    row = _row(project, register(key), row_id)
    return page(request, ROW, _one(project, row), fragment="row")


@project_view(Perm.SECTION_EDIT, methods=["GET", "POST"])
def row_edit(request: ProjectRequest, project: Project, key: str, row_id: UUID) -> HttpResponse:
    row = _row(project, register(key), row_id)
    links = queries.links_of(project, row.declared)
    form = RowForm.of(row, request.POST or None, links=links)
    outcome = submit(form, actions.change_row, row, by=request.user)
    if outcome == Outcome.SAVED:
        return _to_table(request, project, row.declared)
    both = show_clashes(form, row, links)
    return page(request, EDIT, _form(project, row.declared, form, row, both), fragment="form", status=outcome)


@project_view(Perm.SECTION_EDIT, methods=["POST"])
def row_remove(request: ProjectRequest, project: Project, key: str, row_id: UUID) -> HttpResponse:
    row = _row(project, register(key), row_id)
    actions.remove_rows(project, key, rows=[row.pk], by=request.user)
    return _to_table(request, project, row.declared)


@project_view(Perm.SECTION_EDIT, methods=["POST"])
def row_move(request: ProjectRequest, project: Project, key: str, row_id: UUID) -> HttpResponse:
    row = _row(project, register(key), row_id)
    form = MoveForm(request.POST)
    outcome = submit(form, actions.move_row, row, by=request.user)
    if outcome == Outcome.SAVED:
        return _to_table(request, project, row.declared)
    context = _table(project, row.declared) | {"refused": form}
    return page(request, LIST, context, fragment="rows", status=outcome)


def _row(project: Project, register: Register, row_id: UUID) -> Row:
    row = queries.row_or_none(project, register, row_id)
    if row is None:
        raise Http404
    row.project = project
    return row


def _to_table(request: ProjectRequest, project: Project, register: Register) -> HttpResponse:
    then = reverse("registers:list", args=[project.pk, register.key])
    return saved(request, LIST, _table(project, register), fragment="rows", then=then, changed=CHANGED)


def _table(project: Project, register: Register) -> dict[str, Any]:
    return {
        "project": project,
        "here": "draft",
        "number": number_of(register.section),
        "register": register,
        "lines": queries.lines(project, register),
        "add_form": RowForm(register, only=register.columns[:1]),
    }


def _form(
    project: Project, register: Register, form: RowForm, row: Row | None = None, both: list[Both] | None = None
) -> dict[str, Any]:
    return {
        "project": project,
        "here": "draft",
        "register": register,
        "number": number_of(register.section),
        "form": form,
        "row": row,
        "both": both or [],
        "people": queries.people(project),
    }


def _one(project: Project, row: Row) -> dict[str, Any]:
    return {
        "project": project,
        "here": "draft",
        "register": row.declared,
        "number": number_of(row.declared.section),
        "line": queries.line(row, queries.links_of(project, row.declared)),
        "row": row,
        "conversation": comments.conversation(project, row.target),
    }
