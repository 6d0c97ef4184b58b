"""Rows that came from an earlier edition of a catalog: what the newer one says of them, before anybody takes it.

What the entry said then is the row's first revision, so no edition has to be kept.
"""

import re
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from apps.core.text.diff import as_html, redline
from apps.tables import columns
from apps.tables.columns import Column, Value, Values
from apps.tables.declared import Known, Register
from apps.tables.queries import history, rows

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Said:
    """One field that the newer edition says differently. `ours` is true when somebody changed it here: it stays."""

    column: Column
    before: Value | None
    after: Value | None
    ours: bool

    @property
    def html(self) -> SafeString:
        return as_html(redline(columns.show(self.column, self.before), columns.show(self.column, self.after)))


@dataclass(frozen=True)
class Newer:
    """A row, the edition that it came from, and what has changed since."""

    row: Any
    edition: str
    said: list[Said]

    @property
    def takes(self) -> dict[str, Value | None]:
        """What the row would get: fields that nobody has touched here."""
        return {one.column.key: one.after for one in self.said if not one.ours}


def newer(project: Any, register: Register) -> list[Newer]:
    """Rows of which the shipped edition says something else than the one they came from. Two queries at most."""
    if register.known is None or register.edition is None:
        return []
    entries = register.known()
    by_id, by_name = {one.id: one for one in entries}, {one.name.casefold(): one for one in entries}
    older = {row.pk: row for row in rows(project, register) if "" < edition_of(row) < register.edition()}
    begun = history(register).objects.filter(row__in=older, version=1) if older else []
    found = []
    for then in begun:
        row, name = older[then.row_id], str(then.values.get("name", "")).casefold()
        found.append(_newer(row, then.values, by_id.get(row.catalog_id) or by_name.get(name)))
    return sorted((one for one in found if one and one.said), key=lambda one: one.row.position)


def edition_of(row: Any) -> str:
    """The edition that a row says it came from."""
    found = _DAY.search(row.came_from)
    return found.group() if found else ""


def _newer(row: Any, then: Values, entry: Known | None) -> Newer | None:
    if entry is None:
        return None
    now, held = entry.values, row.values
    said = [
        Said(column, then.get(column.key), now[column.key], held.get(column.key) != then.get(column.key))
        for column in row.declared.columns
        if column.key in now and now[column.key] != then.get(column.key)
    ]
    return Newer(row, edition_of(row), said)
