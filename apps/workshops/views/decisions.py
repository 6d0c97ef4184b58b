"""Proposals from the host's screen, the page of one decision, and the log of all of them."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.cache import never_cache

from apps.core.forms import NothingForm, Outcome, submit
from apps.core.htmx import gone_to, page
from apps.events.queries import position
from apps.projects.access import ProjectRequest, project_view
from apps.projects.models import Project
from apps.projects.permissions import Perm
from apps.workshops import actions, decisions, lot
from apps.workshops.forms.decide import CloseProposalForm, HandOnForm, VoiceForm
from apps.workshops.models import Item, Workshop
from apps.workshops.views.door import HostRequest, host_view
from apps.workshops.views.found import item_of
from apps.workshops.views.laid import ITEMS, laid

LOG = "workshops/decisions.html"
ONE = "workshops/decision.html"
POST = ["POST"]


@host_view(methods=POST)
def proposal_open(request: HostRequest, workshop: Workshop, item_id: UUID) -> HttpResponse:
    form = NothingForm(request.POST)
    outcome = submit(form, actions.open_proposal, item_of(workshop, item_id), by=request.user)
    return laid(request, workshop, form, outcome, changed=ITEMS)


@host_view(methods=POST)
def proposal_close(request: HostRequest, workshop: Workshop, item_id: UUID) -> HttpResponse:
    """Show the answers; ticked members who were not there may still answer until a day."""
    form = CloseProposalForm(request.POST, members=decisions.absent_members(workshop), auto_id="close_%s")
    outcome = submit(form, actions.close_proposal, item_of(workshop, item_id), by=request.user)
    return laid(request, workshop, form, outcome, changed=ITEMS, close_form=form)


@host_view(methods=POST)
def proposal_hand_on(request: HostRequest, workshop: Workshop, item_id: UUID) -> HttpResponse:
    form = HandOnForm(request.POST)
    outcome = submit(form, actions.hand_on, item_of(workshop, item_id), by=request.user)
    return laid(request, workshop, form, outcome, changed=ITEMS, hand_on_form=form)


@project_view(Perm.PROJECT_READ)
def decision_log(request: ProjectRequest, project: Project) -> HttpResponse:
    """Everything that was put to a room, and everything that somebody does because of it."""
    context = {
        "here": "workshop",
        "decisions": decisions.log(project),
        "actions": lot.project_actions(project),
        "seq": position(project.stream),
    }
    return page(request, LOG, context, fragment="log")


@never_cache
@project_view(Perm.PROJECT_READ, methods=["GET", "POST"])
def decision_show(request: ProjectRequest, project: Project, workshop_id: UUID, item_id: UUID) -> HttpResponse:
    """One decision; who was not there and is asked answers here."""
    item = _closed(project, workshop_id, item_id)
    mine = item.voices.filter(user=request.user).first()
    form = VoiceForm(request.POST or None, initial=_initial(mine))
    outcome = submit(form, actions.give_voice, item, by=request.user)
    if outcome == Outcome.SAVED:
        return gone_to(request, reverse("workshops:decision", args=[project.pk, workshop_id, item_id]))
    context = {
        "here": "workshop",
        "workshop": item.activity.workshop,
        "one": decisions.proposal(item),
        "mine": mine,
        "form": form,
    }
    return page(request, ONE, context, fragment="decision", status=outcome)


def _closed(project: Project, workshop_id: UUID, item_id: UUID) -> Item:
    items = decisions.closed_items(project).filter(activity__workshop=workshop_id)
    item = get_object_or_404(items, pk=item_id)
    item.activity.workshop.project = project
    return item


def _initial(voice: Any) -> dict[str, str]:
    if voice is None:
        return {}
    return {"choice": voice.choice, "concern": voice.text, "objection": voice.text}
