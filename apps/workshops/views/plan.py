"""The list of workshops, and the plan of one."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse

from apps.core.forms import Outcome, submit
from apps.core.htmx import gone_to, page, saved
from apps.events.queries import position
from apps.projects.access import ProjectRequest, project_view
from apps.projects.models import Project
from apps.projects.permissions import Perm
from apps.workshops import actions, blueprints, codes, queries
from apps.workshops.enums import Template
from apps.workshops.forms import (
    ActivityForm,
    AddActivityForm,
    ChangeWorkshopForm,
    CreateWorkshopForm,
    NothingForm,
    ShiftForm,
)
from apps.workshops.models import Activity, Workshop
from apps.workshops.views.found import activity_of, workshop_of

LIST = "workshops/list.html"
CREATE = "workshops/create.html"
PLAN = "workshops/plan.html"
POST = ["POST"]


@project_view(Perm.PROJECT_READ)
def workshop_list(request: ProjectRequest, project: Project) -> HttpResponse:
    context = {"here": "workshop", "workshops": queries.workshops(project), "seq": position(project.stream)}
    return page(request, LIST, context, fragment="rows")


@project_view(Perm.WORKSHOP_HOST, methods=["GET", "POST"])
def workshop_create(request: ProjectRequest, project: Project) -> HttpResponse:
    form = CreateWorkshopForm(request.POST or None)
    outcome = submit(form, actions.create_workshop, project, by=request.user)
    if outcome == Outcome.SAVED:
        return gone_to(request, form.result)  # type: ignore[attr-defined]
    about = {str(name): len(blueprints.agenda_of(name)) for name in Template}
    return page(request, CREATE, {"here": "workshop", "form": form, "blocks": about}, status=outcome)


@project_view(Perm.WORKSHOP_HOST)
def workshop_plan(request: ProjectRequest, project: Project, workshop_id: UUID) -> HttpResponse:
    workshop = workshop_of(project, workshop_id)
    return page(request, PLAN, _plan(workshop), fragment="agenda")


@project_view(Perm.WORKSHOP_HOST, methods=["GET", "POST"])
def workshop_change(request: ProjectRequest, project: Project, workshop_id: UUID) -> HttpResponse:
    workshop = workshop_of(project, workshop_id)
    form = ChangeWorkshopForm(request.POST or None, initial=_initial(workshop))
    outcome = submit(form, actions.change_workshop, workshop, by=request.user)
    if outcome == Outcome.SAVED:
        return gone_to(request, workshop)
    context = {"here": "workshop", "workshop": workshop, "form": form}
    return page(request, "workshops/change.html", context, fragment="form", status=outcome)


@project_view(Perm.WORKSHOP_HOST, methods=POST)
def activity_add(request: ProjectRequest, project: Project, workshop_id: UUID) -> HttpResponse:
    workshop = workshop_of(project, workshop_id)
    form = AddActivityForm(request.POST)
    return _planned(request, workshop, form, submit(form, actions.add_activity, workshop, by=request.user))


@project_view(Perm.WORKSHOP_HOST, methods=["GET", "POST"])
def activity_change(request: ProjectRequest, project: Project, workshop_id: UUID, activity_id: UUID) -> HttpResponse:
    """Without JavaScript the open row is the page's own answer to a GET."""
    workshop = workshop_of(project, workshop_id)
    activity = activity_of(workshop, activity_id)
    form = ActivityForm(request.POST or None, initial=_activity_initial(activity))
    outcome = submit(form, actions.change_activity, activity, by=request.user)
    if outcome == Outcome.SAVED:
        return saved(request, PLAN, _plan(workshop), fragment="agenda", then=workshop, changed="agenda:changed")
    context = {**_plan(workshop), "opened": activity.pk, "form": form}
    return page(request, PLAN, context, fragment="agenda", status=outcome)


@project_view(Perm.WORKSHOP_HOST, methods=POST)
def activity_shift(request: ProjectRequest, project: Project, workshop_id: UUID, activity_id: UUID) -> HttpResponse:
    workshop = workshop_of(project, workshop_id)
    form = ShiftForm(request.POST)
    activity = activity_of(workshop, activity_id)
    return _planned(request, workshop, form, submit(form, actions.shift_activity, activity, by=request.user))


@project_view(Perm.WORKSHOP_HOST, methods=POST)
def activity_remove(request: ProjectRequest, project: Project, workshop_id: UUID, activity_id: UUID) -> HttpResponse:
    workshop = workshop_of(project, workshop_id)
    form = NothingForm(request.POST)
    activity = activity_of(workshop, activity_id)
    return _planned(request, workshop, form, submit(form, actions.remove_activity, activity, by=request.user))


def _planned(request: ProjectRequest, workshop: Workshop, form: Any, outcome: Outcome) -> HttpResponse:
    context = _plan(workshop)
    if outcome == Outcome.SAVED:
        return saved(request, PLAN, context, fragment="agenda", then=workshop, changed="agenda:changed")
    return page(request, PLAN, {**context, "refused": form}, fragment="agenda", status=outcome)


def _plan(workshop: Workshop) -> dict[str, Any]:
    rows = queries.activities(workshop)
    parts, end = queries.plan_ruler(workshop, rows)
    total = queries.planned_minutes(rows)
    return {
        "workshop": workshop,
        "steps": queries.agenda(workshop, rows),
        "parts": parts,
        "end": end,
        "total": total,
        "over": max(0, total - workshop.minutes),
        "address": settings.PUBLIC_URL.split("//", 1)[-1],
        "qr": codes.qr(workshop.join_url),
        "seq": position(workshop.stream),
    }


def _initial(workshop: Workshop) -> dict[str, Any]:
    return {name: getattr(workshop, name) for name in ("title", "purpose", "scheduled_at", "minutes", "version")}


def _activity_initial(activity: Activity) -> dict[str, Any]:
    return {name: getattr(activity, name) for name in ("title", "note", "minutes", "version")}
