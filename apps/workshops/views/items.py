"""What people answer about, from the host's screen; each answer is the board as it is now."""

from uuid import UUID

from django.http import HttpResponse

from apps.core.forms import NothingForm, submit
from apps.workshops import actions
from apps.workshops.forms import ChangeItemForm, item_form
from apps.workshops.models import Workshop
from apps.workshops.views.door import HostRequest, host_view
from apps.workshops.views.found import activity_of, item_of
from apps.workshops.views.laid import ITEMS, laid

POST = ["POST"]


@host_view(methods=POST)
def item_add(request: HostRequest, workshop: Workshop, activity_id: UUID) -> HttpResponse:
    activity = activity_of(workshop, activity_id)
    form = item_form(activity)(request.POST, auto_id=False)
    outcome = submit(form, actions.add_item, activity, by=request.user)
    return laid(request, workshop, form, outcome, changed=ITEMS, item_form=form)


@host_view(methods=POST)
def item_change(request: HostRequest, workshop: Workshop, item_id: UUID) -> HttpResponse:
    item = item_of(workshop, item_id)
    form = ChangeItemForm(item_form(item.activity), request.POST)
    outcome = submit(form, actions.change_item, item, by=request.user)
    return laid(request, workshop, form, outcome, changed=ITEMS, item_form=form)


@host_view(methods=POST)
def item_remove(request: HostRequest, workshop: Workshop, item_id: UUID) -> HttpResponse:
    form = NothingForm(request.POST)
    outcome = submit(form, actions.remove_item, item_of(workshop, item_id), by=request.user)
    return laid(request, workshop, form, outcome, changed=ITEMS)
