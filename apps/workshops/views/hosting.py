"""Who drives, who may come in, and what participants see."""

from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.views.decorators.cache import never_cache

from apps.core.forms import NothingForm, Outcome, submit
from apps.core.htmx import page, saved
from apps.workshops import actions, queries, screens
from apps.workshops.enums import Part
from apps.workshops.forms import HostForm, LockForm, RenameSeatForm
from apps.workshops.models import Participant, Workshop
from apps.workshops.views.console import CONSOLE, answered, console, console_url
from apps.workshops.views.door import HostRequest, host_view
from apps.workshops.views.found import again, seat_in

POST = ["POST"]
PREVIEW = "workshops/preview.html"
SEAT = "workshops/seat.html"


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


@never_cache
@host_view()
def seat_show(request: HostRequest, workshop: Workshop, seat_id: UUID) -> HttpResponse:
    """What can be done about one person."""
    return page(request, SEAT, _seat(workshop, seat_in(workshop, seat_id)), fragment="desk")


@host_view(methods=POST)
def seat_host(request: HostRequest, workshop: Workshop, seat_id: UUID) -> HttpResponse:
    return _settled(request, workshop, seat_id, HostForm(request.POST), actions.make_host)


@host_view(methods=POST)
def seat_rename(request: HostRequest, workshop: Workshop, seat_id: UUID) -> HttpResponse:
    return _settled(request, workshop, seat_id, RenameSeatForm(request.POST), actions.rename_participant)


@host_view(methods=POST)
def seat_remove(request: HostRequest, workshop: Workshop, seat_id: UUID) -> HttpResponse:
    return _settled(request, workshop, seat_id, NothingForm(request.POST), actions.remove_participant)


def _settled(request: HostRequest, workshop: Workshop, seat_id: UUID, form: Form, action: Any) -> HttpResponse:
    """Done, the dialog is gone and the people beside the board are as they are now; refused, it says why."""
    seat = seat_in(workshop, seat_id)
    outcome = submit(form, action, seat, by=request.user)
    if outcome != Outcome.SAVED:
        return page(request, SEAT, {**_seat(workshop, seat), "refused": form}, fragment="desk", status=outcome)
    context, then = console(request, again(workshop)), console_url(workshop)
    return saved(request, CONSOLE, context, fragment="desk", oob=["side"], then=then, changed="people:changed")


def _seat(workshop: Workshop, seat: Participant) -> dict[str, Any]:
    return {"workshop": workshop, "project": workshop.project, "person": seat, "here": "workshop"}
