"""What people answer about, from the host's screen; each answer is the board as it is now."""

from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse

from apps.core.forms import NothingForm, Outcome, submit
from apps.core.htmx import page, saved
from apps.workshops import actions
from apps.workshops.forms import ChangeItemForm, item_form
from apps.workshops.models import Item, Workshop
from apps.workshops.views.console import CONSOLE, console, console_url
from apps.workshops.views.door import HostRequest, host_view
from apps.workshops.views.found import activity_of, item_of

POST = ["POST"]
CHANGED = "items:changed"


@host_view(methods=POST)
def item_add(request: HostRequest, workshop: Workshop, activity_id: UUID) -> HttpResponse:
    activity = activity_of(workshop, activity_id)
    form = item_form(activity)(request.POST, auto_id=False)
    return _laid(request, workshop, form, submit(form, actions.add_item, activity, by=request.user))


@host_view(methods=POST)
def item_change(request: HostRequest, workshop: Workshop, item_id: UUID) -> HttpResponse:
    item = item_of(workshop, item_id)
    form = ChangeItemForm(item_form(item.activity), request.POST)
    return _laid(request, item.activity.workshop, form, submit(form, actions.change_item, item, by=request.user))


@host_view(methods=POST)
def item_remove(request: HostRequest, workshop: Workshop, item_id: UUID) -> HttpResponse:
    return _item(request, workshop, item_id, NothingForm(request.POST), actions.remove_item)


def _item(request: HostRequest, workshop: Workshop, item_id: UUID, form: Form, action: Any) -> HttpResponse:
    item: Item = item_of(workshop, item_id)
    return _laid(request, workshop, form, submit(form, action, item, by=request.user))


def _laid(request: HostRequest, workshop: Workshop, form: Form, outcome: Outcome) -> HttpResponse:
    context = console(request, workshop)
    if outcome != Outcome.SAVED:
        context |= {"refused": form, **({} if isinstance(form, NothingForm) else {"item_form": form})}
        return page(request, CONSOLE, context, fragment="board", status=outcome)
    then = console_url(workshop) + context["look"]
    return saved(request, CONSOLE, context, fragment="board", oob=["side"], then=then, changed=CHANGED)
