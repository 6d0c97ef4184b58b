from typing import Any, cast
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from apps.core.files import attachment, plain_name
from apps.core.forms import Outcome, submit
from apps.core.htmx import page, saved
from apps.events.queries import position
from apps.exports import actions, queries, store, verifying
from apps.exports.document import minutes_document
from apps.exports.forms import MakeForm, VerifyForm
from apps.exports.pdf import render_in_child
from apps.projects.access import ProjectRequest, project_view
from apps.projects.models import Project
from apps.projects.permissions import Perm
from apps.scope.models import Baseline
from apps.scope.queries import baselines
from apps.signoffs.queries import standing
from apps.workshops.minutes import minutes

SHOW, VERIFY = "exports/show.html", "exports/verify.html"


@project_view(Perm.PROJECT_READ)
def export_show(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    return page(request, SHOW, _show(_baseline(project, number), MakeForm()), fragment="files")


@project_view(Perm.EXPORT_MAKE, methods=["POST"])
def export_make(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    baseline = _baseline(project, number)
    form = MakeForm(request.POST)
    outcome = submit(form, actions.make_pdf, baseline, by=request.user)
    context = _show(baseline, form)
    if outcome == Outcome.SAVED:
        then = reverse("exports:show", args=[project.pk, number])
        return saved(request, SHOW, context, fragment="files", then=then, changed="exports:changed")
    return page(request, SHOW, context, fragment="files", status=outcome)


@project_view(Perm.PROJECT_READ)
def export_download(request: ProjectRequest, project: Project, export_id: UUID) -> HttpResponse:
    export = get_object_or_404(queries.exports(project), pk=export_id)
    file = store.path(export.file) if export.is_ready else None
    if file is None or not file.exists():
        raise Http404
    name = f"{plain_name(project.title)}, baseline {export.baseline.number}.pdf"
    response = FileResponse(file.open("rb"), as_attachment=True, filename=name, content_type="application/pdf")
    return cast("HttpResponse", response)


@project_view(Perm.PROJECT_READ)
def export_data(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    """The canonical JSON, byte for byte: its SHA-256 is the fingerprint."""
    baseline = _baseline(project, number)
    name = f"{plain_name(project.title)}, baseline {number}.json"
    return attachment(baseline.canonical.encode(), name, "application/json")


@project_view(Perm.PROJECT_READ)
def minutes_pdf(request: ProjectRequest, project: Project, workshop_id: UUID) -> HttpResponse:
    """The minutes of a workshop on paper: short, so it is drawn at once."""
    workshop = get_object_or_404(project.workshops.filter(rehearsal=False), pk=workshop_id)
    workshop.project = project
    paper = minutes_document(minutes(workshop))
    pdf = render_in_child(paper.html, assets=paper.assets, attachments=[], identifier=paper.identifier)
    name = f"{plain_name(workshop.title)}, minutes.pdf"
    return attachment(pdf, name, "application/pdf")


@require_http_methods(["GET", "POST"])
def file_verify(request: HttpRequest) -> HttpResponse:
    """Anyone may drop a PDF here and learn what it is. Nothing is kept."""
    form = VerifyForm(request.POST, request.FILES) if request.method == "POST" else VerifyForm()
    outcome = submit(form, verifying.look_at)
    status = 200 if outcome == Outcome.SAVED else outcome
    found = form.result if outcome == Outcome.SAVED else None  # type: ignore[attr-defined]
    return page(request, VERIFY, {"form": form, "found": found}, fragment="verify", status=status)


def _baseline(project: Project, number: int) -> Baseline:
    baseline = get_object_or_404(baselines(project), number=number)
    baseline.project = project
    return baseline


def _show(baseline: Baseline, form: MakeForm) -> dict[str, Any]:
    files = queries.of_baseline(baseline)
    now = standing(baseline)
    key = queries.effect_key(baseline, now)
    return {
        "baseline": baseline,
        "standing": now,
        "files": files,
        "current": next((file for file in files if file.effect_key == key), None),
        "under_way": any(file.is_under_way for file in files),
        "form": form,
        "seq": position(baseline.project.stream),
        "here": "sign",
    }
