from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.core.errors import DomainError, Stale
from apps.dprd.actions.rows import locked as lock
from apps.dprd.actions.rows import save_field, stored, tell
from apps.dprd.enums import Duty, State
from apps.dprd.models import Seat, Section
from apps.stakeholders.models import Stakeholder


@transaction.atomic
def set_state(section: Section, *, state: str, was: str, by: User) -> Section:
    locked = lock(stored(section))
    if locked.state != was:
        raise Stale(_("Somebody set this to “%(state)s” in the meantime.") % {"state": locked.get_state_display()})
    if state != State.EMPTY and not locked.text.strip():
        raise DomainError(_("There is no text yet. Write it first, then say how far it is."))
    if state == State.EMPTY and locked.text.strip():
        raise DomainError(_("There is text here, so it is a draft or ready."))
    locked.state = state
    is_ready = state == State.READY
    locked.ready_version = locked.text_version if is_ready else None
    locked.ready_at, locked.ready_by = (timezone.now(), by) if is_ready else (None, None)
    return save_field(locked, "state", by, "ready_version", "ready_at", "ready_by")


@transaction.atomic
def set_owner(section: Section, *, owner: User | None, was: User | None, by: User) -> Section:
    locked = lock(stored(section))
    if locked.owner != was:
        raise Stale(_("Somebody gave this section another owner in the meantime."))
    if owner and not locked.project.memberships.filter(user=owner).exists():
        raise DomainError(_("Only members of the project can own a section."))
    locked.owner = owner
    return save_field(locked, "owner", by)


@transaction.atomic
def give_seat(section: Section, *, who: User | Stakeholder, duty: str, by: User) -> Seat:
    """Ask somebody to approve a section or to be consulted on it. A person has one duty in a section; the same again changes nothing."""
    section = lock(stored(section))
    person = {"user": who} if isinstance(who, User) else {"stakeholder": who}
    seat, made = Seat.objects.get_or_create(section=section, **person, defaults={"duty": Duty(duty)})
    if not made and seat.duty == duty:
        return seat
    if not made:
        seat.duty = duty
        seat.save(update_fields=["duty", "updated_at"])
    tell("section.changed", section, by, field="seats")
    return seat


@transaction.atomic
def take_seat(seat: Seat, *, by: User) -> None:
    """Somebody no longer approves a section, or is no longer consulted. Twice is once."""
    section = lock(seat.section)
    gone, _rows = Seat.objects.filter(pk=seat.pk).delete()
    if gone:
        tell("section.changed", section, by, field="seats")
