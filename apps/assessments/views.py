from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from apps.assessments import actions, queries, triage
from apps.assessments.forms import DutyForm, TriageForm, VerdictForm
from apps.assessments.section import KEY
from apps.core.forms import Outcome, submit
from apps.core.htmx import page, saved
from apps.events.queries import position
from apps.projects.access import ProjectRequest, project_view
from apps.projects.models import Project
from apps.projects.permissions import Perm
from apps.projects.sections import number_of

SHOW = "assessments/triage.html"
POST = ["POST"]


@project_view(Perm.PROJECT_READ)
def triage_show(request: ProjectRequest, project: Project) -> HttpResponse:
    return page(request, SHOW, _show(project), fragment="triage")


@project_view(Perm.SECTION_EDIT, methods=POST)
def triage_answer(request: ProjectRequest, project: Project) -> HttpResponse:
    form = TriageForm(request.POST)
    return _done(request, project, "form", form, submit(form, actions.answer_triage, project, by=request.user))


@project_view(Perm.SECTION_EDIT, methods=POST)
def triage_decide(request: ProjectRequest, project: Project) -> HttpResponse:
    form = VerdictForm(request.POST)
    return _done(request, project, "verdict_form", form, submit(form, actions.decide_triage, project, by=request.user))


@project_view(Perm.SECTION_EDIT, methods=POST)
def duty_take(request: ProjectRequest, project: Project) -> HttpResponse:
    form = DutyForm(request.POST)
    return _done(request, project, "refused", form, submit(form, actions.take_duty, project, by=request.user))


def _done(request: ProjectRequest, project: Project, name: str, form: Any, outcome: Outcome) -> HttpResponse:
    if outcome == Outcome.SAVED:
        then = reverse("assessments:triage", args=[project.pk])
        return saved(request, SHOW, _show(project), fragment="triage", then=then, changed=actions.CHANGED)
    shown = _show(project)
    if form.stale:
        # What was typed stays; sending it again, having seen the other answers, is deliberate.
        form.data = form.data.copy()
        form.data["version"] = str(shown["found"].version)
    return page(request, SHOW, {**shown, name: form}, fragment="triage", status=outcome)


def _show(project: Project) -> dict[str, Any]:
    found = queries.of(project)
    result = triage.assess(found.answers)
    taken = queries.taken(project)
    return {
        "project": project,
        "here": "draft",
        "number": number_of(KEY),
        "found": found,
        "result": result,
        "catalog": triage.catalog(),
        "because": [triage.titles()[key].ask for key in result.because],
        "duties": [(duty, (duty.what[:200], actions.origin(duty)) in taken) for duty in result.duties],
        "form": TriageForm(initial={**found.answers, "version": found.version}),
        "verdict_form": VerdictForm(initial={"verdict": found.verdict, "words": found.words, "version": found.version}),
        "seq": position(project.stream),
    }
