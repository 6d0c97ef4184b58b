"""What participants see and do: one thing at a time."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.cache import never_cache

from apps.core.forms import Outcome, submit
from apps.core.htmx import page, saved
from apps.events.queries import position
from apps.workshops import actions, kinds, queries
from apps.workshops.access import RoomRequest, room_view
from apps.workshops.enums import Phase
from apps.workshops.forms import (
    AddressForm,
    AnswerForm,
    CardForm,
    ChangeCardForm,
    DotsForm,
    NothingForm,
    ParkForm,
    ReadyForm,
    answer_form,
)
from apps.workshops.models import Activity, Card, Participant, Workshop

ROOM = "workshops/room.html"
CHANGE = "workshops/card_change.html"
POST = ["POST"]
CARD_PHASES = (Phase.WRITE, Phase.GROUP, Phase.VOTE, Phase.TALK)


@never_cache
@room_view()
def room_show(request: RoomRequest, workshop: Workshop) -> HttpResponse:
    """Where the room is, as this person sees it."""
    return page(request, ROOM, _screen(request), fragment="screen")


@room_view(methods=POST)
def seat_here(request: RoomRequest, workshop: Workshop) -> HttpResponse:
    """An open screen says that it is there."""
    actions.show_presence(request.seat)
    return HttpResponse(status=204)


@room_view(methods=POST)
def seat_ready(request: RoomRequest, workshop: Workshop) -> HttpResponse:
    return _done(request, ReadyForm(request.POST), actions.mark_ready, request.seat)


@room_view(methods=POST)
def seat_look(request: RoomRequest, workshop: Workshop) -> HttpResponse:
    """Look at an earlier step, or with none named come back."""
    wanted = request.POST.get("activity")
    activity = get_object_or_404(workshop.activities.all(), pk=UUID(wanted)) if _is_uuid(wanted) else None
    return _done(request, NothingForm(request.POST), actions.look_at, request.seat, activity)


@room_view(methods=POST)
def seat_address(request: RoomRequest, workshop: Workshop) -> HttpResponse:
    return _done(request, AddressForm(request.POST), actions.leave_address, request.seat)


@room_view(methods=POST)
def card_add(request: RoomRequest, workshop: Workshop) -> HttpResponse:
    return _done(request, CardForm(request.POST), actions.add_card, request.seat)


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
    return _done(request, DotsForm(request.POST), actions.place_dots, request.seat)


@room_view(methods=POST)
def answer_give(request: RoomRequest, workshop: Workshop) -> HttpResponse:
    """An answer to what the step asks now."""
    wanted = request.POST.get("activity")
    activity = get_object_or_404(workshop.activities.all(), pk=UUID(wanted)) if _is_uuid(wanted) else workshop.activity
    ask = answer_form(activity, workshop.phase) if activity else None
    form = (ask or AnswerForm)(request.POST)
    return _done(request, form, actions.give_answer, request.seat)


@room_view(methods=POST)
def parking_add(request: RoomRequest, workshop: Workshop) -> HttpResponse:
    return _done(request, ParkForm(request.POST), actions.add_to_parking_lot, request.seat)


def _done(request: RoomRequest, form: Form, action: Any, *args: Any, prompt: str = "", **more: Any) -> HttpResponse:
    """Run the action; the answer is the screen as it is now, with the form where it went wrong."""
    outcome = submit(form, action, *args, **more)
    if prompt or "prompt" in form.data:
        prompt = prompt or form.data["prompt"]
    if outcome == Outcome.SAVED:
        return saved(
            request, ROOM, _screen(request, prompt=prompt), fragment="screen", then=_back(request.workshop, prompt)
        )
    return page(request, ROOM, _screen(request, prompt=prompt, refused=form), fragment="screen", status=outcome)


def _back(workshop: Workshop, prompt: str) -> str:
    """The room again, at the prompt one was writing for."""
    address = reverse("workshops:room", args=[workshop.pk])
    return f"{address}?{urlencode({'prompt': prompt})}" if prompt else address


def _own_card(request: RoomRequest, card_id: UUID) -> Card:
    card = get_object_or_404(request.seat.cards.all(), pk=card_id, workshop=request.workshop)
    card.workshop = request.workshop
    return card


def _screen(request: RoomRequest, *, prompt: str = "", refused: Form | None = None) -> dict[str, Any]:
    """Everything the screen of this person shows, and nothing that is hidden from them."""
    # A change may have moved things; the door's own look is fresh enough for a question.
    moved = queries.room(request.workshop.pk) if request.method == "POST" else None
    workshop = moved or request.workshop
    seat = request.seat
    rows = queries.activities(workshop)
    steps = queries.agenda(workshop, rows)
    current = next((step for step in steps if step.activity.pk == workshop.activity_id), None)
    looking = next((step for step in steps if step.activity.pk == seat.looking_at_id), None)
    context = {
        "workshop": workshop,
        "seat": seat,
        "steps": steps,
        "current": current,
        "looking": looking,
        "people": queries.people(workshop),
        "parked": queries.parking_lot(workshop),
        "refused": refused,
        "park_form": ParkForm(initial={"key": uuid4()}),
        "address_form": refused if isinstance(refused, AddressForm) else AddressForm(initial={"email": seat.email}),
        "seq": position(workshop.stream),
        "mode": _mode(workshop, looking, current),
    }
    shown = (looking or current) if workshop.is_live else None
    if shown:
        context |= _block(workshop, seat, shown.activity, looking=bool(looking), refused=refused)
        if shown.activity.takes_cards:
            context |= _table(workshop, seat, shown.activity, prompt or request.GET.get("prompt", ""), refused)
    return context


def _mode(workshop: Workshop, looking: queries.Step | None, current: queries.Step | None) -> str:
    """Which of the few screens this is: ended, lobby, look, block (a kind's own), write, group, vote, talk."""
    if workshop.is_ended:
        return "ended"
    if not workshop.is_live or current is None:
        return "lobby"
    if looking:
        return "look"
    if workshop.phase in kinds.behaviour(current.activity.kind).screens:
        return "block"
    return workshop.phase if current.activity.takes_cards and workshop.phase in CARD_PHASES else "talk"


def _block(
    workshop: Workshop, seat: Participant, activity: Activity, *, looking: bool, refused: Form | None
) -> dict[str, Any]:
    """What this kind of step shows this person beside cards, and the form that it asks with."""
    known = kinds.behaviour(activity.kind)
    ask = None if looking else answer_form(activity, workshop.phase)
    own = refused if ask and isinstance(refused, ask) else None
    return {
        "behaviour": known,
        "block": known.seat(workshop, seat, activity),
        "block_template": known.template("seat"),
        "answer_form": own or (ask(initial={"activity": activity.pk}, auto_id=False) if ask else None),
    }


def _table(workshop: Workshop, seat: Participant, activity: Activity, key: str, refused: Form | None) -> dict[str, Any]:
    """Cards for this person: their own while hidden, everybody's when revealed, their dots in a vote."""
    plan = activity.plan
    prompt = plan.prompt(key)
    mine = queries.own_cards(seat, activity)
    writing = workshop.phase == Phase.WRITE and workshop.activity_id == activity.pk
    board = queries.Board() if writing else queries.board(workshop, activity)
    context: dict[str, Any] = {
        "plan": plan,
        "prompt": prompt,
        "mine": [card for card in mine if card.prompt == prompt.key],
        "tabs": [(each, sum(card.prompt == each.key for card in mine)) for each in plan.prompts],
        "board": board,
        "writing": writing,
        "card_form": _card_form(activity, prompt.key, refused),
    }
    if workshop.phase == Phase.VOTE and workshop.activity_id == activity.pk:
        context["choices"], context["purse"] = queries.choices(seat, activity, board)
    return context


def _card_form(activity: Activity, prompt: str, refused: Form | None) -> Form:
    if isinstance(refused, CardForm):
        return refused
    return CardForm(initial={"activity": activity.pk, "prompt": prompt, "key": uuid4()})


def _is_uuid(text: str | None) -> bool:
    try:
        UUID(text or "")
    except ValueError:
        return False
    return True
