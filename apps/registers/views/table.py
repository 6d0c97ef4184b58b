from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from apps.core.forms import Outcome, submit
from apps.core.htmx import page, saved
from apps.projects.access import ProjectRequest, project_view
from apps.projects.attached import attached
from apps.projects.models import Project
from apps.projects.permissions import Perm
from apps.registers import queries, section
from apps.registers.clashing import show_clashes
from apps.registers.declared import registers
from apps.registers.forms import BulkForm, MoveForm, RowForm, RowsForm
from apps.registers.views.found import LIST, answered, around, editors, list_at, row_or_404, table
from apps.tables import actions
from apps.tables.columns import Column
from apps.tables.declared import register
from apps.tables.forms import UndoForm
from apps.tables.queries import done_to, links_of


@project_view(Perm.PROJECT_READ)
def register_list(request: ProjectRequest, project: Project, key: str) -> HttpResponse:
    """The table of a register; `?summary` asks for its line in words alone, `?more` for rows that come next."""
    fragment = next((name for name in ("summary", "more") if name in request.GET), "rows")
    return page(request, LIST, table(request, project, register(key)), fragment=fragment)


@project_view(Perm.PROJECT_READ)
def register_part(request: ProjectRequest, project: Project, key: str) -> HttpResponse:
    """The table as the document shows it, for a page that heard of a change."""
    found = register(key)
    if found not in registers():
        raise Http404
    return attached(request, project, section.part(found))


@project_view(Perm.SECTION_EDIT, methods=["POST"])
def cell_change(request: ProjectRequest, project: Project, key: str, row_id: UUID, column: str) -> HttpResponse:
    """One field, changed in the table."""
    row = row_or_404(project, register(key), row_id)
    if column not in row.declared.by_key:
        raise Http404
    links = links_of(project, row.declared)
    form = RowForm.of(row, request.POST, only=_asked_in(row, column), links=links, auto_id=f"cell_{row.pk.hex}_%s")
    outcome = submit(form, actions.change_row, row, by=request.user)
    both = show_clashes(form, row, links)
    row.refresh_from_db()
    row.project = project
    context: dict[str, Any] = {"line": queries.one_line(row, links), "done_cell": column, "done_cell_row": row.pk}
    if outcome != Outcome.SAVED:
        context |= {"cell_form": form, "both": both, "editing": column, "cell": context["line"].cells[column]}
    context |= around(project, row.declared) | editors(project, row.declared, links)
    if outcome != Outcome.SAVED:
        shown = table(request, project, row.declared, at=row)
        context = shown | context | {"lines": _with(shown["lines"], context["line"])}
        return page(request, LIST, context, fragment="row", status=outcome)
    done = done_to(row, since=form.cleaned_data["version"], by=request.user)
    oob, then = ["undo"] if done else [], list_at(row, done)
    return saved(request, LIST, context | {"done": done}, fragment="row", oob=oob, then=then, changed=row.declared.live)


@project_view(Perm.SECTION_EDIT, methods=["POST"])
def row_move(request: ProjectRequest, project: Project, key: str, row_id: UUID) -> HttpResponse:
    row = row_or_404(project, register(key), row_id)
    form = MoveForm(request.POST)
    outcome = submit(form, actions.move_row, row, by=request.user)
    if outcome == Outcome.SAVED:
        return answered(request, project, row.declared, done=form.result)  # type: ignore[attr-defined]
    context = table(request, project, row.declared) | {"refused": form}
    return page(request, LIST, context, fragment="rows", status=outcome)


@project_view(Perm.SECTION_EDIT, methods=["POST"])
def rows_bulk(request: ProjectRequest, project: Project, key: str) -> HttpResponse:
    """What is done to the ticked rows: `do` is remove, choose (which fields to set) or set."""
    found = register(key)
    chosen = RowsForm(request.POST)
    do = request.POST.get("do")
    if do == "remove":
        outcome = submit(chosen, actions.remove_rows, project, key, by=request.user)
        form: Any = chosen
    else:
        links = links_of(project, found)
        form = BulkForm(found, request.POST if do == "set" else None, links=links)
        rows = chosen.cleaned_data["rows"] if chosen.is_valid() else []
        outcome = submit(form, actions.change_rows, project, key, rows=rows, by=request.user)
        if rows and outcome != Outcome.SAVED:
            return page(
                request,
                "registers/bulk.html",
                around(project, found)
                | {
                    "form": form,
                    "chosen": queries.chosen(project, found, rows),
                    "people": queries.people(project),
                },
                status=outcome,
            )
    if outcome == Outcome.SAVED:
        return answered(request, project, found, done=form.result)
    if not chosen.errors and not form.errors:
        form.add_error(None, _("Tick the rows first."))
    context = table(request, project, found) | {"refused": chosen if chosen.errors else form}
    return page(request, LIST, context, fragment="rows", status=outcome if outcome != Outcome.OPEN else Outcome.INVALID)


@project_view(Perm.SECTION_EDIT, methods=["POST"])
def batch_undo(request: ProjectRequest, project: Project, key: str, batch: UUID) -> HttpResponse:
    form = UndoForm(request.POST)
    outcome = submit(form, actions.undo, project, key, batch, by=request.user)
    if outcome == Outcome.SAVED:
        return answered(request, project, register(key), done=form.result)  # type: ignore[attr-defined]
    context = table(request, project, register(key)) | {"refused": form}
    return page(request, LIST, context, fragment="rows", status=outcome)


@project_view(Perm.PROJECT_READ)
def register_history(request: ProjectRequest, project: Project, key: str) -> HttpResponse:
    """Who did what in the whole register, and what was removed."""
    found = register(key)
    context = around(project, found) | {
        "changes": queries.changes(project, found),
        "removed": queries.removed(project, found),
    }
    return page(request, "registers/history.html", context)


def _asked_in(row: Any, column: str) -> list[Column]:
    """What a cell asks for: its column, and the empty ones that say something only with it."""
    beside = row.declared.together if column in row.declared.together else ()
    return [found for found in row.declared.columns if found.key == column or (found.key in beside and not row.values.get(found.key))]  # fmt: skip


def _with(lines: list[queries.Line], line: queries.Line) -> list[queries.Line]:
    return [line if there.row.pk == line.row.pk else there for there in lines]
