from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from apps.architecture import actions, queries, section
from apps.architecture.drawing import as_mermaid, listed
from apps.architecture.forms import (
    AddComponentForm,
    ChangeComponentForm,
    ChangeFlowForm,
    FlowForm,
    MoveForm,
)
from apps.architecture.models import Component, Flow
from apps.core.files import attachment, plain_name
from apps.core.forms import NothingForm, Outcome, show_both, submit
from apps.core.htmx import gone_to, page, saved
from apps.events.queries import position
from apps.projects import advice
from apps.projects.access import ProjectRequest, project_view
from apps.projects.attached import attached
from apps.projects.models import Project
from apps.projects.permissions import Perm
from apps.projects.sections import number_of
from apps.projects.way_back import way_back

SHOW = "architecture/show.html"
PART = "architecture/part.html"
GET_POST, POST = ["GET", "POST"], ["POST"]


@project_view(Perm.PROJECT_READ)
def diagram_show(request: ProjectRequest, project: Project) -> HttpResponse:
    return page(request, SHOW, _show(project), fragment="diagram")


@project_view(Perm.PROJECT_READ)
def part_show(request: ProjectRequest, project: Project) -> HttpResponse:
    """The diagram as it stands in the document, again."""
    return attached(request, project, section.PART)


@project_view(Perm.PROJECT_READ)
def mermaid_show(request: ProjectRequest, project: Project) -> HttpResponse:
    name = f"{plain_name(project.title)}, architecture.mmd"
    return attachment(as_mermaid(section.snapshot(project)).encode(), name, "text/plain; charset=utf-8")


@project_view(Perm.SECTION_EDIT, methods=POST)
def sources_draw(request: ProjectRequest, project: Project) -> HttpResponse:
    form = NothingForm(request.POST)
    return _done(request, project, form, submit(form, actions.draw_sources, project, by=request.user), "refused")


@project_view(Perm.SECTION_EDIT, methods=POST)
def usual_draw(request: ProjectRequest, project: Project) -> HttpResponse:
    form = NothingForm(request.POST)
    return _done(request, project, form, submit(form, actions.draw_usual, project, by=request.user), "refused")


@project_view(Perm.SECTION_EDIT, methods=POST)
def component_add(request: ProjectRequest, project: Project) -> HttpResponse:
    form = AddComponentForm(request.POST)
    return _done(request, project, form, submit(form, actions.add_component, project, by=request.user), "add_form")


@project_view(Perm.SECTION_EDIT, methods=GET_POST)
def component_change(request: ProjectRequest, project: Project, component_id: UUID) -> HttpResponse:
    component = _component(project, component_id)
    initial = {name: getattr(component, name) for name in (*actions.FIELDS, "version")}
    form = ChangeComponentForm(request.POST or None, initial=initial)
    outcome = submit(form, actions.change_component, component, by=request.user)
    if outcome == Outcome.SAVED and (back := way_back(request, project)):
        return gone_to(request, back.url)
    both = show_both(form, component)
    return _done(request, project, form, outcome, "change_form", chosen=component, both=both)


@project_view(Perm.SECTION_EDIT, methods=POST)
def component_move(request: ProjectRequest, project: Project, component_id: UUID) -> HttpResponse:
    component = _component(project, component_id)
    form = MoveForm(request.POST)
    return _done(request, project, form, submit(form, actions.move_component, component, by=request.user), "refused")


@project_view(Perm.SECTION_EDIT, methods=POST)
def component_remove(request: ProjectRequest, project: Project, component_id: UUID) -> HttpResponse:
    form = NothingForm(request.POST)
    outcome = submit(form, actions.remove_component, _component(project, component_id), by=request.user)
    return _done(request, project, form, outcome, "refused")


@project_view(Perm.SECTION_EDIT, methods=POST)
def flow_add(request: ProjectRequest, project: Project) -> HttpResponse:
    form = FlowForm(project, request.POST)
    outcome = submit(form, actions.add_flow, project, by=request.user)
    if outcome == Outcome.SAVED and "drawn" in request.POST:
        return _ask(request, project, form.result)  # type: ignore[attr-defined]
    return _done(request, project, form, outcome, "flow_form")


def _ask(request: ProjectRequest, project: Project, flow: Flow) -> HttpResponse:
    """An arrow that was drawn by hand says nothing yet: its form is open, and the caret stands where it says what travels."""
    url = reverse("architecture:change_flow", args=[project.pk, flow.pk])
    form = ChangeFlowForm(project, initial=_of(flow))
    form.fields["carries"].widget.attrs["data-focus"] = True
    context = {**_show(project), "change_form": form, "chosen": flow, "change_url": url, "asked": True}
    return saved(request, SHOW, context, fragment="diagram", then=url, changed=actions.CHANGED)


def _of(flow: Flow) -> dict[str, Any]:
    return {name: getattr(flow, name) for name in ("source", "target", "carries", "personal", "version")}


@project_view(Perm.SECTION_EDIT, methods=GET_POST)
def flow_change(request: ProjectRequest, project: Project, flow_id: UUID) -> HttpResponse:
    flow = _flow(project, flow_id)
    form = ChangeFlowForm(project, request.POST or None, initial=_of(flow))
    outcome = submit(form, actions.change_flow, flow, by=request.user)
    both = show_both(form, flow)
    return _done(request, project, form, outcome, "change_form", chosen=flow, both=both)


@project_view(Perm.SECTION_EDIT, methods=POST)
def flow_remove(request: ProjectRequest, project: Project, flow_id: UUID) -> HttpResponse:
    form = NothingForm(request.POST)
    outcome = submit(form, actions.remove_flow, _flow(project, flow_id), by=request.user)
    return _done(request, project, form, outcome, "refused")


def _done(
    request: ProjectRequest, project: Project, form: Form, outcome: Outcome, name: str, **more: Any
) -> HttpResponse:
    if outcome == Outcome.SAVED:
        then = reverse("architecture:show", args=[project.pk])
        context = {**_show(project), **_next(project, form)}
        return saved(request, SHOW, context, fragment="diagram", then=then, changed=actions.CHANGED)
    return page(request, SHOW, {**_show(project), name: form, **more}, fragment="diagram", status=outcome)


def _show(project: Project) -> dict[str, Any]:
    diagram = queries.diagram(project)
    snapshot = section.as_snapshot(diagram)
    return {
        "project": project,
        "here": "draft",
        "number": number_of(section.SECTION),
        "diagram": diagram,
        "snapshot": snapshot,
        "rows": list(zip(listed(snapshot), diagram.flows, strict=True)),
        "findings": section.said_of(diagram, section.edit_url(project)),
        "advice": advice.of(project, {section.SECTION: {"diagram": snapshot}}),
        "add_form": AddComponentForm(auto_id="add_%s"),
        "flow_form": FlowForm(project, auto_id="flow_%s"),
        "undrawn": queries.undrawn_sources(project, diagram.components),
        "seq": position(project.stream),
    }


def _next(project: Project, form: Form) -> dict[str, Any]:
    """Whoever adds one usually adds another: the form is ready for it, in the same lane, or where the arrow ended."""
    if isinstance(form, AddComponentForm):
        lane = form.cleaned_data["lane"]
        return {"add_form": AddComponentForm.going_on(initial={"lane": lane}, auto_id="add_%s")}
    if type(form) is FlowForm:
        target = form.cleaned_data["target"]
        return {"flow_form": FlowForm.going_on(project, initial={"source": target}, auto_id="flow_%s")}
    return {}


def _component(project: Project, component_id: UUID) -> Component:
    return get_object_or_404(queries.components_of(project).select_related("project"), pk=component_id)


def _flow(project: Project, flow_id: UUID) -> Flow:
    flow = get_object_or_404(queries.flows_of(project), pk=flow_id)
    flow.project = project
    return flow
