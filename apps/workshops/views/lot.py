"""The parking lot and the actions: from the host's screen, and ticked off wherever they stand."""

from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from apps.core.forms import Outcome, submit
from apps.core.htmx import gone_to, page
from apps.projects.access import ProjectRequest, project_view
from apps.projects.models import Project
from apps.projects.permissions import Perm
from apps.workshops import actions, lot
from apps.workshops.forms.lot import ActionForm, ChangeActionForm, DropForm, SettleForm
from apps.workshops.models import ActionItem, Card, Workshop
from apps.workshops.views.door import HostRequest, host_view
from apps.workshops.views.laid import laid

CHANGE = "workshops/action_change.html"
POST = ["POST"]
CHANGED = "actions:changed"


@host_view(methods=POST)
def action_add(request: HostRequest, workshop: Workshop) -> HttpResponse:
    form = ActionForm(request.POST)
    outcome = submit(form, actions.add_action, workshop, by=request.user)
    return _told(request, workshop, form, outcome, action_form=form)


@host_view(methods=POST)
def parked_settle(request: HostRequest, workshop: Workshop, card_id: UUID) -> HttpResponse:
    """Somebody looks after it."""
    form, card = SettleForm(request.POST), _parked(workshop, card_id)
    outcome = submit(form, actions.settle_parked, workshop, card, by=request.user)
    return _told(request, workshop, form, outcome, settling=card.pk)


@host_view(methods=POST)
def parked_drop(request: HostRequest, workshop: Workshop, card_id: UUID) -> HttpResponse:
    form, card = DropForm(request.POST), _parked(workshop, card_id)
    outcome = submit(form, actions.drop_parked, workshop, card, by=request.user)
    return _told(request, workshop, form, outcome, settling=card.pk)


@project_view(Perm.WORKSHOP_HOST, methods=["GET", "POST"])
def action_change(request: ProjectRequest, project: Project, action_id: UUID) -> HttpResponse:
    action = _action(project, action_id)
    initial = {name: getattr(action, name) for name in ("text", "owner", "due", "version")}
    form = ChangeActionForm(request.POST or None, initial=initial)
    outcome = submit(form, actions.change_action, action, by=request.user)
    if outcome == Outcome.SAVED:
        return gone_to(request, _log_url(project, action))
    context = {"here": "workshop", "action": action, "form": form}
    return page(request, CHANGE, context, fragment="form", status=outcome)


@project_view(Perm.WORKSHOP_JOIN, methods=POST)
def action_tick(request: ProjectRequest, project: Project, action_id: UUID) -> HttpResponse:
    """Done, or not after all."""
    action = _action(project, action_id)
    done = request.POST.get("done", "1") != "0"
    actions.tick_action(action, done=done, by=request.user)
    return gone_to(request, "/" if request.POST.get("back") == "home" else _log_url(project, action))


def _told(request: HostRequest, workshop: Workshop, form: Form, outcome: Outcome, **refused: Any) -> HttpResponse:
    return laid(request, workshop, form, outcome, changed=CHANGED, part="side", beside=("board",), **refused)


def _parked(workshop: Workshop, card_id: UUID) -> Card:
    """Of this room's lot, or left open by an earlier one."""
    found = next((parked.card for parked in lot.parked(workshop) if parked.pk == card_id), None)
    if found is None:
        raise Http404
    return found


def _action(project: Project, action_id: UUID) -> ActionItem:
    return get_object_or_404(lot.of_project(project), pk=action_id)


def _log_url(project: Project, action: ActionItem) -> str:
    return reverse("workshops:decisions", args=[project.pk]) + f"#action-{action.pk}"
