from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.core.errors import DomainError
from apps.events.log import record
from apps.projects.models import Project
from apps.stakeholders import roles
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
