from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from apps.assessments import actions, queries
from apps.assessments.forms import DutyForm, EditionForm, LandingForm, QuestionForm, TriageForm, VerdictForm
from apps.assessments.section import KEY
from apps.core.forms import NothingForm, Outcome, submit
from apps.core.htmx import page, saved
from apps.events.queries import position
from apps.projects.access import ProjectRequest, project_view
from apps.projects.models import Project
from apps.projects.permissions import Perm
from apps.projects.sections import number_of, reading
from apps.registers.declared import registers
from apps.tables import catalogs
from apps.tables import queries as tables
from apps.tables.declared import register
from apps.tables.forms import UndoForm
from apps.tables.queries import Batch

SHOW = "assessments/triage.html"
POST = ["POST"]


@project_view(Perm.PROJECT_READ)
def triage_show(request: ProjectRequest, project: Project) -> HttpResponse:
    done = _undoable(project, _done_before(request, project))
    return page(request, SHOW, {**_show(request, project), **done}, fragment="triage")


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
    outcome = submit(form, actions.take_duty, project, by=request.user)
    return _taken(request, project, form, outcome)


@project_view(Perm.SECTION_EDIT, methods=POST)
def duties_take(request: ProjectRequest, project: Project) -> HttpResponse:
    """Everything that goes into one register."""
    form = LandingForm(request.POST)
    outcome = submit(form, actions.take_duties, project, by=request.user)
    return _taken(request, project, form, outcome)


@project_view(Perm.SECTION_EDIT, methods=POST)
def duties_undo(request: ProjectRequest, project: Project, key: str, batch: UUID) -> HttpResponse:
    form = UndoForm(request.POST)
    outcome = submit(form, actions.undo_duties, project, key, batch, by=request.user)
    return _taken(request, project, form, outcome)


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


def _taken(request: ProjectRequest, project: Project, form: Any, outcome: Outcome) -> HttpResponse:
    """After rows were taken or taken back: with the way to undo it, on a fresh page too."""
    done = form.result if outcome == Outcome.SAVED else None
    if not done or not done.rows:
        return _done(request, project, "refused", form, outcome)
    then = {"in": done.rows[0].register, "done": done.id}
    context = {**_show(request, project), **_undoable(project, done)}
    address = f"{reverse('assessments:triage', args=[project.pk])}?{urlencode(then)}"
    return saved(request, SHOW, context, fragment="triage", then=address, changed=actions.CHANGED)


def _undoable(project: Project, done: Batch | None) -> dict[str, Any]:
    if done is None:
        return {}
    return {"done": done, "undo_url": reverse("assessments:undo", args=[project.pk, done.rows[0].register, done.id])}


def _done_before(request: ProjectRequest, project: Project) -> Batch | None:
    """What the address says was done a moment ago."""
    key = request.GET.get("in", "")
    if key not in {found.key for found in registers()}:
        return None
    return tables.batch(project, register(key), request.GET.get("done", ""), by=request.user)


def _done(request: ProjectRequest, project: Project, name: str, form: Any, outcome: Outcome) -> HttpResponse:
    if outcome == Outcome.SAVED:
        # Whoever answered the last question is far below what follows from it.
        answered = name == "form"
        then = reverse("assessments:triage", args=[project.pk]) + ("#triage-result" if answered else "")
        context = {**_show(request, project), "answered": answered}
        return saved(request, SHOW, context, fragment="triage", then=then, changed=actions.CHANGED)
    shown = _show(request, project)
    if form.stale:
        # What was typed stays; sending it again, having seen the other answers, is deliberate.
        form.data = form.data.copy()
        form.data["version"] = str(shown["found"].version)
    return page(request, SHOW, {**shown, name: form}, fragment="triage", status=outcome)


def _show(request: ProjectRequest, project: Project) -> dict[str, Any]:
    with reading(project):
        found, asked, result = queries.of(project), queries.asked(project), queries.result(project)
        newer, landings = queries.newer(project), queries.landings(project)
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
        "landings": landings,
        "form": TriageForm(initial={**found.answers, "version": found.version}, asked=asked),
        "verdict_form": VerdictForm(initial={"verdict": found.verdict, "words": found.words, "version": found.version}),
        "own": [(entry, catalogs.may_drop(entry, request.user)) for entry in catalogs.own_entries(queries.OWN)],
        "question_form": QuestionForm(),
        "seq": position(project.stream),
    }
