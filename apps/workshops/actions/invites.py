"""Asking people to come, to write something ahead, and telling them when it moves or is called off."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.accounts.tokens import token_hash
from apps.core.errors import DomainError
from apps.events import live
from apps.events.log import record
from apps.projects.permissions import Perm, granted
from apps.workshops import codes, letters
from apps.workshops.actions.locks import taken
from apps.workshops.actions.seats import PEOPLE, must_admit, must_be_welcome
from apps.workshops.actions.steps import lay_out
from apps.workshops.enums import Part, State
from apps.workshops.models import Invite, Participant, Workshop

INVITES = "invites:changed"


@dataclass(frozen=True)
class Asked:
    """Somebody to invite: a member by account, anybody else by name and address."""

    name: str
    email: str
    user: UUID | None = None
    time_zone: str = ""


@transaction.atomic
def invite_people(
    workshop: Workshop, *, people: Iterable[Asked], ahead: bool, show_mail: bool = False, by: User
) -> list[Invite]:
    """Mail these people, and nobody else. Who has an invitation already gets no second one.

    `show_mail`: guests read the host's own address in their calendars. As calendars know a meeting by who called it,
    it stays as it was when the first guest was invited.
    """
    room = taken(workshop)
    _must_be_to_come(room)
    if room.rehearsal:
        raise DomainError(_("This is a rehearsal: no mail leaves it."))
    if ahead and room.ahead_from is None:
        _open_ahead(room, timezone.now())
    if room.host_mail_shown != show_mail and not room.invites.filter(user=None).exists():
        room.host_mail_shown = show_mail
        room.save(update_fields=["host_mail_shown", "updated_at"])
    made = [invite for asked in people if (invite := _invite(room, asked, ahead)) is not None]
    if not made:
        raise DomainError(_("Everybody you chose has an invitation already."))
    record("invitations.sent", subject=room, by=by, stream=room.stream, changed=INVITES, people=len(made))
    return made


@transaction.atomic
def plan_around(workshop: Workshop, *, ahead_from: datetime | None, after_until: datetime | None, by: User) -> Workshop:
    """From when the steps that are planned for it take input before the meeting, and until when after it."""
    room = taken(workshop)
    if room.is_called_off:
        raise DomainError(_("This workshop was called off."))
    room.after_until = after_until
    room.save(update_fields=["after_until", "updated_at"])
    _open_ahead(room, ahead_from)
    record("workshop.opened_around", subject=room, by=by, stream=room.stream, changed="agenda:changed")
    return room


@transaction.atomic
def call_off(workshop: Workshop, *, word: str, by: User) -> Workshop:
    """It does not take place. Everybody who was invited is told, with the word, and their calendars too."""
    room = taken(workshop)
    _must_be_to_come(room)
    room.state, room.called_off_word = State.OFF, word
    room.ics_sequence += 1
    room.save(update_fields=["state", "called_off_word", "ics_sequence", "updated_at"])
    for invite in _invited(room):
        letters.tell(invite, letters.OFF)
    record("workshop.called_off", subject=room, by=by, stream=room.stream, changed="steps:changed")
    live.ring(room.project.stream, "workshops:changed")
    return room


def tell_change(workshop: Workshop) -> int:
    """Part of a change: everybody who was invited gets the new time; returns how many."""
    invites = _invited(workshop)
    if not invites or workshop.state not in (State.DRAFT, State.OPEN):
        return 0
    workshop.ics_sequence += 1
    workshop.save(update_fields=["ics_sequence"])
    for invite in invites:
        letters.tell(invite, letters.MOVED)
        letters.plan_reminder(invite)
    return len(invites)


@transaction.atomic
def join_as_invited(invite: Invite) -> tuple[Participant, str]:
    """The seat of who was invited, and the secret that opens it: the same on every device of theirs."""
    room = taken(invite.workshop)
    invite = Invite.objects.select_related("seat", "user").get(pk=invite.pk)
    secret = codes.seat_secret(invite.pk)
    must_be_welcome(room, user=invite.user, secret_hash=token_hash(secret), email=invite.email)
    if invite.seat is None:
        invite.seat = _sit_down(room, invite, secret)
        invite.save(update_fields=["seat", "updated_at"])
    return invite.seat, secret


def _sit_down(room: Workshop, invite: Invite, secret: str) -> Participant:
    there = room.participants.filter(user=invite.user).first() if invite.user_id else None
    if there is None:
        must_admit(room, invited=True)
        there = Participant(workshop=room, user=invite.user, name=invite.name[:60], role=_role(room, invite))
        there.email = "" if invite.user_id else invite.email
        there.secret_hash = token_hash(secret)
        there.save(force_insert=True)
        record("participant.joined", subject=there, by=there, stream=room.stream, changed=PEOPLE)
    elif not there.secret_hash:
        there.secret_hash = token_hash(secret)
        there.save(update_fields=["secret_hash", "updated_at"])
    return there


def _role(room: Workshop, invite: Invite) -> str:
    membership = room.project.memberships.filter(user=invite.user).first() if invite.user_id else None
    hosts = membership is not None and granted(membership.role, Perm.WORKSHOP_HOST)
    return Part.HOST if hosts else Part.PARTICIPANT


def _invite(room: Workshop, asked: Asked, ahead: bool) -> Invite | None:
    fields = {
        "user_id": asked.user,
        "name": asked.name[:120],
        "time_zone": asked.time_zone or room.project.time_zone,
        "sequence": room.ics_sequence,
        "asked_ahead": ahead,
        "seat": room.participants.filter(user=asked.user, invite=None).first() if asked.user else None,
    }
    invite, made = room.invites.get_or_create(email=asked.email.lower(), defaults=fields)
    if not made:
        return None
    letters.tell(invite, letters.INVITED)
    letters.plan_reminder(invite)
    return invite


def _open_ahead(room: Workshop, at: datetime | None) -> None:
    room.ahead_from = at
    room.save(update_fields=["ahead_from", "updated_at"])
    if at:
        for step in room.activities.filter(visited_at=None):
            if step.plan.ahead:
                lay_out(room, step)


def _invited(room: Workshop) -> list[Invite]:
    invites = list(room.invites.select_related("user"))
    for invite in invites:
        invite.workshop = room
    return invites


def _must_be_to_come(room: Workshop) -> None:
    if room.state not in (State.DRAFT, State.OPEN):
        raise DomainError(_("This workshop is under way or over."))
