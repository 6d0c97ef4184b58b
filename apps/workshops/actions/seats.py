"""Coming in, being there, being done."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.accounts.tokens import token_hash
from apps.core.errors import DomainError
from apps.events import live
from apps.events.log import record
from apps.projects.models import Membership
from apps.projects.permissions import Perm, granted
from apps.stakeholders import queries as stakeholders
from apps.workshops import queries
from apps.workshops.actions.locks import held, must_run, taken
from apps.workshops.enums import Part
from apps.workshops.models import Activity, Invite, Participant, Workshop

PEOPLE = "people:changed"
PULSE = "pulse:changed"
MOST_PEOPLE = 1000


@transaction.atomic
def join_as_guest(workshop: Workshop, *, name: str, key: str) -> Participant:
    """Take a seat by name. `key` is the secret that the browser keeps; the same key is the same seat."""
    room = held(workshop.pk)
    there = room.participants.filter(secret_hash=token_hash(key)).first()
    if there and not there.removed_at:
        return there
    must_be_welcome(room, secret_hash=token_hash(key))
    _must_be_shown(room, None)
    must_admit(room)
    seat, made = room.participants.get_or_create(secret_hash=token_hash(key), defaults={"name": name})
    if made:
        _say_joined(room, seat)
    return seat


@transaction.atomic
def join_as_member(workshop: Workshop, *, by: User) -> Participant:
    """Take a seat under one's own name; members who may host sit as hosts."""
    room = held(workshop.pk)
    _must_be_shown(room, by)
    if not room.participants.filter(user=by).exists():
        must_admit(room)
    membership = room.project.memberships.filter(user=by).first()
    hosts = membership is not None and granted(membership.role, Perm.WORKSHOP_HOST)
    return _seat(room, by, Part.HOST if hosts else Part.PARTICIPANT)


def seat_host(room: Workshop, by: User) -> Participant:
    """Who drives the room sits in it."""
    return _seat(room, by, Part.HOST)


@transaction.atomic
def leave_address(participant: Participant, *, email: str) -> Participant:
    """A guest says where the recap may go."""
    must_be_welcome(participant.workshop, email=email)
    participant.email = email
    participant.save(update_fields=["email", "updated_at"])
    return participant


def show_presence(participant: Participant) -> None:
    """A sign of life of an open screen. The others hear of it when somebody comes back."""
    came_back = not participant.is_here
    participant.last_seen_at = timezone.now()
    participant.save(update_fields=["last_seen_at"])
    if came_back:
        _pulse(participant.workshop)


@transaction.atomic
def mark_ready(participant: Participant, *, ready: bool, step: int) -> Participant:
    """Done with this phase, or not yet. A mark for a phase that is over is no mark."""
    room = held(participant.workshop_id)
    must_run(room)
    if room.step == step and participant.ready != ready:
        participant.ready, participant.last_seen_at = ready, timezone.now()
        participant.save(update_fields=["ready", "last_seen_at", "updated_at"])
        _pulse(room)
    return participant


@transaction.atomic
def look_at(participant: Participant, activity: Activity | None) -> Participant:
    """Look at an earlier step, or come back; nobody else moves."""
    room = held(participant.workshop_id)
    if activity and (activity.visited_at is None or not room.is_live):
        raise DomainError(_("This step has not been opened yet."))
    participant.looking_at = None if activity and activity.pk == room.activity_id else activity
    participant.save(update_fields=["looking_at", "updated_at"])
    _pulse(room)
    return participant


@transaction.atomic
def bring_everyone(workshop: Workshop, *, by: User) -> None:
    """Those who look elsewhere come back to where the room is."""
    room = taken(workshop)
    must_run(room)
    room.participants.exclude(looking_at=None).update(looking_at=None)
    record("room.gathered", subject=room, by=by, stream=room.stream, changed="looks:changed")


@transaction.atomic
def remove_participant(participant: Participant, *, by: User) -> None:
    """Show somebody out: their screens stop at once, what they said stays.

    Their account, browser and address lead nowhere until a host lets them in again.
    """
    room = taken(participant.workshop)
    participant.removed_at, participant.ready, participant.looking_at = timezone.now(), False, None
    participant.save(update_fields=["removed_at", "ready", "looking_at", "updated_at"])
    record("participant.removed", subject=participant, by=by, stream=room.stream, changed="rights:changed")


@transaction.atomic
def let_in_again(participant: Participant, *, by: User) -> None:
    """Back to the seat they had."""
    room = taken(participant.workshop)
    if participant.removed_at:
        participant.removed_at = None
        participant.save(update_fields=["removed_at", "updated_at"])
        record("participant.readmitted", subject=participant, by=by, stream=room.stream, changed=PEOPLE)


def give_up_seats(membership: Membership, by: User) -> None:
    """Who leaves the project leaves its rooms: their screens stop at once, what they said stays under their name."""
    # The link in the mail leads nowhere, and nobody is reminded any more.
    Invite.objects.filter(workshop__project=membership.project_id, user=membership.user_id).delete()
    mine = Participant.objects.filter(workshop__project=membership.project_id, user=membership.user_id)
    for seat in mine.select_related("workshop").order_by("created_at", "id"):
        # The name stays; the account does not, so that nobody sits here and an invitation later is a new seat.
        seat.user, seat.secret_hash = None, ""
        seat.save(update_fields=["user", "secret_hash", "updated_at"])
        record("participant.removed", subject=seat, by=by, stream=seat.workshop.stream, changed="rights:changed")


def note_heard(participant: Participant) -> None:
    """Something came from them in this step, or before the meeting: whether, never what."""
    if participant.workshop.takes_ahead:
        _note_ahead(participant)
    elif not participant.heard:
        participant.heard, participant.last_seen_at = True, timezone.now()
        participant.save(update_fields=["heard", "last_seen_at", "updated_at"])


def _note_ahead(participant: Participant) -> None:
    if not participant.contributed:
        participant.contributed, participant.last_seen_at = True, timezone.now()
        participant.save(update_fields=["contributed", "last_seen_at", "updated_at"])
        live.ring(participant.workshop.stream, "ahead:changed")


def _seat(room: Workshop, user: User, role: str) -> Participant:
    must_be_welcome(room, user=user)
    defaults = {"name": (user.name or user.email)[:60], "role": role}
    seat, made = room.participants.get_or_create(user=user, defaults=defaults)
    if made:
        # what the register calls them, until they say it in their words
        seat.title = stakeholders.seats_of(room.project, [user]).get(user.pk, "")[:60]
        seat.save(update_fields=["title", "updated_at"])
        _say_joined(room, seat)
    elif role == Part.HOST and not seat.is_host:
        seat.role = Part.HOST
        seat.save(update_fields=["role", "updated_at"])
    return seat


def must_be_welcome(room: Workshop, *, user: User | None = None, secret_hash: str = "", email: str = "") -> None:
    """Raise for who was shown out of this room."""
    if queries.was_shown_out(room, user=user, secret_hash=secret_hash, email=email):
        raise DomainError(_("The host has shown you out of this room. Only the host can let you in again."))


def must_admit(room: Workshop, *, invited: bool = False) -> None:
    """Raise unless somebody new may come in; who was invited comes after the end too, while something is open."""
    if invited and room.takes_after:
        return
    if room.is_ended:
        raise DomainError(_("This workshop is over."))
    if room.is_called_off:
        raise DomainError(_("This workshop was called off."))
    if room.is_locked:
        raise DomainError(_("The host has closed the door: nobody new comes in. Ask the host to open it."))
    if not room.lets_in:
        raise DomainError(_("The host has not opened the room yet. Try again in a moment: this page stays right."))
    if room.participants.exclude(role=Part.HOST).count() >= MOST_PEOPLE:
        raise DomainError(_("This room is full."))


def _must_be_shown(room: Workshop, user: User | None) -> None:
    if not room.shown_to(user):
        raise DomainError(_("Somebody rehearses here. The real room opens later."))


def _say_joined(room: Workshop, seat: Participant) -> None:
    facts = queries.ready_facts(room)
    record("participant.joined", subject=seat, by=seat, stream=room.stream, changed=PEOPLE, facts=facts)


def _pulse(room: Workshop) -> None:
    live.ring(room.stream, PULSE, queries.ready_facts(room), latest=True)
