"""The list of workshops, and what one is about."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse

from apps.core.forms import Outcome, submit
from apps.core.htmx import gone_to, page
from apps.events.queries import position
from apps.projects.access import ProjectRequest, project_view
from apps.projects.models import Project
from apps.projects.permissions import Perm
from apps.workshops import actions, asking, blueprints, queries
from apps.workshops.enums import Template
from apps.workshops.forms import (
    ChangeWorkshopForm,
    CreateWorkshopForm,
)
from apps.workshops.models import Workshop
from apps.workshops.views.found import workshop_of

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
    own = [(str(each.pk), each.name) for each in queries.saved_agendas()]
    form = CreateWorkshopForm(request.POST or None, own=own)
    outcome = submit(form, actions.create_workshop, project, by=request.user)
    if outcome == Outcome.SAVED:
        return gone_to(request, form.result)  # type: ignore[attr-defined]
    about = {str(name): len(blueprints.agenda_of(name)) for name in Template}
    return page(request, CREATE, {"here": "workshop", "form": form, "blocks": about}, status=outcome)


@project_view(Perm.WORKSHOP_HOST, methods=["GET", "POST"])
def workshop_change(request: ProjectRequest, project: Project, workshop_id: UUID) -> HttpResponse:
    workshop = workshop_of(project, workshop_id)
    form = ChangeWorkshopForm(request.POST or None, initial=_initial(workshop))
    outcome = submit(form, actions.change_workshop, workshop, by=request.user)
    if outcome == Outcome.SAVED:
        return gone_to(request, workshop)
    context = {"here": "workshop", "workshop": workshop, "form": form, "invites": asking.invites(workshop)}
    return page(request, "workshops/change.html", context, fragment="form", status=outcome)


def _initial(workshop: Workshop) -> dict[str, Any]:
    return {name: getattr(workshop, name) for name in ("title", "purpose", "scheduled_at", "minutes", "version")}
