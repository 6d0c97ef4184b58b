"""Who drives, who may come in, and what participants see."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.cache import never_cache

from apps.core.forms import NothingForm, submit
from apps.core.htmx import page
from apps.workshops import actions, queries, screens
from apps.workshops.enums import Part
from apps.workshops.forms import HostForm, LockForm, RenameSeatForm
from apps.workshops.models import Participant, Workshop
from apps.workshops.views.console import answered
from apps.workshops.views.door import HostRequest, host_view
from apps.workshops.views.found import seat_in

POST = ["POST"]
PREVIEW = "workshops/preview.html"


@never_cache
@host_view()
def preview_show(request: HostRequest, workshop: Workshop) -> HttpResponse:
    """What participants see now. Nobody sits on this chair, and nothing can be sent from it."""
    room = queries.room(workshop.pk)
    assert room is not None
    nobody = Participant(workshop=room, name="", role=Part.PARTICIPANT)
    context = {**screens.screen(room, nobody), "project": workshop.project, "preview": True}
    return page(request, PREVIEW, context, fragment="mirror")


@host_view(methods=POST)
def host_here(request: HostRequest, workshop: Workshop) -> HttpResponse:
    """An open host's screen says that it is there."""
    actions.show_host(workshop, by=request.user)
    return HttpResponse(status=204)


@host_view(methods=POST)
def room_lock(request: HostRequest, workshop: Workshop) -> HttpResponse:
    form = LockForm(request.POST)
    return answered(request, workshop, form, submit(form, actions.lock_room, workshop, by=request.user))


@host_view(methods=POST)
def host_take_over(request: HostRequest, workshop: Workshop) -> HttpResponse:
    form = NothingForm(request.POST)
    return answered(request, workshop, form, submit(form, actions.take_over, workshop, by=request.user))


@host_view(methods=POST)
def seat_host(request: HostRequest, workshop: Workshop, seat_id: UUID) -> HttpResponse:
    form = HostForm(request.POST)
    outcome = submit(form, actions.make_host, seat_in(workshop, seat_id), by=request.user)
    return answered(request, workshop, form, outcome)


@host_view(methods=POST)
def seat_rename(request: HostRequest, workshop: Workshop, seat_id: UUID) -> HttpResponse:
    form = RenameSeatForm(request.POST)
    outcome = submit(form, actions.rename_participant, seat_in(workshop, seat_id), by=request.user)
    return answered(request, workshop, form, outcome)
