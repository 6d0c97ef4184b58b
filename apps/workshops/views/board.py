"""What hosts do with the cards on the table; each answer is the board as it is now."""

from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.views.decorators.cache import never_cache

from apps.core.forms import NothingForm, submit
from apps.core.htmx import gone_to, page
from apps.projects.permissions import Perm
from apps.workshops import actions, queries
from apps.workshops.forms import GroupForm, RegroupForm, RenameGroupForm, becomes
from apps.workshops.models import Workshop
from apps.workshops.views.console import console_url
from apps.workshops.views.door import HostRequest, host_view
from apps.workshops.views.found import activity_of, card_of, group_of
from apps.workshops.views.laid import CARDS, laid

MENU = "workshops/card_menu.html"
POST = ["POST"]


@never_cache
@host_view()
def card_menu(request: HostRequest, workshop: Workshop) -> HttpResponse:
    """What can be done with the card on the table whose button was pressed, as a page; table.js needs none."""
    wanted = request.GET.get("card", "")
    card = card_of(workshop, UUID(wanted)) if queries.is_uuid(wanted) else None
    if card is None or card.activity is None:
        return gone_to(request, console_url(workshop))
    context = {
        "workshop": workshop,
        "project": workshop.project,
        "card": card,
        "groups": [group for group in card.activity.groups.all() if group.pk != card.group_id],
        "becomes": becomes(card.activity.plan.becomes) if request.may(Perm.WORKSHOP_HOST) else [],
        "look": "" if card.activity_id == workshop.activity_id else f"?look={card.activity_id}",
        "here": "workshop",
    }
    return page(request, MENU, context)


@host_view(methods=POST)
def group_create(request: HostRequest, workshop: Workshop, activity_id: UUID) -> HttpResponse:
    form = GroupForm(request.POST)
    activity = activity_of(workshop, activity_id)
    outcome = submit(form, actions.create_group, activity, cards=[], by=request.user)
    return laid(request, workshop, form, outcome, changed=CARDS)


@host_view(methods=POST)
def group_rename(request: HostRequest, workshop: Workshop, group_id: UUID) -> HttpResponse:
    group = group_of(workshop, group_id)
    form = RenameGroupForm(request.POST)
    outcome = submit(form, actions.rename_group, group, by=request.user)
    return laid(request, workshop, form, outcome, changed=CARDS)


@host_view(methods=POST)
def group_dissolve(request: HostRequest, workshop: Workshop, group_id: UUID) -> HttpResponse:
    group = group_of(workshop, group_id)
    form = NothingForm(request.POST)
    outcome = submit(form, actions.dissolve_group, group, by=request.user)
    return laid(request, workshop, form, outcome, changed=CARDS)


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
    outcome = submit(form, action, card_of(workshop, card_id), by=request.user)
    return laid(request, workshop, form, outcome, changed=CARDS)
