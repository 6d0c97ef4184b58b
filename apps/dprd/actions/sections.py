from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.core.errors import DomainError, Stale
from apps.dprd.actions.rows import locked as lock
from apps.dprd.actions.rows import save_field, stored
from apps.dprd.enums import State
from apps.dprd.models import Section


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
