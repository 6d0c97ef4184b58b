"""Answers and what they are about. Nothing is recorded while it is hidden: see `cards`."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.core.errors import DomainError
from apps.core.writes import save_version
from apps.events import live
from apps.events.log import record
from apps.workshops import kinds, queries
from apps.workshops.actions.cards import keep_words
from apps.workshops.actions.locks import held, must_take, taken
from apps.workshops.actions.seats import PULSE, note_heard
from apps.workshops.around import open_phase
from apps.workshops.models import Activity, Answer, Item, Participant, Workshop

ANSWERS = "answers:changed"
ITEMS = "items:changed"


@transaction.atomic
def give_answer(
    participant: Participant,
    *,
    activity: UUID,
    value: dict[str, Any],
    text: str = "",
    target: str = "",
    item: UUID | None = None,
) -> Answer:
    """Answer about the step or about one thing of it; answering again replaces the answer of this round."""
    step, phase = asked_now(participant, activity)
    known = kinds.behaviour(step.kind)
    if phase in known.words:
        keep_words(participant, step, known.words[phase], text)
        text = ""
    about = _about(step, target, item)
    # After the meeting everything is open.
    hidden = known.hides(phase) and not step.workshop.is_ended
    return put_answer(participant, step, known.rounds[phase], value=value, text=text, hidden=hidden, **about)


def asked_now(participant: Participant, activity: UUID) -> tuple[Activity, str]:
    """The step with its room, and the phase in which it asks, held until this ends. Raises when it asks nothing."""
    room = held(participant.workshop_id)
    step = room.activities.filter(pk=activity).first()
    # Before and after the meeting a step that is planned for it asks, wherever the room is.
    around = open_phase(room, step) if step else ""
    if not around:
        must_take(room)
    if step is None or not (around or (_round_now(room, step) is not None and step.visited_at)):
        raise DomainError(_("This step takes no answers now. Look where the room is."))
    # Two sends at once are one answer.
    Participant.objects.select_for_update(no_key=True).get(pk=participant.pk)
    return step, around or room.phase


def put_answer(
    participant: Participant,
    step: Activity,
    round: int,
    *,
    value: dict[str, Any],
    text: str,
    hidden: bool,
    **about: Any,
) -> Answer:
    """Write the one answer of this person; its room and its participant are held by the caller."""
    answer, _made = Answer.objects.update_or_create(
        participant=participant,
        activity=step,
        round=round,
        **{"item": None, "group": None, "card": None, **about},
        defaults={"value": value, "text": text, "revealed_at": None if hidden else timezone.now()},
    )
    note_heard(participant)
    _tell(step.workshop, answer, participant, hidden)
    return answer


@transaction.atomic
def add_item(
    activity: Activity, *, text: str, key: UUID, details: dict[str, Any] | None = None, by: User | Participant
) -> Item:
    """Something to answer about, at the end of the list. The same `key` is the same item."""
    room = taken(activity.workshop)
    _must_not_be_over(room)
    last = activity.items.aggregate(last=Max("position"))["last"] or 0
    fields = {"text": text, "details": details or {}, "position": last + 1}
    fields["author"] = by if isinstance(by, Participant) else None
    item, made = activity.items.get_or_create(client_key=key, defaults=fields)
    if made:
        record("item.added", subject=item, by=by, stream=room.stream)
    return item


@transaction.atomic
def change_item(
    item: Item, *, text: str, version: int, details: dict[str, Any] | None = None, by: User | Participant
) -> Item:
    room = taken(item.activity.workshop)
    _must_not_be_over(room)
    item.text, item.details = text, item.details | (details or {})
    save_version(item, expected=version, fields=["text", "details"])
    record("item.changed", subject=item, by=by, stream=room.stream)
    return item


@transaction.atomic
def remove_item(item: Item, *, by: User) -> None:
    """Take out something that nobody answered about."""
    room = taken(item.activity.workshop)
    _must_not_be_over(room)
    if item.answers.exists():
        raise DomainError(_("People have answered this already, so it stays. You can change its words."))
    record("item.removed", subject=item, by=by, stream=room.stream)
    item.delete()


def _round_now(room: Workshop, step: Activity | None) -> int | None:
    if step is None or room.activity_id != step.pk:
        return None
    return kinds.behaviour(step.kind).rounds.get(room.phase)


def _about(step: Activity, target: str, item: UUID | None) -> dict[str, Any]:
    """The fields that say what an answer is about. Raises when it is not there any more."""
    fields: dict[str, Any] = {"item": None, "group": None, "card": None}
    known = kinds.behaviour(step.kind)
    if not known.many:
        return fields
    opened = {"opened_at__isnull": False} if known.one_by_one else {}
    things: dict[str, QuerySet[Any]] = {
        "item": step.items.filter(closed_at=None, **opened),
        "group": step.groups.all(),
        "card": step.cards.filter(revealed_at__isnull=False, parked_at=None),
    }
    thing = things[target].filter(pk=item).first() if item and target in things else None
    if thing is None:
        raise DomainError(_("This is not open any more. Look where the room is."))
    return {**fields, target: thing}


def _tell(room: Workshop, answer: Answer, participant: Participant, hidden: bool) -> None:
    if hidden:
        live.ring(room.stream, PULSE, queries.ready_facts(room), latest=True, nameless=True)
    else:
        record("answer.given", subject=answer, by=participant, stream=room.stream, changed=ANSWERS)


def _must_not_be_over(room: Workshop) -> None:
    if room.is_ended:
        raise DomainError(_("This workshop is over; what was said stays as it was."))
