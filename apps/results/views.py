from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from apps.core.forms import Outcome, show_both, submit
from apps.core.htmx import gone_to, page, saved
from apps.projects.access import ProjectRequest, project_view
from apps.projects.attached import attached
from apps.projects.models import Project
from apps.projects.permissions import Perm
from apps.projects.way_back import way_back
from apps.results import actions, queries, section
from apps.results.drawing import WIDTH
from apps.results.forms import BenefitForm, ChangeBenefitForm, CorrectValueForm, ValueForm

SHOW = "results/show.html"
BOTH, POST = ["GET", "POST"], ["POST"]
VALUES, BENEFITS = "values", "benefits"


@project_view(Perm.PROJECT_READ)
def show(request: ProjectRequest, project: Project) -> HttpResponse:
    return page(request, SHOW, _shown(project), fragment=VALUES)


@project_view(Perm.PROJECT_READ)
def benefits(request: ProjectRequest, project: Project) -> HttpResponse:
    """The table of benefits alone, for a page that heard of a change."""
    return page(request, SHOW, _shown(project), fragment=BENEFITS)


@project_view(Perm.PROJECT_READ)
def benefits_part(request: ProjectRequest, project: Project) -> HttpResponse:
    """The benefits as they stand in the document, again."""
    return attached(request, project, section.PART)


@project_view(Perm.PROJECT_EDIT, methods=BOTH)
def value_enter(request: ProjectRequest, project: Project, objective_id: UUID) -> HttpResponse:
    promised = queries.promise_of(project, objective_id)
    if promised is None:
        raise Http404
    form = ValueForm(request.POST or None, initial={"source": promised.method})
    outcome = submit(form, actions.enter_value, project, objective=objective_id, by=request.user)
    return _answer(request, project, VALUES, outcome, {"value_form": form, "measuring": str(objective_id)})


@project_view(Perm.PROJECT_EDIT, methods=BOTH)
def value_correct(request: ProjectRequest, project: Project, value_id: UUID) -> HttpResponse:
    measurement = get_object_or_404(queries.measurements(project), pk=value_id)
    form = CorrectValueForm.of(request.POST or None, measurement)
    outcome = submit(form, actions.correct_value, measurement, by=request.user)
    more = {"value_form": form, "correcting": measurement.pk, "measuring": str(measurement.objective)}
    return _answer(request, project, VALUES, outcome, {**more, "both": show_both(form, measurement)})


@project_view(Perm.PROJECT_EDIT, methods=POST)
def value_remove(request: ProjectRequest, project: Project, value_id: UUID) -> HttpResponse:
    actions.remove_value(get_object_or_404(queries.measurements(project), pk=value_id), by=request.user)
    return _answer(request, project, VALUES, Outcome.SAVED, {})


@project_view(Perm.PROJECT_EDIT, methods=BOTH)
def benefit_add(request: ProjectRequest, project: Project) -> HttpResponse:
    form = BenefitForm(request.POST or None, project=project)
    outcome = submit(form, actions.add_benefit, project, by=request.user)
    return _answer(request, project, BENEFITS, outcome, {"benefit_form": form, "adding": True})


@project_view(Perm.PROJECT_EDIT, methods=BOTH)
def benefit_edit(request: ProjectRequest, project: Project, benefit_id: UUID) -> HttpResponse:
    benefit = get_object_or_404(queries.benefits(project), pk=benefit_id)
    form = ChangeBenefitForm.of(request.POST or None, benefit)
    outcome = submit(form, actions.change_benefit, benefit, by=request.user)
    more = {"benefit_form": form, "editing": str(benefit.pk), "both": show_both(form, benefit)}
    return _answer(request, project, BENEFITS, outcome, more)


@project_view(Perm.PROJECT_EDIT, methods=POST)
def benefit_remove(request: ProjectRequest, project: Project, benefit_id: UUID) -> HttpResponse:
    actions.remove_benefit(get_object_or_404(queries.benefits(project), pk=benefit_id), by=request.user)
    return _answer(request, project, BENEFITS, Outcome.SAVED, {})


def _answer(request: ProjectRequest, project: Project, what: str, outcome: Outcome, more: dict[str, Any]) -> HttpResponse:  # fmt: skip
    """The region that the form stands in, saved or with the form open."""
    if outcome == Outcome.SAVED:
        if back := way_back(request, project):
            return gone_to(request, back.url)
        then = f"{reverse('results:show', args=[project.pk])}#{what}"
        changed = "measurements:changed" if what == VALUES else "benefits:changed"
        return saved(request, SHOW, _shown(project), fragment=what, then=then, changed=changed)
    return page(request, SHOW, {**_shown(project), **more}, fragment=what, status=outcome)


def _shown(project: Project) -> dict[str, Any]:
    return {
        "project": project,
        "here": "change",
        "results": queries.results(project),
        "benefits": section.snapshot(project),
        "width": WIDTH,
    }
