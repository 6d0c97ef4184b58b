from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.core.errors import DomainError
from apps.events.log import record
from apps.projects.models import Project
from apps.stakeholders import roles
from apps.stakeholders.models import SeatNote
from apps.stakeholders.queries import OWN
from apps.tables.models import OwnEntry

CHANGED = "stakeholders:changed"


@transaction.atomic
def add_seat(project: Project, *, title: str, duty: str, why_empty: str, seat: str, by: User) -> OwnEntry:
    """A seat that the company wants at its tables, for all projects."""
    if any(title.casefold() == shipped.title.casefold() for shipped in roles.seats()):
        raise DomainError(_("The catalog has “%(title)s” already.") % {"title": title})
    values = {"duty": duty, "why_empty": why_empty, "seat": seat}
    entry = OwnEntry(register=OWN, name=title, author=by, values=values)
    try:
        with transaction.atomic():
            entry.save(force_insert=True)
    except IntegrityError as twice:
        raise DomainError(_("The company has “%(title)s” already.") % {"title": title}) from twice
    record("entry.kept", subject=entry, by=by, stream=project.stream, changed=CHANGED, register=OWN)
    return entry


@transaction.atomic
def drop_seat(project: Project, entry: OwnEntry, *, by: User) -> None:
    """Offered no more; who sits there keeps the words."""
    record("entry.dropped", subject=entry, by=by, stream=project.stream, changed=CHANGED, register=OWN, name=entry.name)
    entry.delete()


@transaction.atomic
def note_seat(project: Project, seat: str, *, words: str, seen: str, by: User) -> SeatNote | None:
    """What is being done about an empty seat; no words take the note away. `seen` is what its writer read there."""
    Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    note = project.seat_notes.filter(seat=seat).first()
    stands = note.words if note else ""
    if stands == words:
        return note
    if stands != seen:
        raise DomainError(_("Meanwhile somebody wrote “%(words)s” here. Save again to replace it.") % {"words": stands})
    if words:
        note, _made = SeatNote.objects.update_or_create(project=project, seat=seat, defaults={"words": words, "by": by})
    elif note:
        note.delete()
    record("seat.noted", subject=f"seat:{seat}", by=by, stream=project.stream, changed=CHANGED, seat=seat, words=words)
    return note if words else None
