"""What hosts do with the cards on the table; each answer is the board as it is now."""

from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse

from apps.core.forms import NothingForm, Outcome, submit
from apps.core.htmx import page, saved
from apps.workshops import actions
from apps.workshops.forms import GroupForm, RegroupForm, RenameGroupForm
from apps.workshops.models import Activity, Workshop
from apps.workshops.views.console import CONSOLE, console, console_url
from apps.workshops.views.door import HostRequest, host_view
from apps.workshops.views.found import activity_of, card_of, group_of

POST = ["POST"]
CHANGED = "cards:changed"


@host_view(methods=POST)
def group_create(request: HostRequest, workshop: Workshop, activity_id: UUID) -> HttpResponse:
    form = GroupForm(request.POST)
    activity = activity_of(workshop, activity_id)
    outcome = submit(form, actions.create_group, activity, cards=[], by=request.user)
    return _laid(request, workshop, activity, form, outcome)


@host_view(methods=POST)
def group_rename(request: HostRequest, workshop: Workshop, group_id: UUID) -> HttpResponse:
    group = group_of(workshop, group_id)
    form = RenameGroupForm(request.POST)
    return _laid(request, workshop, group.activity, form, submit(form, actions.rename_group, group, by=request.user))


@host_view(methods=POST)
def group_dissolve(request: HostRequest, workshop: Workshop, group_id: UUID) -> HttpResponse:
    group = group_of(workshop, group_id)
    form = NothingForm(request.POST)
    return _laid(request, workshop, group.activity, form, submit(form, actions.dissolve_group, group, by=request.user))


@host_view(methods=POST)
def card_move(request: HostRequest, workshop: Workshop, card_id: UUID) -> HttpResponse:
    return _card(request, workshop, card_id, RegroupForm(request.POST), actions.move_card)


@host_view(methods=POST)
def card_park(request: HostRequest, workshop: Workshop, card_id: UUID) -> HttpResponse:
    return _card(request, workshop, card_id, NothingForm(request.POST), actions.park_card)


@host_view(methods=POST)
def card_unpark(request: HostRequest, workshop: Workshop, card_id: UUID) -> HttpResponse:
    return _card(request, workshop, card_id, NothingForm(request.POST), actions.unpark_card)


def _card(request: HostRequest, workshop: Workshop, card_id: UUID, form: Form, action: Any) -> HttpResponse:
    card = card_of(workshop, card_id)
    return _laid(request, workshop, card.activity, form, submit(form, action, card, by=request.user))


def _laid(
    request: HostRequest, workshop: Workshop, activity: Activity | None, form: Form, outcome: Outcome
) -> HttpResponse:
    context = console(request, workshop)
    if outcome != Outcome.SAVED:
        return page(request, CONSOLE, {**context, "refused": form}, fragment="board", status=outcome)
    then = console_url(workshop) + context["look"]
    return saved(request, CONSOLE, context, fragment="board", oob=["side"], then=then, changed=CHANGED)
