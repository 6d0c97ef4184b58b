from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from apps.comments import queries as comments
from apps.core.forms import NothingForm, Outcome, submit
from apps.core.htmx import gone_to, page, saved, wants_fragment
from apps.projects import named
from apps.projects.access import ProjectRequest, project_view
from apps.projects.models import Project
from apps.projects.permissions import Perm
from apps.projects.way_back import way_back
from apps.registers import queries, section
from apps.registers.clashing import Both, show_clashes
from apps.registers.forms import RestoreForm, RowForm
from apps.registers.views.found import LIST, answered, around, editors, list_at, row_or_404, table
from apps.tables import actions
from apps.tables.declared import Register, register
from apps.tables.queries import done_to, links_of

ROW, EDIT, HISTORY = (f"registers/{name}.html" for name in ("row", "edit", "row_history"))


@project_view(Perm.SECTION_EDIT, methods=["GET", "POST"])
def row_add(request: ProjectRequest, project: Project, key: str) -> HttpResponse:
    """The whole form, or the line at the end of the table, which sends only a name."""
    found = register(key)
    links = links_of(project, found)
    quick = wants_fragment(request)
    only = found.columns[:1] if quick else None
    form = RowForm(found, request.POST or None, only=only, links=links, auto_id="add_%s" if quick else "id_%s")
    outcome = submit(form, actions.add_row, project, key, by=request.user)
    if outcome != Outcome.SAVED:
        context = _form(project, found, form) | {"add_form": form}
        return page(request, LIST if quick else EDIT, context, fragment="new", status=outcome)
    context = around(project, found) | editors(project, found, links)
    row: Any = form.result  # type: ignore[attr-defined]
    done = done_to(row, since=0, by=request.user)
    context |= {"line": queries.one_line(row, links), "done": done}
    oob, then = ["undo"] if done else [], list_at(row, done)
    return saved(request, LIST, context, fragment="row", oob=oob, then=then, changed=found.live)


@project_view(Perm.PROJECT_READ)
def row_show(request: ProjectRequest, project: Project, key: str, row_id: UUID) -> HttpResponse:
    """A row with all its fields, and what was said about it."""
    row = row_or_404(project, register(key), row_id)
    if row.removed_at is None and (own := row.get_absolute_url()) != row.address:
        return gone_to(request, own)
    context = around(project, row.declared) | {
        "row": row,
        "line": queries.one_line(row, links_of(project, row.declared)),
        "findings": section.of_row(project, row),
        "owner_page": named.page_of(project, str(row.values.get("owner", ""))),
        "advice": row.declared.advice(row.values) if row.declared.advice else "",
        "conversation": comments.conversation(project, row.topic, request.user),
    }
    return page(request, ROW, context, fragment="row")


@project_view(Perm.SECTION_EDIT, methods=["GET", "POST"])
def row_edit(request: ProjectRequest, project: Project, key: str, row_id: UUID) -> HttpResponse:
    row = row_or_404(project, register(key), row_id)
    links = links_of(project, row.declared)
    form = RowForm.of(row, request.POST or None, links=links)
    outcome = submit(form, actions.change_row, row, by=request.user)
    if outcome == Outcome.SAVED:
        changed: Any = form.result  # type: ignore[attr-defined]
        done = done_to(changed, since=form.cleaned_data["version"], by=request.user)
        back = way_back(request, project)
        return gone_to(request, back.url if back else list_at(changed, done))
    both = show_clashes(form, row, links)
    return page(request, EDIT, _form(project, row.declared, form, row, both), status=outcome)


@project_view(Perm.SECTION_EDIT, methods=["POST"])
def row_remove(request: ProjectRequest, project: Project, key: str, row_id: UUID) -> HttpResponse:
    row = row_or_404(project, register(key), row_id)
    form = NothingForm(request.POST)
    outcome = submit(form, actions.remove_rows, project, key, rows=[row.pk], by=request.user)
    if outcome == Outcome.SAVED:
        return answered(request, project, row.declared, done=form.result)  # type: ignore[attr-defined]
    context = table(request, project, row.declared) | {"refused": form}
    return page(request, LIST, context, fragment="rows", status=outcome)


@project_view(Perm.PROJECT_READ)
def row_history(request: ProjectRequest, project: Project, key: str, row_id: UUID) -> HttpResponse:
    """Who changed what in a row, word by word."""
    row = row_or_404(project, register(key), row_id)
    return page(request, HISTORY, _history(project, row))


@project_view(Perm.SECTION_EDIT, methods=["POST"])
def row_restore(request: ProjectRequest, project: Project, key: str, row_id: UUID, revision_id: UUID) -> HttpResponse:
    row = row_or_404(project, register(key), row_id)
    revision = get_object_or_404(queries.revisions(row), pk=revision_id)
    form = RestoreForm(request.POST)
    outcome = submit(form, actions.restore_row, row, revision, by=request.user)
    if outcome == Outcome.SAVED:
        messages.success(request, _("It is back. What it replaced stays in the history."))
        return gone_to(request, row)
    return page(request, HISTORY, _history(project, row) | {"refused": form}, status=outcome)


def _form(
    project: Project, register: Register, form: RowForm, row: Any = None, both: list[Both] | None = None
) -> dict[str, Any]:
    return around(project, register) | {
        "form": form,
        "row": row,
        "both": both or [],
        "people": queries.people(project),
    }


def _history(project: Project, row: Any) -> dict[str, Any]:
    row.refresh_from_db()
    return around(project, row.declared) | {"row": row, "changes": queries.changes_of(project, row)}
