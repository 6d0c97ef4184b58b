from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from apps.core.errors import DomainError
from apps.core.forms import Outcome, show_both, submit
from apps.core.htmx import gone_to, page, saved
from apps.projects import actions, advice, measures, named, objective_rules, queries, section_frame
from apps.projects.access import ProjectRequest, project_view
from apps.projects.attached import attached
from apps.projects.forms import ChangeObjectiveForm, FrameForm, ObjectiveForm
from apps.projects.models import Objective, Project
from apps.projects.objective_paste import read_objective
from apps.projects.permissions import Perm
from apps.projects.way_back import way_back
from apps.tables import queries as tables
from apps.tables.declared import register
from apps.tables.forms import UndoForm, show_clashes
from apps.tables.queries import Batch

FRAME = "projects/frame.html"
CHANGED = "objectives:changed"
ASKED = ("title", "metric", "baseline", "target", "due", "method", "owner")
"""What a sentence should say."""


@project_view(Perm.PROJECT_READ)
def frame(request: ProjectRequest, project: Project) -> HttpResponse:
    """The use case and its objectives, to read."""
    done = tables.batch(project, register(Objective.REGISTER), request.GET.get("done", ""), by=request.user)
    return page(request, FRAME, _frame(project) | {"done": done}, fragment="use_case")


@project_view(Perm.PROJECT_READ)
def frame_part(request: ProjectRequest, project: Project) -> HttpResponse:
    """The frame as it stands in the document, again."""
    return attached(request, project, section_frame.PART)


@project_view(Perm.PROJECT_EDIT, methods=["GET", "POST"])
def frame_edit(request: ProjectRequest, project: Project) -> HttpResponse:
    form = FrameForm.of(request.POST or None, project)
    outcome = submit(form, actions.frame_project, project, by=request.user)
    if outcome == Outcome.SAVED:
        if back := way_back(request, project):
            return gone_to(request, back.url)
        return saved(
            request, FRAME, _frame(project), fragment="use_case", then=reverse("projects:frame", args=[project.pk])
        )
    both = show_both(form, project)
    context = {**_frame(project), "use_case_form": form, "both": both}
    return page(request, FRAME, context, fragment="use_case", status=outcome)


@project_view(Perm.PROJECT_READ)
def objectives(request: ProjectRequest, project: Project) -> HttpResponse:
    """The table alone, for a page that heard of a change."""
    return page(request, FRAME, _frame(project), fragment="objectives")


@project_view(Perm.PROJECT_EDIT, methods=["GET", "POST"])
def objective_add(request: ProjectRequest, project: Project) -> HttpResponse:
    sentence, found = _read(request)
    form = ObjectiveForm(request.POST or None, initial=found)
    outcome = submit(form, actions.add_objective, project, by=request.user)
    if outcome == Outcome.SAVED:
        return _saved(request, project, tables.done_to(form.result, since=0, by=request.user))  # type: ignore[attr-defined]
    context = {**_frame(project), "form": form, "adding": True, **_heard(sentence, found), **_offered(project)}
    return page(request, FRAME, context, fragment="objectives", status=outcome)


@project_view(Perm.PROJECT_EDIT, methods=["GET", "POST"])
def objective_edit(request: ProjectRequest, project: Project, objective_id: UUID) -> HttpResponse:
    objective = get_object_or_404(queries.objectives(project), pk=objective_id)
    sentence, found = _read(request)
    form = ChangeObjectiveForm.of(request.POST or None, objective, said=found)
    outcome = submit(form, actions.change_objective, objective, by=request.user)
    if outcome == Outcome.SAVED:
        if back := way_back(request, project):
            return gone_to(request, back.url)
        return _saved(request, project, tables.done_to(objective, since=form.cleaned_data["version"], by=request.user))
    both = show_clashes(form, objective)
    form.look_at(request.GET.get("field", ""))
    context = {**_frame(project), "form": form, "editing": objective.pk, "both": both, **_offered(project)}
    context |= {
        **_heard(sentence, found),
        "aim": objective_rules.skeleton(objective),
        "measures": objective_rules.measures(objective),
    }
    return page(request, FRAME, context, fragment="objectives", status=outcome)


@project_view(Perm.PROJECT_EDIT, methods=["POST"])
def objective_remove(request: ProjectRequest, project: Project, objective_id: UUID) -> HttpResponse:
    objective = get_object_or_404(queries.objectives(project), pk=objective_id)
    return _saved(request, project, actions.remove_objective(objective, by=request.user))


@project_view(Perm.PROJECT_EDIT, methods=["POST"])
def objectives_undo(request: ProjectRequest, project: Project, batch: UUID) -> HttpResponse:
    """Take back what was done to objectives in one go."""
    form = UndoForm(request.POST)
    outcome = submit(form, actions.undo_objectives, project, batch, by=request.user)
    if outcome == Outcome.SAVED:
        return _saved(request, project, form.result)  # type: ignore[attr-defined]
    return page(request, FRAME, {**_frame(project), "refused": form}, fragment="objectives", status=outcome)


@project_view(Perm.PROJECT_EDIT, methods=["POST"])
def objective_move(request: ProjectRequest, project: Project, objective_id: UUID) -> HttpResponse:
    """One place up or down; at the end of the table nothing happens."""
    objective = get_object_or_404(queries.objectives(project), pk=objective_id)
    to = "up" if request.POST.get("to") == "up" else "down"
    actions.move_objective(objective, to=to, by=request.user)
    return _saved(request, project)


@project_view(Perm.MEMBERS_MANAGE, methods=["POST"])
def sample_remove(request: ProjectRequest, project: Project) -> HttpResponse:
    try:
        actions.remove_sample(project, by=request.user)
    except DomainError as refusal:
        return page(
            request, FRAME, {**_frame(project), "refusal": str(refusal)}, fragment="use_case", status=Outcome.REFUSED
        )
    return gone_to(request, "/")


def _read(request: ProjectRequest) -> tuple[str, dict[str, Any]]:
    """The sentence that somebody wants read into the fields, and what it says."""
    sentence = request.GET.get("sentence", "")[:500]
    found = asdict(read_objective(sentence, timezone.localdate())) if sentence else {}
    return sentence, {name: value for name, value in found.items() if value not in ("", None)}


def _heard(sentence: str, found: dict[str, Any]) -> dict[str, Any]:
    """The sentence again, and the fields that it says nothing of."""
    silent = [str(ObjectiveForm.base_fields[name].label) for name in ASKED if sentence and name not in found]
    return {"sentence": sentence, "silent": silent, "heard": any(name in found for name in ASKED[1:])}


def _saved(request: ProjectRequest, project: Project, done: Batch | None = None) -> HttpResponse:
    """The objectives again; `done` can be undone for a while."""
    asked = f"?done={done.id}" if done else ""
    then = f"{reverse('projects:frame', args=[project.pk])}{asked}#objectives"
    context, oob = _frame(project) | {"done": done}, ["undo"] if done else []
    return saved(request, FRAME, context, fragment="objectives", oob=oob, then=then, changed=CHANGED)


def _offered(project: Project) -> dict[str, Any]:
    """What the form of an objective offers while typing."""
    return {"people": named.names(project), "catalog": measures.known()}


def _frame(project: Project) -> dict[str, Any]:
    rows = objective_rules.all_of(list(queries.objectives(project)), timezone.localdate())
    weak = sum(1 for _objective, found in rows if found)
    frame = section_frame.snapshot(project)
    said = advice.of(project, {"purpose": {"frame": frame}, "objectives": {"objectives": [each.title for each, _found in rows]}})  # fmt: skip
    return {
        "project": project,
        "here": "frame",
        "objectives": rows,
        "weak": weak,
        "frame": frame,
        "noted": section_frame.findings(project) if project.pain else [],
        "advice": [one for one in said if one.section == section_frame.SECTION],
        "of_objectives": [one for one in said if one.section != section_frame.SECTION],
    }
