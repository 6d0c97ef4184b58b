"""Catalogs of tables: what is shipped, what the company added for all its projects, and what of it a project has."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.tables import columns
from apps.tables.declared import Known, Register
from apps.tables.models import OwnEntry
from apps.tables.queries import rows


@dataclass(frozen=True)
class Offer:
    """An entry of the catalog, and the row that was made from it or has its name."""

    known: Known
    row: Any = None
    own: OwnEntry | None = None

    @property
    def is_there(self) -> bool:
        return self.row is not None


def own_entries(key: str) -> QuerySet[OwnEntry]:
    """What the company added to the catalog of a table, or to another list."""
    return OwnEntry.objects.filter(register=key).select_related("author")


def own_key(entry: OwnEntry) -> str:
    """What the catalog calls an entry of the company's own."""
    return f"own-{entry.pk}"


def may_drop(entry: OwnEntry, user: User) -> bool:
    """Who kept it, and whoever runs the installation."""
    return entry.author_id == user.pk or user.is_staff


def shipped(register: Register) -> tuple[Known, ...]:
    return (register.known or tuple)()


def is_begun(register: Register) -> bool:
    """Whether its catalog has anything in it."""
    return bool(shipped(register)) or own_entries(register.key).exists()


def edition(register: Register) -> str:
    """The day of the shipped edition."""
    return register.edition() if register.edition else ""


def entry(register: Register, key: str) -> Known | None:
    """An entry of the catalog, shipped or the company's own."""
    own = (_own(register, one) for one in own_entries(register.key) if own_key(one) == key)
    return next((one for one in (*shipped(register), *own) if one.id == key), None)


def row_of(there: Iterable[Any], entry: Known) -> Any:
    """The row that was made from the entry, or else the one that has its name."""
    found = list(there)
    made = next((row for row in found if row.catalog_id == entry.id), None)
    return made or next((row for row in found if row.name.casefold() == entry.name.casefold()), None)


def offers(project: Any, register: Register) -> list[Offer]:
    """The whole catalog; what the company added stands first. Two queries."""
    own = {own_key(entry): entry for entry in own_entries(register.key)}
    there = list(rows(project, register))
    made = {row.catalog_id: row for row in there if row.catalog_id}
    named = {row.name.casefold(): row for row in there}
    listed = [*(_own(register, entry) for entry in own.values()), *shipped(register)]
    return [Offer(known, made.get(known.id) or named.get(known.name.casefold()), own.get(known.id)) for known in listed]


def matching(found: Iterable[Offer], *, query: str = "", group: str = "") -> list[Offer]:
    """Those of the group and with every word of the query."""
    wanted = query.lower().split()
    return [
        offer
        for offer in found
        if (not group or offer.known.group == group) and all(word in offer.known.words for word in wanted)
    ]


def groups(found: Iterable[Offer]) -> list[str]:
    """In the order of the catalog, each once."""
    return list(dict.fromkeys(offer.known.group for offer in found))


def _own(register: Register, entry: OwnEntry) -> Known:
    # How things stood where it was kept: an entry from before its column was called local still has that.
    fit = {key: value for key, value in entry.values.items() if key in register.by_key and not register.by_key[key].local}  # fmt: skip
    words = [columns.show(column, fit[column.key]) for column in register.columns[1:] if column.key in fit]
    note = _("Kept by %(name)s.") % {"name": entry.author} if entry.author else ""
    return Known(own_key(entry), entry.name, str(_("The company’s own")), note, fit, "; ".join(filter(None, words)))
