"""A card becomes something: the form first, so that the words can be mended."""

from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.core.forms import Outcome, submit
from apps.core.htmx import gone_to, page, saved
from apps.dprd.enums import Key
from apps.projects.access import ProjectRequest, project_view
from apps.projects.models import Project
from apps.projects.permissions import Perm
from apps.workshops import actions
from apps.workshops.forms import ObjectiveForm, PassageForm, RiskForm
from apps.workshops.models import Card, Workshop
from apps.workshops.views.console import CONSOLE, console, console_url
from apps.workshops.views.found import card_of, workshop_of

BECOME = "workshops/become.html"
GET_POST = ["GET", "POST"]
CHANGED = "cards:changed"


@project_view(Perm.WORKSHOP_HOST, methods=GET_POST)
def card_to_risk(request: ProjectRequest, project: Project, workshop_id: UUID, card_id: UUID) -> HttpResponse:
    card = card_of(workshop_of(project, workshop_id), card_id)
    form = RiskForm(request.POST or None, initial=_split(card.text, 160, "cause"))
    about = {
        "heading": _("Make it a risk"),
        "lands": _("It lands in the risk register, unrated. Somebody rates it there."),
    }
    return _made(request, card, form, actions.make_risk, {**about, "button": _("Add the risk"), "name": "make_risk"})


@project_view(Perm.WORKSHOP_HOST, methods=GET_POST)
def card_to_objective(request: ProjectRequest, project: Project, workshop_id: UUID, card_id: UUID) -> HttpResponse:
    card = card_of(workshop_of(project, workshop_id), card_id)
    form = ObjectiveForm(request.POST or None, initial={"title": card.text[:200]})
    about = {"heading": _("Make it an objective"), "lands": _("It lands among the objectives, still without a number.")}
    about |= {"button": _("Add the objective"), "name": "make_objective"}
    return _made(request, card, form, actions.make_objective, about)


@project_view(Perm.WORKSHOP_HOST, methods=GET_POST)
def card_to_passage(request: ProjectRequest, project: Project, workshop_id: UUID, card_id: UUID) -> HttpResponse:
    card = card_of(workshop_of(project, workshop_id), card_id)
    form = PassageForm(request.POST or None, keys=list(Key.values), initial={"text": card.text})
    about = {
        "heading": _("Make it a passage"),
        "lands": _("It lands at the end of the section; the card stays its source."),
    }
    about |= {"button": _("Add the passage"), "name": "make_passage"}
    return _made(request, card, form, actions.make_passage, about)


def _made(request: ProjectRequest, card: Card, form: Form, action: Any, about: dict[str, Any]) -> HttpResponse:
    outcome = submit(form, action, card, by=request.user)
    workshop: Workshop = card.workshop
    if outcome == Outcome.SAVED and workshop.is_ended:
        return gone_to(request, reverse("workshops:recap", args=[workshop.project_id, workshop.pk]))
    if outcome == Outcome.SAVED:
        context = console(request, workshop)
        return saved(
            request, CONSOLE, context, fragment="desk", oob=["board"], then=console_url(workshop), changed=CHANGED
        )
    context = {"workshop": workshop, "project": workshop.project, "card": card, "form": form, **about}
    return page(request, BECOME, context, fragment="desk", status=outcome)


def _split(text: str, most: int, rest: str) -> dict[str, str]:
    """A long card: its beginning as the title, all of it as the explanation."""
    return {"title": text} if len(text) <= most else {"title": text[:most], rest: text}
