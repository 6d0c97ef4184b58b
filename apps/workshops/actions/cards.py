"""What participants write and where they put their dots.

Nothing here is recorded while it is hidden: an entry in the log, a name beside a moment, would tell
who wrote an anonymous card. The reveal is recorded; so is everything after it.
"""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.core.errors import DomainError
from apps.core.writes import save_version
from apps.events import live
from apps.events.log import record
from apps.workshops import kinds, queries
from apps.workshops.actions.locks import held, must_take
from apps.workshops.actions.seats import PULSE, note_heard
from apps.workshops.around import open_phase
from apps.workshops.enums import Phase
from apps.workshops.models import Activity, Card, Participant, Workshop


@transaction.atomic
def add_card(participant: Participant, *, activity: UUID, prompt: str, text: str, key: UUID) -> Card:
    """Write a card: hidden while people write, visible at once when the reveal is over.

    The same `key` is the same card, however often it is sent.
    """
    room = held(participant.workshop_id)
    step, hidden = _open_step(room, activity)
    asked = step.plan.prompt(prompt)
    _must_have_cards_left(participant, step, key, hidden)
    author = participant if hidden or not asked.anonymous else None
    fields = {"activity": step, "prompt": asked.key, "kind": asked.kind, "text": text, "anonymous": asked.anonymous}
    place = {} if hidden else {"revealed_at": timezone.now(), "position": _last_place(step) + 1}
    card, made = room.cards.get_or_create(client_key=key, defaults={**fields, **place, "author": author})
    if made:
        note_heard(participant)
        _tell(room, card, hidden)
    return card


def keep_words(participant: Participant, step: Activity, prompt: str, text: str) -> None:
    """The one hidden card of this person under a prompt says `text`; with none there is no card."""
    mine = participant.cards.filter(activity=step, prompt=prompt, revealed_at=None)
    if not text:
        mine.delete()
    elif not mine.update(text=text):
        asked = step.plan.prompt(prompt)
        fields = {"kind": asked.kind, "anonymous": asked.anonymous, "author": participant}
        step.workshop.cards.create(activity=step, prompt=asked.key, text=text, **fields)


@transaction.atomic
def change_card(card: Card, *, text: str, version: int, by: Participant) -> Card:
    """Other words for a card that nobody else has seen."""
    _must_be_own_and_hidden(card, by)
    card.text = text
    save_version(card, expected=version, fields=["text"])
    return card


@transaction.atomic
def delete_card(card: Card, *, by: Participant) -> None:
    """Take back a card that nobody else has seen."""
    _must_be_own_and_hidden(card, by)
    card.delete()


@transaction.atomic
def place_dots(participant: Participant, *, target: str, item: UUID, dots: int) -> int:
    """Let exactly `dots` of this person's dots lie on a card or group; returns how many are left.

    Sending it twice changes nothing more. The person's row is locked: the budget is counted under it.
    """
    room = held(participant.workshop_id)
    must_take(room)
    step = room.activity
    if step is None or room.phase != Phase.VOTE:
        raise DomainError(_("The vote is not open."))
    Participant.objects.select_for_update(no_key=True).get(pk=participant.pk)
    what = _on_the_ballot(step, target, item)
    others = participant.votes.filter(activity=step).exclude(**what)
    used = others.aggregate(sum=Sum("dots"))["sum"] or 0
    plan = step.plan
    if dots > plan.per_item:
        raise DomainError(_("At most %(most)d dots on one thing.") % {"most": plan.per_item})
    if used + dots > plan.budget:
        raise DomainError(_("You have no dot left. Take one back first."))
    _lay(participant, step, what, dots)
    note_heard(participant)
    return plan.budget - used - dots


@transaction.atomic
def add_to_parking_lot(participant: Participant, *, text: str, key: UUID) -> Card:
    """Something for later, seen by everybody at once."""
    room = held(participant.workshop_id)
    must_take(room)
    now = timezone.now()
    fields = {"text": text, "author": participant, "revealed_at": now, "parked_at": now, "activity": room.activity}
    card, made = room.cards.get_or_create(client_key=key, defaults=fields)
    if made:
        record("card.parked", subject=card, by=participant, stream=room.stream)
    return card


def _open_step(room: Workshop, activity: UUID) -> tuple[Activity, bool]:
    """A step that takes cards, and whether they are hidden.

    In the meeting a step that was reached: what was typed while the room moved on still finds its place. Before and
    after it, a step that is planned for it.
    """
    step = room.activities.filter(pk=activity).first()
    around = open_phase(room, step) if step else ""
    if not around:
        must_take(room)
    if step is None or not step.takes_cards or not (around or step.visited_at):
        raise DomainError(_("This step takes no cards."))
    if around:
        return step, room.takes_ahead
    writing = room.activity_id == step.pk and room.phase in kinds.behaviour(step.kind).writing
    return step, writing and not step.plan.shown_at_once


def _must_have_cards_left(participant: Participant, step: Activity, key: UUID, hidden: bool) -> None:
    """As many cards for each person as the step allows, counted under the person's row."""
    most = step.plan.most_cards
    if not most or not hidden:
        return
    Participant.objects.select_for_update(no_key=True).get(pk=participant.pk)
    if participant.cards.filter(activity=step, revealed_at=None).exclude(client_key=key).count() >= most:
        raise DomainError(
            _("That is as many cards as each person has here: %(most)d. Change one of yours.") % {"most": most}
        )


def _must_be_own_and_hidden(card: Card, by: Participant) -> None:
    room = held(card.workshop_id)
    if card.activity is None or not open_phase(room, card.activity):
        must_take(room)
    fresh = Card.objects.filter(pk=card.pk, author=by, revealed_at=None)
    if not fresh.exists():
        raise DomainError(_("This card has been shown to everybody, so it stays as it is."))


def _on_the_ballot(step: Activity, target: str, item: UUID) -> dict[str, object]:
    """The one thing these dots are for, as fields of the vote."""
    if target == "group" and step.groups.filter(pk=item).exists():
        return {"card": None, "group": item}
    loose = step.cards.filter(pk=item, group=None, revealed_at__isnull=False, parked_at=None)
    if target == "card" and loose.exists():
        return {"card": item, "group": None}
    raise DomainError(_("This is not on the board any more."))


def _lay(participant: Participant, step: Activity, what: dict[str, Any], dots: int) -> None:
    fields: dict[str, Any] = {"card_id": what["card"], "group_id": what["group"]}
    if dots:
        participant.votes.update_or_create(activity=step, **fields, defaults={"dots": dots})
    else:
        participant.votes.filter(activity=step, **fields).delete()


def _tell(room: Workshop, card: Card, hidden: bool) -> None:
    if hidden:
        live.ring(room.stream, PULSE, queries.ready_facts(room), latest=True, nameless=True)
    else:
        record("card.added", subject=card, by=None if card.anonymous else card.author, stream=room.stream)


def _last_place(step: Activity) -> int:
    return step.cards.aggregate(last=Max("position"))["last"] or 0
