"""What one person's screen shows, for the pages and for what is sent to everybody."""

from copy import copy
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.forms import Form
from django.utils.translation import gettext as _

from apps.workshops import kinds, queries
from apps.workshops.agenda import Plan
from apps.workshops.around import open_phase
from apps.workshops.enums import Phase
from apps.workshops.forms import AddressForm, AnswerForm, CardForm, ParkForm, answer_form
from apps.workshops.forms.boards import seat_forms
from apps.workshops.models import Activity, Answer, Card, Participant, Vote, Workshop
from apps.workshops.naming import names

# Who comes within this time was there from the start.
LATE = timedelta(minutes=1)
CARD_PHASES = (Phase.WRITE, Phase.GROUP, Phase.VOTE, Phase.TALK)


def screen(workshop: Workshop, seat: Participant, *, prompt: str = "", refused: Form | None = None) -> dict[str, Any]:
    """Everything the screen of this person shows, and nothing that is hidden from them."""
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
        "people": [] if workshop.is_live else queries.people(workshop),
        "counts": queries.ready_facts(workshop),
        "parked": queries.parking_lot(workshop),
        "refused": refused,
        "park_form": ParkForm(),
        "address_form": refused if isinstance(refused, AddressForm) else AddressForm(initial={"email": seat.email}),
        "seq": getattr(workshop, "seq", None),
        "mode": _mode(workshop, looking, current),
        "caught_up": catch_up(workshop, seat, steps),
        "own": own_steps(workshop, seat) if workshop.is_live else [],
        **names(rows),
    }
    if workshop.takes_ahead or workshop.takes_after:
        return context | _around(workshop, seat, steps, prompt, refused)
    shown = (looking or current) if workshop.is_live else None
    if shown:
        context |= _block(workshop, seat, shown.activity, looking=bool(looking), refused=refused)
        if shown.activity.takes_cards:
            context |= _table(workshop, seat, shown.activity, prompt, refused)
    return context


def foot(workshop: Workshop, seat: Participant) -> dict[str, Any]:
    """What stands below the screen: how many are done, and the button to say so."""
    steps = queries.agenda(workshop, queries.activities(workshop))
    current = next((step for step in steps if step.activity.pk == workshop.activity_id), None)
    looking = next((step for step in steps if step.activity.pk == seat.looking_at_id), None)
    mode = _mode(workshop, looking, current)
    context: dict[str, Any] = {"workshop": workshop, "seat": seat, "current": current, "mode": mode}
    if mode == Phase.VOTE and current:
        context["purse"] = queries.choices(seat, current.activity, queries.Board())[1]
    return {**context, "counts": queries.ready_facts(workshop)}


def late(workshop: Workshop, seat: Participant, card: Card) -> dict[str, Any]:
    """The form for one more card like this one, which everybody sees at once."""
    activity = card.activity
    plan = activity.plan if activity else Plan()
    form = CardForm(initial={"activity": card.activity_id, "prompt": card.prompt})
    return {
        "workshop": workshop,
        "seat": seat,
        "plan": plan,
        "prompt": plan.prompt(card.prompt),
        "card_form": form,
        "stays_open": True,
    }


def catch_up(workshop: Workshop, seat: Participant, steps: list[queries.Step]) -> str:
    """One line for who came while the room was under way, until it moves on."""
    at = next((step for step in steps if step.state == "now"), None)
    if at is None or not workshop.started_at or not workshop.entered_at:
        return ""
    if seat.created_at is None or seat.created_at < max(workshop.started_at + LATE, workshop.entered_at):
        return ""
    done = [step.activity.title for step in steps if step.state == "done"]
    if not done:
        return _("You came in during the first step. Nothing is decided yet.")
    return _("You came in at step %(at)d of %(of)d. Done so far: %(done)s.") % {
        "at": at.number, "of": len(steps), "done": ", ".join(done),
    }  # fmt: skip


def _around(
    workshop: Workshop, seat: Participant, steps: list[queries.Step], prompt: str, refused: Form | None
) -> dict[str, Any]:
    """Before and after the meeting: the steps that are open, and one of them as if the room stood in it."""
    there = [step for step in steps if open_phase(workshop, step.activity)]
    if not there:
        return {}
    wanted = prompt or (str(refused.data.get("activity", "")) if refused else "")
    chosen = next((step for step in there if _is_wanted(step, wanted)), there[0])
    standing = copy(workshop)
    standing.activity, standing.phase = chosen.activity, open_phase(workshop, chosen.activity)
    known = kinds.behaviour(chosen.activity.kind)
    own_screen = standing.phase in known.screens
    context = {
        "mode": "ahead" if workshop.takes_ahead else "after",
        "standing": "block" if own_screen else "write",
        "current": chosen,
        "open_steps": [(step, step.activity.pk == chosen.activity.pk) for step in there],
        "written": {step.pk for step in own_steps(workshop, seat)},
        "caught_up": "",
        "phase": standing.phase,
        **_block(standing, seat, chosen.activity, looking=False, refused=refused),
    }
    if chosen.activity.takes_cards and not own_screen:
        context |= _table(standing, seat, chosen.activity, prompt, refused)
    return context


def _is_wanted(step: queries.Step, wanted: str) -> bool:
    """Asked for by its own key, or by that of one of its questions."""
    return wanted == str(step.activity.pk) or any(prompt.key == wanted for prompt in step.plan.prompts)


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
    block = known.seat(workshop, seat, activity)
    if own:
        own.refill(block)
    initial = {"activity": activity.pk, **block.get("initial", {})}
    return {
        "behaviour": known,
        "told": block,
        **seat_forms(activity),
        "block_template": known.template("seat"),
        "answer_form": own or (ask(initial=initial, auto_id=ask.IDS) if ask else None),
    }


def _table(workshop: Workshop, seat: Participant, activity: Activity, key: str, refused: Form | None) -> dict[str, Any]:
    """Cards for this person: their own while hidden, everybody's when revealed, their dots in a vote."""
    plan = activity.plan
    prompt = plan.prompt(key)
    mine = queries.own_cards(seat, activity)
    writing = workshop.phase in kinds.behaviour(activity.kind).writing and workshop.activity_id == activity.pk
    hidden = writing and not plan.shown_at_once and not workshop.is_ended
    board = queries.Board() if hidden else queries.board(workshop, activity)
    context: dict[str, Any] = {
        "plan": plan,
        "prompt": prompt,
        "mine": [card for card in mine if card.prompt == prompt.key],
        "tabs": [(each, sum(card.prompt == each.key for card in mine)) for each in plan.prompts],
        "board": board,
        "places": places(plan, board),
        "writing": writing,
        "card_form": _card_form(activity, prompt.key, refused),
    }
    if workshop.phase == Phase.VOTE and workshop.activity_id == activity.pk:
        context["choices"], context["purse"] = queries.choices(seat, activity, board)
    return context


def _card_form(activity: Activity, prompt: str, refused: Form | None) -> Form:
    if isinstance(refused, CardForm):
        return refused
    # An answer that came too late is not lost: its words wait where a card may still be added.
    text = refused.data.get("text", "") if isinstance(refused, AnswerForm) else ""
    return CardForm(initial={"activity": activity.pk, "prompt": prompt, "text": text})


def places(plan: Plan, board: queries.Board) -> list[queries.Column]:
    """Where loose cards lie or may come to lie: a column for every prompt, and what is left over."""
    there = {column.prompt.key: column for column in board.columns}
    columns = [there.pop(prompt.key, queries.Column(prompt, [])) for prompt in plan.prompts]
    return [*columns, *there.values()]


def own_steps(workshop: Workshop, seat: Participant) -> list[Activity]:
    """The steps in which something of this person's lies that is on no other screen."""
    mine = {"activity": OuterRef("pk"), "participant": seat.pk}
    hidden = Card.objects.filter(activity=OuterRef("pk"), author=seat.pk, revealed_at=None)
    votes, answers = Vote.objects.filter(**mine), Answer.objects.filter(**mine)
    return list(workshop.activities.filter(Exists(hidden) | Exists(votes) | Exists(answers)).only("pk"))
