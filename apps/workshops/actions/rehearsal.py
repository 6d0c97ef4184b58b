"""A disposable copy to try a workshop with: people who do not exist, nothing that leaves it, gone within a week."""

import random
from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.core.errors import DomainError
from apps.workshops import kinds
from apps.workshops.actions.agenda import place
from apps.workshops.actions.cards import add_card, place_dots
from apps.workshops.actions.locks import must_run, taken
from apps.workshops.actions.seats import mark_ready, seat_host
from apps.workshops.blueprints import Block
from apps.workshops.enums import CardKind, Phase, State
from apps.workshops.models import Activity, Errand, Participant, Workshop

KEPT_FOR = timedelta(days=7)
_pick = random.SystemRandom()


@transaction.atomic
def rehearse(workshop: Workshop, *, by: User) -> Workshop:
    """A copy that only `by` sees, with its waiting room open and seven people in it; an older one goes."""
    if workshop.rehearsal:
        raise DomainError(_("This is a rehearsal already."))
    rows = list(workshop.activities.order_by("position", "created_at", "id"))
    if not rows:
        raise DomainError(_("The agenda is empty. Add a step first."))
    Workshop.objects.filter(project=workshop.project_id, rehearsal=True, host=by).delete()
    copy = Workshop.objects.create(
        project=workshop.project,
        title=(_("Rehearsal: %(title)s") % {"title": workshop.title})[:120],
        purpose=workshop.purpose,
        template=workshop.template,
        minutes=workshop.minutes,
        host=by,
        rehearsal=True,
        state=State.OPEN,
    )
    place(copy, [Block(row.kind, row.title, row.note, row.minutes, row.plan) for row in rows if not row.skipped])
    seat_host(copy, by)
    there = timezone.now() + KEPT_FOR
    Participant.objects.bulk_create(
        Participant(workshop=copy, name=name, pretend=True, last_seen_at=there) for name in _names()
    )
    Errand.objects.create(workshop=copy, effect_key=f"end-rehearsal:{copy.pk}", due_at=there)
    return copy


@transaction.atomic
def delete_rehearsal(workshop: Workshop, *, by: User) -> None:
    """The copy and everything in it goes; a real workshop never does."""
    if not workshop.rehearsal:
        raise DomainError(_("This is a real workshop. It stays."))
    workshop.delete()


@transaction.atomic
def act_as_pretend(workshop: Workshop, *, answers: dict[str, Any] | None = None, action: Any = None) -> int:
    """The people who do not exist do what the phase asks; returns how many did something.

    `answers` are what the form of the phase would send, by the key of the seat, and `action` takes them.
    """
    room = taken(workshop)
    if not room.rehearsal:
        raise DomainError(_("Only in a rehearsal somebody pretends."))
    must_run(room)
    seats = list(room.participants.filter(pretend=True).order_by("created_at", "pk"))
    step = room.activity
    for seat in seats:
        seat.workshop = room
    # One of them stays silent, so that a host sees who has not been heard.
    busy = seats[:-1]
    if step and room.paused_left is None:
        for seat in busy:
            # What one of them cannot do is not worth stopping the rehearsal for.
            with suppress(DomainError), transaction.atomic():
                _do(room, seat, step, (answers or {}).get(str(seat.pk)), action)
    for seat in busy[: len(busy) - 1]:
        mark_ready(seat, ready=True, step=room.step)
    return len(busy)


def _do(room: Workshop, seat: Participant, step: Activity, answer: dict[str, Any] | None, action: Any) -> None:
    if answer is not None and action is not None:
        action(seat, **answer)
    elif step.takes_cards and room.phase in kinds.behaviour(step.kind).writing:
        _write(seat, step)
    elif room.phase == Phase.VOTE:
        _vote(seat, step)


def _write(seat: Participant, step: Activity) -> None:
    if seat.cards.filter(activity=step).exists():
        return
    for prompt in step.plan.prompts:
        add_card(seat, activity=step.pk, prompt=prompt.key, text=_words(prompt.kind), key=uuid4())


def _vote(seat: Participant, step: Activity) -> None:
    if seat.votes.filter(activity=step).exists():
        return
    cards = list(step.cards.filter(group=None, revealed_at__isnull=False, parked_at=None))
    things = [("group", group.pk) for group in step.groups.all()] + [("card", card.pk) for card in cards]
    for target, key in _pick.sample(things, min(step.plan.budget, len(things))):
        place_dots(seat, target=target, item=key, dots=1)


def _names() -> list[str]:
    names = ["Ada", "Bertil", "Chidi", "Dolores", "Emre", "Fiona", "Goran"]
    return [_("%(name)s (pretend)") % {"name": name} for name in names]


def _words(kind: str) -> str:
    """Something that a person could say, by kind of card."""
    said = {
        CardKind.EXPECTATION: [_("Less typing of the same answer"), _("I can see where it comes from"), _("New people start sooner")],
        CardKind.CONCERN: [_("It sounds sure and is wrong"), _("Who is liable?"), _("Yet another tool to click through")],
        CardKind.CONSTRAINT: [_("Personal data stay in the EU"), _("No go-live in March"), _("No extra headcount")],
        CardKind.DATA: [_("Three years of closed tickets"), _("The handbook, in four versions")],
        CardKind.REASON: [_("Nobody kept the handbook current"), _("The price tripled"), _("Drafts were slower than typing")],
    }  # fmt: skip
    return _pick.choice(said.get(CardKind(kind), [_("Something worth talking about"), _("Start small")]))
