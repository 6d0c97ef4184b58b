from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.core.errors import DomainError
from apps.events.log import record
from apps.projects.models import Project
from apps.tables import catalogs, declared, editions
from apps.tables.actions import change_row, from_edition, lock, take_rows
from apps.tables.enums import Kind
from apps.tables.models import Entry, OwnEntry
from apps.tables.queries import Batch


@transaction.atomic
def add_all_known(project: Project, register_key: str, *, group: str = "", by: User) -> Batch:
    """Copy every entry of the shipped catalog, or of one group of it, that is not in the table yet."""
    register = declared.register(register_key)
    lock(project)
    listed = catalogs.matching(catalogs.offers(project, register), group=group)
    new = [dict(offer.known.values) for offer in listed if not (offer.own or offer.is_there)]
    if not new:
        raise DomainError(_("All of it is in the table already."))
    return take_rows(project, register_key, new=new, changed=[], came_from=from_edition(register), by=by)


@transaction.atomic
def take_newer(row: Entry, *, version: int, by: User) -> Entry:
    """Give a row what the newer edition of the catalog says, but for fields that were changed here; it is of that
    edition from then on."""
    found = next((one for one in editions.newer(row.project, row.declared) if one.row.pk == row.pk), None)
    if found is None:
        raise DomainError(_("The catalog says nothing new of this row."))
    if found.takes:
        change_row(row, version=version, values=found.takes, by=by)
    row.came_from = from_edition(row.declared)
    row.save(update_fields=["came_from", "updated_at"])
    return row


@transaction.atomic
def keep_entry(row: Entry, *, by: User) -> OwnEntry:
    """Put a row into the company's catalog, without what says how things stand in one project: people, days, links.

    Keeping it again under the same name replaces one's own.
    """
    register = row.declared
    left_out = (Kind.PERSON, Kind.DAY, Kind.LINK)
    kept = [column for column in register.columns if not column.local and column.kind not in left_out]
    values = {column.key: row.values[column.key] for column in kept if column.key in row.values}
    there = catalogs.own_entries(register.key).filter(name__iexact=row.name).first()
    if there and there.author_id != by.pk:
        raise DomainError(_("The company’s catalog has “%(name)s” already.") % {"name": row.name})
    entry = there or OwnEntry(register=register.key, author=by)
    entry.name, entry.values = row.name, values
    try:
        with transaction.atomic():
            entry.save()
    except IntegrityError as twice:
        raise DomainError(_("The company’s catalog has “%(name)s” already.") % {"name": row.name}) from twice
    record("entry.kept", subject=entry, by=by, stream=row.project.stream, register=register.key)
    return entry


@transaction.atomic
def drop_entry(project: Project, entry: OwnEntry, *, by: User) -> None:
    """Out of the company's catalog; rows that were made from it stay."""
    record("entry.dropped", subject=entry, by=by, stream=project.stream, register=entry.register, name=entry.name)
    entry.delete()
