"""The room's row decides the order of what happens in it.

Whoever moves the room, or changes what it shows, takes its row for themselves. Whoever writes into
it holds the row together with all other writers, so that a card and a step never cross.
"""

from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from apps.core.errors import DomainError
from apps.workshops.models import Workshop


def taken(workshop: Workshop) -> Workshop:
    """The room as it is now, for this transaction alone."""
    return _fresh(workshop.pk, Workshop.objects.select_for_update(of=("self",), no_key=True))


def held(workshop_id: UUID) -> Workshop:
    """The room as it is now; it stays so until this transaction ends, others may write beside it."""
    table = Workshop._meta.db_table
    with connection.cursor() as cursor:
        # Django has no word for FOR SHARE.
        cursor.execute(f"SELECT 1 FROM {table} WHERE id = %s FOR SHARE", [workshop_id])  # noqa: S608 - our own table
    return _fresh(workshop_id, Workshop.objects.all())


def must_run(room: Workshop) -> None:
    """Raise unless the workshop is running."""
    if room.is_ended:
        raise DomainError(_("The workshop is over. What was said is in the recap."))
    if not room.is_live:
        raise DomainError(_("The workshop has not started yet."))


def must_take(room: Workshop) -> None:
    """Raise unless people may write in the room now."""
    must_run(room)
    if room.paused_left is not None:
        raise DomainError(_("The host has paused the room. What you typed stays here; send it when the room goes on."))


def must_be_real(room: Workshop) -> None:
    """Raise in a rehearsal, from which nothing goes into the project."""
    if room.rehearsal:
        raise DomainError(_("This is a rehearsal: nothing leaves it. In the real workshop this works."))


def _fresh(workshop_id: UUID, rooms: Any) -> Workshop:
    return rooms.select_related("project", "host", "activity").get(pk=workshop_id)
