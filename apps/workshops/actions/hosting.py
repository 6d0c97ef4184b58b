"""Who drives the room, and who may come in."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.core.errors import DomainError
from apps.events.log import record
from apps.workshops.actions.locks import must_run, taken
from apps.workshops.actions.seats import PEOPLE, seat_host, show_presence
from apps.workshops.enums import Part
from apps.workshops.models import Participant, Workshop

HOSTS = "hosts:changed"


@transaction.atomic
def lock_room(workshop: Workshop, *, locked: bool, by: User) -> Workshop:
    """Nobody new comes in; who sat here comes back."""
    room = taken(workshop)
    if room.is_ended:
        raise DomainError(_("This workshop is over."))
    if room.is_locked != locked:
        room.locked_at = timezone.now() if locked else None
        room.save(update_fields=["locked_at", "updated_at"])
        record("room.locked" if locked else "room.unlocked", subject=room, by=by, stream=room.stream, changed=PEOPLE)
    return room


@transaction.atomic
def make_host(participant: Participant, *, host: bool, by: User) -> Participant:
    """A member who sits here drives with the others, or does not any more."""
    room = taken(participant.workshop)
    if participant.user_id is None or not room.project.memberships.filter(user=participant.user_id).exists():
        raise DomainError(
            _("Only members of the project can drive. Invite %(name)s first.") % {"name": participant.name}
        )
    if not host and participant.user_id == room.host_id:
        raise DomainError(_("%(name)s is the host. Take over first.") % {"name": participant.name})
    participant.role = Part.HOST if host else Part.PARTICIPANT
    participant.save(update_fields=["role", "updated_at"])
    kind = "participant.promoted" if host else "participant.stepped_down"
    record(kind, subject=participant, by=by, stream=room.stream, changed=HOSTS)
    return participant


@transaction.atomic
def rename_participant(participant: Participant, *, name: str, by: User) -> Participant:
    """Another name for a guest; members carry their own."""
    room = taken(participant.workshop)
    if participant.user_id:
        raise DomainError(_("%(name)s has an account and chooses their own name.") % {"name": participant.name})
    participant.name = name
    participant.save(update_fields=["name", "updated_at"])
    record("participant.renamed", subject=participant, by=by, stream=room.stream, changed=PEOPLE)
    return participant


@transaction.atomic
def take_over(workshop: Workshop, *, by: User) -> Workshop:
    """`by` is the host from now on, and everybody is told."""
    room = taken(workshop)
    must_run(room)
    if room.host_id != by.pk:
        _hand_over(room, seat_host(room, by))
    return room


def show_host(workshop: Workshop, *, by: User) -> None:
    """A sign of life of a host's screen. When the host's own connection is gone, the room is theirs."""
    seat = workshop.participants.filter(user=by).first()
    if seat is None and workshop.admits:
        with transaction.atomic():
            seat = seat_host(taken(workshop), by)
    if seat is not None and not seat.removed_at:
        seat.workshop = workshop
        show_presence(seat)
        stand_in(seat)


@transaction.atomic
def stand_in(participant: Participant) -> bool:
    """Take over when the host is gone and this co-host is there; True when it happened."""
    if not participant.is_host or not participant.user_id or not _is_left_alone(participant.workshop, participant):
        return False
    room = taken(participant.workshop)
    if not _is_left_alone(room, participant):
        return False
    _hand_over(room, participant)
    return True


def _is_left_alone(room: Workshop, participant: Participant) -> bool:
    if not room.is_live or room.host_id == participant.user_id:
        return False
    host = room.participants.filter(user=room.host_id, removed_at=None).first() if room.host_id else None
    return host is None or not host.is_here


def _hand_over(room: Workshop, to: Participant) -> None:
    room.host_id, room.handed_over_at = to.user_id, timezone.now()
    room.save(update_fields=["host", "handed_over_at", "updated_at"])
    facts = {"host": to.first_name}
    record("room.handed_over", subject=room, by=to, stream=room.stream, changed=HOSTS, facts=facts)
