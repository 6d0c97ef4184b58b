"""Trying a workshop before anybody sees it."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from apps.core.forms import NothingForm, Outcome, submit
from apps.core.htmx import gone_to, page
from apps.projects.access import ProjectRequest, project_view
from apps.projects.models import Project
from apps.projects.permissions import Perm
from apps.workshops import actions
from apps.workshops.models import Workshop
from apps.workshops.views.console import console_url
from apps.workshops.views.door import HostRequest, host_view
from apps.workshops.views.found import workshop_of
from apps.workshops.views.planning import PLAN, plan_of

POST = ["POST"]


@project_view(Perm.WORKSHOP_HOST, methods=POST)
def rehearsal_start(request: ProjectRequest, project: Project, workshop_id: UUID) -> HttpResponse:
    workshop = workshop_of(project, workshop_id)
    form = NothingForm(request.POST)
    outcome = submit(form, actions.rehearse, workshop, by=request.user)
    if outcome == Outcome.SAVED:
        return gone_to(request, console_url(form.result))  # type: ignore[attr-defined]
    context = {**plan_of(request, workshop), "refused": form}
    return page(request, PLAN, context, fragment="agenda", status=outcome)


@host_view(methods=POST)
def rehearsal_delete(request: HostRequest, workshop: Workshop) -> HttpResponse:
    form = NothingForm(request.POST)
    outcome = submit(form, actions.delete_rehearsal, workshop, by=request.user)
    if outcome == Outcome.SAVED:
        return gone_to(request, reverse("workshops:list", args=[workshop.project_id]))
    context = {**plan_of(request, workshop), "refused": form}
    return page(request, PLAN, context, fragment="agenda", status=outcome)
