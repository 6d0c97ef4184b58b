"""What participants see and do: one thing at a time."""

from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.cache import never_cache

from apps.core.forms import NothingForm, Outcome, submit
from apps.core.htmx import page, saved
from apps.workshops import actions, pushes, queries, screens
from apps.workshops.access import RoomRequest, room_view
from apps.workshops.around import open_phase
from apps.workshops.forms import (
    AddressForm,
    AnswerForm,
    CardForm,
    ChangeCardForm,
    DotsForm,
    ParkForm,
    ReadyForm,
    answer_form,
)
from apps.workshops.models import Card, Workshop

ROOM = "workshops/room.html"
CHANGE = "workshops/card_change.html"
POST = ["POST"]


@never_cache
@room_view()
def room_show(request: RoomRequest, workshop: Workshop) -> HttpResponse:
    """Where the room is, as this person sees it."""
    return page(request, ROOM, _screen(request), fragment="screen")


@room_view(methods=POST)
def seat_here(request: RoomRequest, workshop: Workshop) -> HttpResponse:
    """An open screen says that it is there."""
    actions.show_presence(request.seat)
    actions.stand_in(request.seat)
    return HttpResponse(status=204)


@room_view(methods=POST)
def seat_ready(request: RoomRequest, workshop: Workshop) -> HttpResponse:
    """Done or not yet; while the room stands where it stood, only the foot of the screen changes."""
    form = ReadyForm(request.POST)
    outcome = submit(form, actions.mark_ready, request.seat)
    now = queries.room(workshop.pk) or workshop
    if outcome != Outcome.SAVED or now.step != form.cleaned_data["step"]:
        return _answered(request, form, outcome)
    foot = screens.foot(now, request.seat)
    return _in_place(saved(request, ROOM, foot, fragment="foot", then=_back(workshop, "")), "#room-foot")


@room_view(methods=POST)
def seat_look(request: RoomRequest, workshop: Workshop) -> HttpResponse:
    """Look at an earlier step, or with none named come back."""
    wanted = request.POST.get("activity")
    activity = get_object_or_404(workshop.activities.all(), pk=UUID(wanted)) if queries.is_uuid(wanted) else None
    return _done(request, NothingForm(request.POST), actions.look_at, request.seat, activity)


@room_view(methods=POST)
def seat_address(request: RoomRequest, workshop: Workshop) -> HttpResponse:
    return _done(request, AddressForm(request.POST), actions.leave_address, request.seat)


@room_view(methods=POST)
def card_add(request: RoomRequest, workshop: Workshop) -> HttpResponse:
    """Hidden among one's own cards, or seen by everybody at once: then its answer is that card."""
    form = CardForm(request.POST)
    outcome = submit(form, actions.add_card, request.seat)
    card = form.result  # type: ignore[attr-defined]
    if outcome != Outcome.SAVED or "late" not in request.POST or card.revealed_at is None:
        return _answered(request, form, outcome, form.data.get("prompt", ""))
    late = {**screens.late(workshop, request.seat, card), "put": pushes.card(workshop, card.pk)}
    return _in_place(saved(request, ROOM, late, fragment="late", then=_back(workshop, card.prompt)), "#late")


@never_cache
@room_view(methods=["GET", "POST"])
def card_change(request: RoomRequest, workshop: Workshop, card_id: UUID) -> HttpResponse:
    """Other words for one's own hidden card."""
    card = _own_card(request, card_id)
    form = ChangeCardForm(request.POST or None, initial={"text": card.text, "version": card.version})
    outcome = submit(form, actions.change_card, card, by=request.seat)
    context = {"workshop": workshop, "seat": request.seat, "card": card, "form": form}
    if outcome == Outcome.SAVED:
        return saved(request, CHANGE, context, fragment="card", then=_back(workshop, card.prompt))
    return page(request, CHANGE, context, fragment="form", status=outcome)


@room_view(methods=POST)
def card_delete(request: RoomRequest, workshop: Workshop, card_id: UUID) -> HttpResponse:
    card = _own_card(request, card_id)
    return _done(request, NothingForm(request.POST), actions.delete_card, card, by=request.seat, prompt=card.prompt)


@room_view(methods=POST)
def dots_place(request: RoomRequest, workshop: Workshop) -> HttpResponse:
    """The answer is the one row and the purse, unless the purse ran empty or was empty: then every row changes."""
    form = DotsForm(request.POST)
    before = queries.dots_on(request.seat, request.POST.get("item", ""))
    outcome = submit(form, actions.place_dots, request.seat)
    if outcome != Outcome.SAVED:
        return _answered(request, form, outcome)
    context, left, item = _screen(request), form.result, form.cleaned_data["item"]  # type: ignore[attr-defined]
    placed = [choice for choice in context.get("choices", ()) if choice.thing.pk == item]
    had = left + form.cleaned_data["dots"] - before
    if not placed or not (left and had):
        return saved(request, ROOM, context, fragment="screen", then=_back(workshop, ""))
    answer = saved(request, ROOM, {**context, "placed": placed}, fragment="dot", then=_back(workshop, ""))
    return _in_place(answer, f"#choice-{item}")


@room_view(methods=POST)
def answer_give(request: RoomRequest, workshop: Workshop) -> HttpResponse:
    """An answer to what the step asks now."""
    wanted = request.POST.get("activity")
    activity = (
        get_object_or_404(workshop.activities.all(), pk=UUID(wanted)) if queries.is_uuid(wanted) else workshop.activity
    )
    phase = (open_phase(workshop, activity) or workshop.phase) if activity else ""
    ask = answer_form(activity, phase) if activity else None
    ask = ask or AnswerForm
    action = actions.ANSWERING.get(activity.kind if activity else "", actions.give_answer)
    return _done(request, ask(request.POST, auto_id=ask.IDS), action, request.seat)


@room_view(methods=POST)
def parking_add(request: RoomRequest, workshop: Workshop) -> HttpResponse:
    return _done(request, ParkForm(request.POST), actions.add_to_parking_lot, request.seat)


def _done(request: RoomRequest, form: Form, action: Any, *args: Any, prompt: str = "", **more: Any) -> HttpResponse:
    """Run the action; the answer is the screen as it is now, with the form where it went wrong."""
    outcome = submit(form, action, *args, **more)
    return _answered(request, form, outcome, prompt or form.data.get("prompt", ""))


def _answered(request: RoomRequest, form: Form, outcome: Outcome, prompt: str = "") -> HttpResponse:
    if outcome == Outcome.SAVED:
        return saved(
            request, ROOM, _screen(request, prompt=prompt), fragment="screen", then=_back(request.workshop, prompt)
        )
    return page(request, ROOM, _screen(request, prompt=prompt, refused=form), fragment="screen", status=outcome)


def _in_place(response: HttpResponse, place: str) -> HttpResponse:
    """Tell htmx that this is less than the screen which the form asked for."""
    if response.status_code == HTTPStatus.OK:
        response["HX-Retarget"], response["HX-Reswap"] = place, "outerHTML"
    return response


def _back(workshop: Workshop, prompt: str) -> str:
    """The room again, at the prompt one was writing for."""
    address = reverse("workshops:room", args=[workshop.pk])
    return f"{address}?{urlencode({'prompt': prompt})}" if prompt else address


def _own_card(request: RoomRequest, card_id: UUID) -> Card:
    card = get_object_or_404(request.seat.cards.all(), pk=card_id, workshop=request.workshop)
    card.workshop = request.workshop
    return card


def _screen(request: RoomRequest, *, prompt: str = "", refused: Form | None = None) -> dict[str, Any]:
    """The screen of this person."""
    # A change may have moved things; the door's own look is fresh enough for a question.
    moved = queries.room(request.workshop.pk) if request.method == "POST" else None
    wanted = prompt or request.GET.get("prompt", "") or request.POST.get("activity", "")
    return screens.screen(moved or request.workshop, request.seat, prompt=wanted, refused=refused)
