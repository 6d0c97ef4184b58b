from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from apps.assessments import actions, queries
from apps.assessments.forms import DutyForm, EditionForm, QuestionForm, TriageForm, VerdictForm
from apps.assessments.section import KEY
from apps.core.forms import NothingForm, Outcome, submit
from apps.core.htmx import page, saved
from apps.events.queries import position
from apps.projects.access import ProjectRequest, project_view
from apps.projects.models import Project
from apps.projects.permissions import Perm
from apps.projects.sections import number_of, reading
from apps.tables import catalogs

SHOW = "assessments/triage.html"
POST = ["POST"]


@project_view(Perm.PROJECT_READ)
def triage_show(request: ProjectRequest, project: Project) -> HttpResponse:
    return page(request, SHOW, _show(request, project), fragment="triage")


@project_view(Perm.SECTION_EDIT, methods=POST)
def triage_answer(request: ProjectRequest, project: Project) -> HttpResponse:
    form = TriageForm(request.POST, asked=queries.asked(project))
    return _done(request, project, "form", form, submit(form, actions.answer_triage, project, by=request.user))


@project_view(Perm.SECTION_EDIT, methods=POST)
def triage_decide(request: ProjectRequest, project: Project) -> HttpResponse:
    form = VerdictForm(request.POST)
    return _done(request, project, "verdict_form", form, submit(form, actions.decide_triage, project, by=request.user))


@project_view(Perm.SECTION_EDIT, methods=POST)
def duty_take(request: ProjectRequest, project: Project) -> HttpResponse:
    form = DutyForm(request.POST)
    return _done(request, project, "refused", form, submit(form, actions.take_duty, project, by=request.user))


@project_view(Perm.SECTION_EDIT, methods=POST)
def edition_take(request: ProjectRequest, project: Project) -> HttpResponse:
    """Today's edition, after its differences were shown."""
    form = EditionForm(request.POST)
    return _done(request, project, "refused", form, submit(form, actions.take_edition, project, by=request.user))


@project_view(Perm.SECTION_EDIT, methods=POST)
def question_add(request: ProjectRequest, project: Project) -> HttpResponse:
    form = QuestionForm(request.POST)
    return _done(request, project, "question_form", form, submit(form, actions.add_question, project, by=request.user))


@project_view(Perm.SECTION_EDIT, methods=POST)
def question_drop(request: ProjectRequest, project: Project, entry_id: UUID) -> HttpResponse:
    """By who added it, or by who runs the installation."""
    entry = get_object_or_404(catalogs.own_entries(queries.OWN), pk=entry_id)
    if not catalogs.may_drop(entry, request.user):
        raise PermissionDenied
    form = NothingForm(request.POST)
    outcome = submit(form, actions.drop_question, project, entry, by=request.user)
    return _done(request, project, "refused", form, outcome)


def _done(request: ProjectRequest, project: Project, name: str, form: Any, outcome: Outcome) -> HttpResponse:
    if outcome == Outcome.SAVED:
        then = reverse("assessments:triage", args=[project.pk])
        return saved(request, SHOW, _show(request, project), fragment="triage", then=then, changed=actions.CHANGED)
    shown = _show(request, project)
    if form.stale:
        # What was typed stays; sending it again, having seen the other answers, is deliberate.
        form.data = form.data.copy()
        form.data["version"] = str(shown["found"].version)
    return page(request, SHOW, {**shown, name: form}, fragment="triage", status=outcome)


def _show(request: ProjectRequest, project: Project) -> dict[str, Any]:
    with reading(project):
        found, asked, result = queries.of(project), queries.asked(project), queries.result(project)
        newer = queries.newer(project)
    taken, seated = queries.taken(project), queries.seated(project)
    return {
        "project": project,
        "here": "draft",
        "number": number_of(KEY),
        "found": found,
        "result": result,
        "catalog": asked,
        "newer": newer,
        "because": [asked.asked[key].ask for key in result.because],
        "clash": [asked.asked[key].ask for key in result.clash],
        "duties": [
            (duty, duty.key in seated or (duty.what[:200], actions.origin(duty)) in taken) for duty in result.duties
        ],
        "form": TriageForm(initial={**found.answers, "version": found.version}, asked=asked),
        "verdict_form": VerdictForm(initial={"verdict": found.verdict, "words": found.words, "version": found.version}),
        "own": [(entry, catalogs.may_drop(entry, request.user)) for entry in catalogs.own_entries(queries.OWN)],
        "question_form": QuestionForm(),
        "seq": position(project.stream),
    }
