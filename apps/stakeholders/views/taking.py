"""People who come from elsewhere: a spreadsheet, or another project."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from apps.core.bringing import ImportForm, PasteForm
from apps.core.cells import Grid
from apps.core.forms import Outcome, submit
from apps.core.htmx import gone_to, page
from apps.core.taking import Block
from apps.projects.access import ProjectRequest, project_view
from apps.projects.models import Project
from apps.projects.permissions import Perm
from apps.stakeholders import actions, queries
from apps.stakeholders.forms import ReuseForm
from apps.stakeholders.taking import read_people

TAKE, REUSE = "stakeholders/take.html", "stakeholders/reuse.html"


@project_view(Perm.PEOPLE_EDIT, methods=["GET", "POST"])
def people_import(request: ProjectRequest, project: Project) -> HttpResponse:
    """A CSV or XLSX file, which goes the way of what is pasted."""
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    context = {"here": "invite", "import_form": form, "form": PasteForm()}
    if not form.is_bound:
        return page(request, TAKE, context)
    if not form.is_valid():
        return page(request, TAKE, context, status=Outcome.INVALID)
    return _preview(request, _block(request, project, form.cleaned_data["file"]), PasteForm())


@project_view(Perm.PEOPLE_EDIT, methods=["POST"])
def people_paste(request: ProjectRequest, project: Project) -> HttpResponse:
    """A block of people: shown with what goes where, then taken."""
    form = PasteForm(request.POST)
    if not form.is_valid():
        context = {"here": "invite", "import_form": ImportForm(), "form": form}
        return page(request, TAKE, context, status=Outcome.INVALID)
    block = _block(request, project, form.cleaned_data["grid"])
    if request.POST.get("do") != "take":
        return _preview(request, block, form)
    outcome = submit(form, _taken(block), project, by=request.user)
    if outcome != Outcome.SAVED:
        return _preview(request, block, form, status=outcome)
    if block.refused:
        context = {"here": "invite", "form": PasteForm(initial={"text": block.left_over}), "found": block}
        return page(request, TAKE, context | {"taken": form.result, "import_form": ImportForm()})  # type: ignore[attr-defined]
    return gone_to(request, reverse("stakeholders:list", args=[project.pk]))


@project_view(Perm.PEOPLE_EDIT, methods=["GET", "POST"])
def people_reuse(request: ProjectRequest, project: Project) -> HttpResponse:
    """The people of one's other projects, several at once."""
    known = queries.known(project, request.user)
    form = ReuseForm(request.POST or None, known=known)
    outcome = submit(form, actions.reuse_people, project, by=request.user)
    if outcome == Outcome.SAVED:
        return gone_to(request, reverse("stakeholders:list", args=[project.pk]))
    ticked = set(request.POST.getlist("chosen"))
    context = {"here": "invite", "known": known, "form": form, "ticked": ticked}
    return page(request, REUSE, context, status=outcome)


def _block(request: ProjectRequest, project: Project, grid: Grid) -> Block:
    return read_people(project, grid, request.POST)


def _preview(request: ProjectRequest, block: Block, form: PasteForm, status: int = 200) -> HttpResponse:
    context = {"here": "invite", "found": block, "form": form, "is_preview": True}
    return page(request, TAKE, context, status=status)


def _taken(block: Block) -> Any:
    def take(project: Project, *, by: Any, **_form: Any) -> int:
        return actions.take_people(project, new=block.new, changed=block.changed, by=by)

    return take
