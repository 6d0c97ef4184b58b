"""Rows that come from elsewhere or go there: pasted, imported, from a catalog, exported."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse

from apps.core.bringing import ImportForm, PasteForm
from apps.core.cells import Grid
from apps.core.files import attachment
from apps.core.forms import Outcome, submit
from apps.core.htmx import page
from apps.core.taking import Block
from apps.projects.access import ProjectRequest, project_view
from apps.projects.models import Project
from apps.projects.permissions import Perm
from apps.registers import actions
from apps.registers.exporting import FORMATS, exported
from apps.registers.forms import CatalogForm, WholeCatalogForm
from apps.registers.taking import read_grid, spelled_out
from apps.registers.views.found import answered, around
from apps.tables import actions as tables
from apps.tables import catalogs, editions
from apps.tables.declared import Register, register

TAKE, CATALOG = "registers/take.html", "registers/catalog.html"


@project_view(Perm.SECTION_EDIT, methods=["GET", "POST"])
def rows_paste(request: ProjectRequest, project: Project, key: str) -> HttpResponse:
    """A block from a spreadsheet: shown with what goes where, then taken."""
    return _take(request, project, register(key), PasteForm(request.POST or None))


@project_view(Perm.SECTION_EDIT, methods=["GET", "POST"])
def rows_import(request: ProjectRequest, project: Project, key: str) -> HttpResponse:
    """A CSV or XLSX file, which goes the way of what is pasted."""
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    context = around(project, register(key)) | {"import_form": form, "form": PasteForm(), "is_import": True}
    if not form.is_bound:
        return page(request, TAKE, context)
    if not form.is_valid():
        return page(request, TAKE, context, status=Outcome.INVALID)
    return _preview(request, project, register(key), form.cleaned_data["file"], PasteForm())


@project_view(Perm.PROJECT_READ)
def rows_export(request: ProjectRequest, project: Project, key: str, kind: str) -> HttpResponse:
    if kind not in FORMATS:
        raise Http404
    found = register(key)
    return attachment(exported(project, found, kind), f"{key}.{kind}", FORMATS[kind])


@project_view(Perm.PROJECT_READ)
def catalog_show(request: ProjectRequest, project: Project, key: str) -> HttpResponse:
    """What the catalog knows for this register, shipped and the company's own."""
    return page(request, CATALOG, catalog_of(request, project, register(key), request.GET))


@project_view(Perm.SECTION_EDIT, methods=["POST"])
def catalog_add(request: ProjectRequest, project: Project, key: str) -> HttpResponse:
    """One entry, or with `all` every entry of the group that is shown."""
    whole = "all" in request.POST
    form: Any = WholeCatalogForm(request.POST) if whole else CatalogForm(request.POST)
    outcome = submit(form, actions.add_all_known if whole else tables.add_known, project, key, by=request.user)
    if outcome == Outcome.SAVED:
        return answered(request, project, register(key), done=form.result if whole else None)
    return page(
        request, CATALOG, catalog_of(request, project, register(key), request.POST) | {"refused": form}, status=outcome
    )


def _take(request: ProjectRequest, project: Project, found: Register, form: PasteForm) -> HttpResponse:
    if not form.is_bound:
        return page(request, TAKE, around(project, found) | {"form": form})
    if not form.is_valid():
        return page(request, TAKE, around(project, found) | {"form": form}, status=Outcome.INVALID)
    grid = spelled_out(found, form.cleaned_data["text"], form.cleaned_data["grid"])
    if request.POST.get("do") != "take":
        return _preview(request, project, found, grid, form)
    reading = _reading(request, project, found, grid)
    outcome = submit(form, _taken(reading), project, found.key, by=request.user)
    if outcome != Outcome.SAVED:
        return _preview(request, project, found, grid, form, reading, status=outcome)
    if reading.refused:
        context = around(project, found) | {"form": PasteForm(initial={"text": reading.left_over}), "reading": reading}
        return page(request, TAKE, context | {"taken": form.result})  # type: ignore[attr-defined]
    return answered(request, project, found, done=form.result)  # type: ignore[attr-defined]


def _preview(
    request: ProjectRequest,
    project: Project,
    found: Register,
    grid: Grid,
    form: PasteForm,
    reading: Block | None = None,
    status: int = 200,
) -> HttpResponse:
    reading = reading or _reading(request, project, found, grid)
    context = around(project, found) | {"reading": reading, "form": form, "is_preview": True}
    return page(request, TAKE, context, status=status)


def _reading(request: ProjectRequest, project: Project, found: Register, grid: Grid) -> Block:
    return read_grid(project, found, grid, request.POST)


def _taken(reading: Block) -> Any:
    def take(project: Project, key: str, *, client_key: str, by: Any, **_form: Any) -> tables.Batch:
        return tables.take_rows(project, key, new=reading.new, changed=reading.changed, client_key=client_key, by=by)

    return take


def catalog_of(request: ProjectRequest, project: Project, found: Register, asked: Any) -> dict[str, Any]:
    query, group = asked.get("q", "").strip()[:100], asked.get("group", "")
    every = catalogs.offers(project, found)
    offers = catalogs.matching(every, query=query, group=group)
    return around(project, found) | {
        "q": query,
        "group": group,
        "groups": catalogs.groups(every),
        "known": offers,
        "newer": editions.newer(project, found),
        "left": 0 if query or found.one_by_one else sum(not offer.is_there and not offer.own for offer in offers),
        "droppable": {offer.known.id for offer in offers if offer.own and catalogs.may_drop(offer.own, request.user)},
        "edition": catalogs.edition(found),
        "back": reverse("registers:list", args=[project.pk, found.key]),
    }
