"""Driving: where the room is, and the clock."""

import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.core.errors import DomainError, Stale
from apps.events import live
from apps.events.log import record
from apps.workshops import kinds
from apps.workshops.actions.decisions import close_left_open
from apps.workshops.actions.locks import must_run, taken
from apps.workshops.actions.seats import seat_host
from apps.workshops.actions.votes import ballot_settings, count_by_role
from apps.workshops.enums import Phase, State
from apps.workshops.models import Activity, Answer, Card, Workshop

# Rounds of answers that were given again are counted from here.
EARLIER = 100
_shuffle = random.SystemRandom().shuffle
ROOM_FIELDS = [
    "state", "step", "activity", "phase", "entered_at", "ends_at", "paused_left", "started_at", "ended_at", "updated_at",
]  # fmt: skip


@transaction.atomic
def open_room(workshop: Workshop, *, by: User) -> Workshop:
    """Let people into the waiting room."""
    room = taken(workshop)
    if room.state != State.DRAFT:
        return room
    room.state = State.OPEN
    room.save(update_fields=["state", "updated_at"])
    seat_host(room, by)
    record("workshop.opened", subject=room, by=by, stream=room.stream, changed="steps:changed")
    live.ring(room.project.stream, "workshops:changed")
    return room


@transaction.atomic
def start_workshop(workshop: Workshop, *, step: int, by: User) -> Workshop:
    """Move everybody from the waiting room into the first step."""
    room = taken(workshop)
    _same_step(room, step)
    if room.state not in (State.DRAFT, State.OPEN):
        raise DomainError(_("This workshop has started already."))
    first = room.activities.filter(skipped=False).order_by("position", "created_at", "id").first()
    if first is None:
        raise DomainError(_("The agenda is empty. Add a step first."))
    now = timezone.now()
    room.state, room.started_at = State.LIVE, now
    seat_host(room, by)
    _enter(room, first, first.plan.phases[0].key, now)
    record("workshop.started", subject=room, by=by, stream=room.stream, changed="steps:changed", facts=_facts(room))
    live.ring(room.project.stream, "workshops:changed")
    return room


@transaction.atomic
def move_everyone(
    workshop: Workshop,
    *,
    activity: UUID,
    phase: str,
    step: int,
    absent: Sequence[UUID] = (),
    until: date | None = None,
    by: User,
) -> Workshop:
    """Everybody goes to this phase. Of two hosts who press at once, one moves the room.

    `absent` members may still answer an open proposal until the end of the day `until`.
    """
    room = taken(workshop)
    must_run(room)
    _same_step(room, step)
    target = room.activities.filter(pk=activity).first()
    if target is None or not target.plan.has(phase):
        raise DomainError(_("This step is not on the agenda any more."))
    now = timezone.now()
    _leave(room, now, absent, until, by)
    _enter(room, target, phase, now)
    record(
        "step.taken",
        subject=room,
        by=by,
        stream=room.stream,
        facts=_facts(room),
        activity=str(target.pk),
        phase=phase,
    )
    return room


@transaction.atomic
def end_workshop(
    workshop: Workshop, *, step: int, absent: Sequence[UUID] = (), until: date | None = None, by: User
) -> Workshop:
    """Close the room. Everything said reaches the record; dots and numbers lose their names where none were said."""
    room = taken(workshop)
    must_run(room)
    _same_step(room, step)
    now = timezone.now()
    _leave(room, now, absent, until, by)
    for activity in room.activities.all():
        _reveal(activity, now)
        _show_answers(activity, None, now)
        named = activity.plan.named
        if not (named or kinds.behaviour(activity.kind).named):
            activity.answers.update(participant=None)
        if not named:
            activity.votes.update(participant=None)
    room.participants.update(ready=False, heard=False, looking_at=None)
    room.state, room.ended_at, room.step = State.ENDED, now, room.step + 1
    room.activity, room.phase, room.ends_at, room.paused_left = None, "", None, None
    room.save(update_fields=ROOM_FIELDS)
    record("workshop.ended", subject=room, by=by, stream=room.stream, changed="steps:changed", facts=_facts(room))
    live.ring(room.project.stream, "workshops:changed")
    return room


@transaction.atomic
def add_time(workshop: Workshop, *, minutes: int, by: User) -> Workshop:
    """More time for the phase; past the end it counts from now."""
    room = taken(workshop)
    must_run(room)
    if room.paused_left is not None:
        room.paused_left = max(room.paused_left, 0) + minutes * 60
    else:
        now = timezone.now()
        room.ends_at = max(room.ends_at or now, now) + timedelta(minutes=minutes)
    return _set_clock(room, "timer.extended", by, minutes=minutes)


@transaction.atomic
def pause_clock(workshop: Workshop, *, by: User) -> Workshop:
    room = taken(workshop)
    must_run(room)
    if room.paused_left is None and room.ends_at:
        room.paused_left = round((room.ends_at - timezone.now()).total_seconds())
        return _set_clock(room, "timer.paused", by)
    return room


@transaction.atomic
def resume_clock(workshop: Workshop, *, by: User) -> Workshop:
    room = taken(workshop)
    must_run(room)
    if room.paused_left is not None:
        room.ends_at = timezone.now() + timedelta(seconds=room.paused_left)
        room.paused_left = None
        return _set_clock(room, "timer.resumed", by)
    return room


def _set_clock(room: Workshop, kind: str, by: User, **payload: Any) -> Workshop:
    room.save(update_fields=["ends_at", "paused_left", "updated_at"])
    record(kind, subject=room, by=by, stream=room.stream, facts=_facts(room), **payload)
    return room


def _same_step(room: Workshop, step: int) -> None:
    if room.step != step:
        raise Stale(_("Somebody moved the room a moment before you. Nothing was skipped: look where it is now."))


def _leave(room: Workshop, now: datetime, absent: Sequence[UUID], until: date | None, by: User) -> None:
    """Book the time that was used, and close the vote or the proposal that is open."""
    activity = room.activity
    if activity is None:
        return
    activity.used_seconds += int((now - (room.entered_at or now)).total_seconds())
    if room.phase == Phase.VOTE:
        activity.votes_closed_at = now
        activity.result = {**activity.result, **count_by_role(activity)}
    round = kinds.behaviour(activity.kind).rounds.get(room.phase)
    if round is not None:
        _show_answers(activity, round, now)
    if kinds.behaviour(activity.kind).hides(room.phase):
        activity.result = {key: value for key, value in activity.result.items() if key != "again"}
    if kinds.behaviour(activity.kind).one_by_one:
        close_left_open(room, activity, absent, until, by)
    activity.save(update_fields=["used_seconds", "votes_closed_at", "result", "updated_at"])


def _enter(room: Workshop, activity: Activity, phase: str, now: datetime) -> None:
    """Put the room into a phase: what was hidden is shown when writing is over."""
    # What `_leave` wrote when the room stays in the same activity.
    activity.refresh_from_db()
    known = kinds.behaviour(activity.kind)
    if phase not in known.writing:
        _reveal(activity, now)
    only_one = "again" in activity.result
    if known.hides(phase) and known.rounds[phase] not in known.forgets and not only_one:
        # Open again, hidden again: people may think anew. What was closed by itself stays shown.
        again = activity.answers.filter(round=known.rounds[phase])
        again.exclude(item__closed_at__isnull=False).update(revealed_at=None)
    _begin_with_earlier(activity, known, phase)
    if activity.visited_at is None:
        lay_out(room, activity)
    activity.visited_at, activity.skipped = activity.visited_at or now, False
    if phase == Phase.VOTE:
        activity.votes_closed_at, activity.settings = None, ballot_settings(activity)
    activity.save(update_fields=["visited_at", "skipped", "votes_closed_at", "settings", "updated_at"])
    fresh = {"ready": False, "looking_at": None} | ({} if room.activity_id == activity.pk else {"heard": False})
    room.participants.update(**fresh)
    room.activity, room.phase, room.entered_at, room.paused_left = activity, phase, now, None
    room.ends_at = now + timedelta(minutes=activity.plan.minutes_of(phase))
    room.step += 1
    room.save(update_fields=ROOM_FIELDS)


def _reveal(activity: Activity, now: datetime) -> None:
    """Show the hidden cards, shuffled behind those that are there; anonymous ones lose their author for good."""
    hidden = list(activity.cards.filter(revealed_at=None).order_by("id"))
    _shuffle(hidden)
    last = activity.cards.aggregate(last=Max("position"))["last"] or 0
    for position, card in enumerate(hidden, last + 1):
        card.position, card.revealed_at, card.updated_at = position, now, now
        # The moment of writing could tell who wrote.
        card.created_at = now
        card.author = None if card.anonymous else card.author
    Card.objects.bulk_update(hidden, ["position", "revealed_at", "created_at", "updated_at", "author"])


def lay_out(room: Workshop, activity: Activity) -> None:
    """What the step is about, as far as it is known when the room first comes."""
    if activity.items.exists():
        return
    start = kinds.behaviour(activity.kind).start(room, activity)
    for position, (text, details) in enumerate(start, 1):
        activity.items.create(text=text, details=details, position=position)


def _show_answers(activity: Activity, round: int | None, now: datetime) -> None:
    """Answers become visible, those of one round or all of them; nameless ones lose their author for good."""
    for nameless in kinds.behaviour(activity.kind).forgets:
        if round in (nameless, None):
            _forget(activity, nameless, now)
    answers = activity.answers.filter(revealed_at=None)
    if round is not None:
        answers = answers.filter(round=round)
    answers.update(revealed_at=now)


def _begin_with_earlier(activity: Activity, known: kinds.Behaviour, phase: str) -> None:
    """A round that people begin with what they said in an earlier one: who changes nothing still counts."""
    earlier, round = known.begins_with.get(phase), known.rounds.get(phase)
    if earlier is None or round is None or activity.answers.filter(round=round).exists():
        return
    things = ("participant_id", "item_id", "group_id", "card_id", "value", "text")
    said = activity.answers.filter(round=earlier, participant__isnull=False).order_by("created_at", "id")
    Answer.objects.bulk_create(
        Answer(activity=activity, round=round, **{name: getattr(answer, name) for name in things}) for answer in said
    )


def _forget(activity: Activity, round: int, now: datetime) -> None:
    """Put fresh rows in place of hidden answers, shuffled: neither key nor moment nor order tells who gave them.

    Answers that were shown before, when the room was here already, stay in the record behind the new ones.
    """
    given = list(activity.answers.filter(round=round, revealed_at=None))
    if not given:
        return
    activity.answers.filter(round=round, revealed_at__isnull=False).update(round=F("round") + EARLIER)
    activity.answers.filter(pk__in=[answer.pk for answer in given]).delete()
    _shuffle(given)
    things = ("round", "item_id", "group_id", "card_id", "value", "text")
    for answer in given:
        Answer.objects.create(activity=activity, revealed_at=now, **{name: getattr(answer, name) for name in things})


def _facts(room: Workshop) -> dict[str, Any]:
    """Where the room is and its clock: the same for everybody."""
    return {
        "step": room.step,
        "state": room.state,
        "phase": room.phase,
        "ends": room.ends_at.isoformat() if room.ends_at else "",
        "now": timezone.now().isoformat(),
        "paused": room.paused_left,
    }
