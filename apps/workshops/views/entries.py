"""The stakeholder map: everybody adds and changes, from their own screen or the host's."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.cache import never_cache

from apps.accounts.models import User
from apps.core.forms import Outcome, submit
from apps.core.htmx import page, saved
from apps.workshops import actions, queries, screens
from apps.workshops.access import RoomRequest, room_view
from apps.workshops.forms.boards import change_entry_form, entry_form
from apps.workshops.forms.map import TakeForm
from apps.workshops.models import Item, Participant, Workshop
from apps.workshops.views.console import CONSOLE, console_url
from apps.workshops.views.door import HostRequest, host_view
from apps.workshops.views.found import activity_of, item_of
from apps.workshops.views.laid import ITEMS, laid
from apps.workshops.views.room import ROOM

ENTRY = "workshops/entry_change.html"
POST = ["POST"]
GET_POST = ["GET", "POST"]


@room_view(methods=POST)
def entry_add(request: RoomRequest, workshop: Workshop, activity_id: UUID) -> HttpResponse:
    activity = get_object_or_404(workshop.activities.all(), pk=activity_id)
    form = entry_form(request.POST)
    outcome = submit(form, actions.add_entry, activity, by=request.seat)
    refused = None if outcome == Outcome.SAVED else form
    context = screens.screen(queries.room(workshop.pk) or workshop, request.seat, refused=refused)
    if refused is None:
        return saved(request, ROOM, context, fragment="screen", then=_room(workshop))
    return page(request, ROOM, {**context, "entry_form": form}, fragment="screen", status=outcome)


@never_cache
@room_view(methods=GET_POST)
def entry_change(request: RoomRequest, workshop: Workshop, item_id: UUID) -> HttpResponse:
    urls = {"change_url": reverse("workshops:change_entry", args=[workshop.pk, item_id]), "back": _room(workshop)}
    return _change(request, item_of(workshop, item_id), urls, by=request.seat)


@host_view(methods=POST)
def host_entry_add(request: HostRequest, workshop: Workshop, activity_id: UUID) -> HttpResponse:
    form = entry_form(request.POST)
    outcome = submit(form, actions.add_entry, activity_of(workshop, activity_id), by=request.user)
    return laid(request, workshop, form, outcome, changed=ITEMS, beside=(), entry_form=form)


@never_cache
@host_view(methods=GET_POST)
def host_entry_change(request: HostRequest, workshop: Workshop, item_id: UUID) -> HttpResponse:
    change = reverse("workshops:change_entry_as_host", args=[workshop.project_id, workshop.pk, item_id])
    urls = {"change_url": change, "back": console_url(workshop)}
    return _change(request, item_of(workshop, item_id), urls, by=request.user)


@host_view(methods=POST)
def entries_take(request: HostRequest, workshop: Workshop, activity_id: UUID) -> HttpResponse:
    """Into the stakeholder register."""
    activity = activity_of(workshop, activity_id)
    choices = [(str(item.pk), item.text) for item in activity.items.all()]
    form = TakeForm(request.POST, choices=choices)
    outcome = submit(form, actions.take_into_register, activity, by=request.user)
    return laid(request, workshop, form, outcome, changed=ITEMS, beside=())


def _change(request: HttpRequest, item: Item, urls: dict[str, str], *, by: User | Participant) -> HttpResponse:
    form = change_entry_form(item, request.POST if request.method == "POST" else None)
    outcome = submit(form, actions.change_entry, item, by=by)
    context: dict[str, Any] = {"workshop": item.activity.workshop, "item": item, "form": form, **urls}
    if outcome == Outcome.SAVED:
        return saved(request, CONSOLE, context, fragment="desk", then=urls["back"], changed=ITEMS)
    if outcome == Outcome.REFUSED:
        item.refresh_from_db()
        form.look_again(actions.values_of(item))
    return page(request, ENTRY, context, fragment="desk", status=outcome)


def _room(workshop: Workshop) -> str:
    return reverse("workshops:room", args=[workshop.pk])
