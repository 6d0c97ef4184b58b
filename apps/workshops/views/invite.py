"""Inviting people, the time around the meeting, calling it off, and the calendar."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse

from apps.core.files import attachment
from apps.core.forms import Outcome, submit
from apps.core.htmx import gone_to, page, saved
from apps.projects.access import ProjectRequest, project_view
from apps.projects.models import Project
from apps.projects.permissions import Perm
from apps.workshops import actions, asking, calendar, queries
from apps.workshops.access import RoomRequest, room_view
from apps.workshops.forms import AroundForm, CallOffForm, InviteForm
from apps.workshops.models import Workshop
from apps.workshops.views.door import HostRequest, host_view
from apps.workshops.views.found import again, workshop_of
from apps.workshops.views.planning import PLAN, plan_of

INVITE = "workshops/invite.html"
CALL_OFF = "workshops/call_off.html"
GET_POST = ["GET", "POST"]


@project_view(Perm.WORKSHOP_HOST, methods=GET_POST)
def people_invite(request: ProjectRequest, project: Project, workshop_id: UUID) -> HttpResponse:
    """Shows exactly who would get a mail; only who is ticked or typed does."""
    workshop = workshop_of(project, workshop_id)
    ahead = asking.asks_ahead(workshop)
    offered = asking.offered(workshop)
    settled = asking.has_guests(workshop)
    form = InviteForm(_sent(request), offered=offered, ahead=ahead, mail=not settled, initial=_ticked(offered, ahead))
    outcome = submit(form, actions.invite_people, workshop, by=request.user)
    if outcome == Outcome.SAVED:
        return gone_to(request, workshop)
    context = {
        "here": "workshop",
        "workshop": workshop,
        "form": form,
        "offered": offered,
        "invites": asking.invites(workshop),
    }
    return page(request, INVITE, context, fragment="form", status=outcome)


@host_view(methods=["POST"])
def around_plan(request: HostRequest, workshop: Workshop) -> HttpResponse:
    form = AroundForm(request.POST)
    outcome = submit(form, actions.plan_around, workshop, by=request.user)
    if outcome == Outcome.SAVED:
        context = plan_of(request, again(workshop))
        return saved(request, PLAN, context, fragment="side", then=workshop, changed="agenda:changed")
    return page(request, PLAN, {**plan_of(request, workshop), "around_form": form}, fragment="side", status=outcome)


@project_view(Perm.WORKSHOP_HOST, methods=GET_POST)
def workshop_call_off(request: ProjectRequest, project: Project, workshop_id: UUID) -> HttpResponse:
    workshop = workshop_of(project, workshop_id)
    form = CallOffForm(_sent(request))
    outcome = submit(form, actions.call_off, workshop, by=request.user)
    if outcome == Outcome.SAVED:
        return gone_to(request, reverse("workshops:list", args=[project.pk]))
    context = {"here": "workshop", "workshop": workshop, "form": form, "invites": asking.invites(workshop)}
    return page(request, CALL_OFF, context, fragment="form", status=outcome)


@project_view(Perm.PROJECT_READ)
def calendar_take(request: ProjectRequest, project: Project, workshop_id: UUID) -> HttpResponse:
    return _file(workshop_of(project, workshop_id), for_member=True)


@room_view()
def calendar_room(request: RoomRequest, workshop: Workshop) -> HttpResponse:
    """The same for guests, who read the host's address in it only if the host shows it."""
    return _file(workshop, for_member=queries.is_member(request.seat))


def _file(workshop: Workshop, *, for_member: bool) -> HttpResponse:
    if workshop.scheduled_at is None:
        raise Http404
    method = calendar.CANCEL if workshop.is_called_off else calendar.PUBLISH
    words = calendar.ics(workshop, method=method, for_member=for_member)
    return attachment(words.encode(), "workshop.ics", "text/calendar; charset=utf-8")


def _ticked(offered: list[Any], ahead: bool) -> dict[str, Any]:
    return {"people": [asked.email.lower() for asked in offered], "ahead": ahead}


def _sent(request: ProjectRequest) -> Any:
    """The body of a POST, an empty one too."""
    return request.POST if request.method == "POST" else None
