"""Guests on the page of the minutes: an address, an invitation, "that was me"."""

from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse

from apps.core.forms import NothingForm, Outcome, submit
from apps.core.htmx import gone_to, page
from apps.projects.access import ProjectRequest, project_view
from apps.projects.models import Project
from apps.projects.permissions import Perm
from apps.workshops import actions
from apps.workshops.forms import GuestAddressForm
from apps.workshops.views.found import seat_in, workshop_of
from apps.workshops.views.recap import RECAP, recap_context, recap_url

POST = ["POST"]


@project_view(Perm.WORKSHOP_HOST, methods=POST)
def address_note(request: ProjectRequest, project: Project, workshop_id: UUID, seat_id: UUID) -> HttpResponse:
    return _done(request, project, workshop_id, seat_id, GuestAddressForm(request.POST), actions.note_address)


@project_view(Perm.MEMBERS_MANAGE, methods=POST)
def guest_invite(request: ProjectRequest, project: Project, workshop_id: UUID, seat_id: UUID) -> HttpResponse:
    return _done(request, project, workshop_id, seat_id, NothingForm(request.POST), actions.invite_guest)


@project_view(Perm.PROJECT_READ, methods=POST)
def seat_claim(request: ProjectRequest, project: Project, workshop_id: UUID, seat_id: UUID) -> HttpResponse:
    return _done(request, project, workshop_id, seat_id, NothingForm(request.POST), actions.claim_seat)


def _done(
    request: ProjectRequest, project: Project, workshop_id: UUID, seat_id: UUID, form: Form, action: Any
) -> HttpResponse:
    workshop = workshop_of(project, workshop_id)
    outcome = submit(form, action, seat_in(workshop, seat_id), by=request.user)
    if outcome == Outcome.SAVED:
        return gone_to(request, recap_url(workshop))
    context = {**recap_context(request, workshop), "refused": form, "refused_seat": seat_id}
    return page(request, RECAP, context, fragment="guests", status=outcome)
