"""Answers about several things in one go: each of them counts for itself."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.core.errors import DomainError
from apps.events import live
from apps.workshops import kinds, queries
from apps.workshops.actions.answers import asked_now
from apps.workshops.actions.seats import PULSE, note_heard
from apps.workshops.models import Activity, Answer, Participant

Thing = tuple[str, UUID]


@transaction.atomic
def give_answers(participant: Participant, *, activity: UUID, answers: list[dict[str, Any]]) -> int:
    """Put these answers in place of what this person said in this round; an empty one takes it back.

    What has gone from the board meanwhile is passed over, unless nothing is left. Returns how many were taken.
    """
    step, phase = asked_now(participant, activity)
    known = kinds.behaviour(step.kind)
    round = known.rounds[phase]
    there = _things(step)
    given = [answer for answer in answers if (answer["target"], answer["item"]) in there]
    if answers and not given:
        raise DomainError(_("This is not open any more. Look where the room is."))
    shown = None if known.hides(phase) else timezone.now()
    mine = {_thing(answer): answer for answer in participant.answers.filter(activity=step, round=round)}
    for answer in given:
        thing = (answer["target"], answer["item"])
        _put(participant, step, round, thing, mine.get(thing), answer["value"], shown)
    note_heard(participant)
    room = step.workshop
    live.ring(room.stream, PULSE, queries.ready_facts(room))
    return len(given)


def _put(
    participant: Participant, step: Activity, round: int, thing: Thing, old: Answer | None, value: Any, shown: Any
) -> None:
    if old and not value:
        old.delete()
    elif old and old.value != value:
        old.value, old.revealed_at = value, shown
        old.save(update_fields=["value", "revealed_at", "updated_at"])
    elif value and not old:
        target, key = thing
        fields: dict[str, Any] = {f"{target}_id": key}
        Answer.objects.create(
            participant=participant, activity=step, round=round, value=value, revealed_at=shown, **fields
        )


def _things(step: Activity) -> set[Thing]:
    """What may be answered about now: everything, or the one thing that is answered again."""
    things: dict[str, QuerySet[Any]] = {
        "item": step.items.filter(closed_at=None),
        "group": step.groups.all(),
        "card": step.cards.filter(revealed_at__isnull=False, parked_at=None),
    }
    found = {(target, key) for target, rows in things.items() for key in rows.values_list("pk", flat=True)}
    only = step.result.get("again")
    return {(target, key) for target, key in found if only in (None, f"{target}:{key}")}


def _thing(answer: Answer) -> Thing:
    if answer.item_id:
        return "item", answer.item_id
    return ("group", answer.group_id) if answer.group_id else ("card", answer.card_id)  # type: ignore[return-value]
