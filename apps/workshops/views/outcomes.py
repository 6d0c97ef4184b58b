"""Cards become something: the form first, so that the words can be mended."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse

from apps.core.forms import Outcome, submit
from apps.core.htmx import gone_to, page
from apps.projects.access import ProjectRequest, project_view
from apps.projects.models import Project
from apps.projects.permissions import Perm
from apps.workshops import actions, queries
from apps.workshops.forms import OUTCOMES, OutcomeForm, PlaceForm
from apps.workshops.models import Workshop
from apps.workshops.views.found import card_of, group_of, workshop_of
from apps.workshops.views.laid import off_the_desk

BECOME = "workshops/become.html"
PLACE = "workshops/place.html"
GET_POST = ["GET", "POST"]


@project_view(Perm.WORKSHOP_HOST, methods=GET_POST)
def card_become(request: ProjectRequest, project: Project, workshop_id: UUID, card_id: UUID, kind: str) -> HttpResponse:
    card = card_of(workshop_of(project, workshop_id), card_id)
    form = _form(kind, request, card.text)
    url = reverse("workshops:make", args=[project.pk, workshop_id, card_id, kind])
    return _made(request, card.workshop, form, partial(actions.make_outcome, [card], kind), url)


@project_view(Perm.WORKSHOP_HOST, methods=GET_POST)
def group_become(
    request: ProjectRequest, project: Project, workshop_id: UUID, group_id: UUID, kind: str
) -> HttpResponse:
    """A whole group becomes one thing; each of its cards remembers it."""
    workshop = workshop_of(project, workshop_id)
    group = group_of(workshop, group_id)
    form = _form(kind, request, group.name)
    url = reverse("workshops:make_of_group", args=[project.pk, workshop_id, group_id, kind])
    return _made(request, workshop, form, partial(actions.make_outcome_of_group, group, kind), url)


@project_view(Perm.WORKSHOP_HOST, methods=["POST"])
def card_leave(request: ProjectRequest, project: Project, workshop_id: UUID, card_id: UUID) -> HttpResponse:
    """It stays a card."""
    card = card_of(workshop_of(project, workshop_id), card_id)
    actions.leave_card(card, by=request.user)
    return gone_to(request, _recap_url(card.workshop) + "#unplaced")


@project_view(Perm.WORKSHOP_HOST, methods=GET_POST)
def cards_place(request: ProjectRequest, project: Project, workshop_id: UUID) -> HttpResponse:
    """All cards that have no place yet, each with its words and what it becomes, in one go."""
    workshop = workshop_of(project, workshop_id)
    posted = request.POST if request.method == "POST" else None
    forms = [PlaceForm(card, posted, auto_id=f"id_{number}_%s") for number, card in enumerate(_unplaced(workshop))]
    # Every form is looked at, so that every card shows what is wrong with it.
    fine = [form.is_valid() for form in forms]
    if posted is not None and all(fine):
        chosen = [(form.card, form.cleaned_data["kind"], form.cleaned_data["words"]) for form in forms]
        actions.place_cards(workshop, [placement for placement in chosen if placement[1]], by=request.user)
        return gone_to(request, _recap_url(workshop))
    context = {"workshop": workshop, "project": project, "forms": forms, "here": "workshop"}
    status = Outcome.OPEN if posted is None else Outcome.INVALID
    return page(request, PLACE, context, fragment="cards", status=status)


def _form(kind: str, request: ProjectRequest, text: str) -> OutcomeForm:
    if kind not in OUTCOMES:
        raise Http404
    form = OUTCOMES[kind]
    return form(request.POST or None, initial=form.from_text(text))


def _made(request: ProjectRequest, workshop: Workshop, form: OutcomeForm, action: Any, url: str) -> HttpResponse:
    outcome = submit(form, action, by=request.user)
    if outcome == Outcome.SAVED:
        return off_the_desk(request, workshop, ended=_recap_url(workshop))
    context = {"workshop": workshop, "project": workshop.project, "form": form, "make_url": url}
    return page(request, BECOME, context, fragment="desk", status=outcome)


def _unplaced(workshop: Workshop) -> list[Any]:
    cards = queries.unplaced(workshop)
    for card in cards:
        card.workshop = workshop
    return cards


def _recap_url(workshop: Workshop) -> str:
    return reverse("workshops:recap", args=[workshop.project_id, workshop.pk])
