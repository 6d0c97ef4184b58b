"""Rows that came from an earlier edition of a catalog: what the newer one says of them, before anybody takes it.

What the entry said then is the row's first revision, so no edition has to be kept.
"""

import re
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from apps.core.text.diff import as_html, redline
from apps.projects.models import Project
from apps.registers.models import Row, RowRevision
from apps.tables import columns
from apps.tables.columns import Column, Value, Values
from apps.tables.declared import Register

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

    row: Row
    edition: str
    said: list[Said]

    @property
    def takes(self) -> dict[str, Value | None]:
        """What the row would get: fields that nobody has touched here."""
        return {one.column.key: one.after for one in self.said if not one.ours}


def newer(project: Project, register: Register) -> list[Newer]:
    """Rows of which the shipped edition says something else than the one they came from. Two queries at most."""
    if register.known is None or register.edition is None:
        return []
    entries = {entry.name.casefold(): entry.values for entry in register.known()}
    older = {row.pk: edition for row in _taken(project, register) if (edition := _edition(row)) < register.edition()}
    begun = RowRevision.objects.filter(row__in=older, version=1).select_related("row") if older else []
    found = [_newer(one, older[one.row_id], entries.get(str(one.values.get("name", "")).casefold())) for one in begun]
    return sorted((one for one in found if one and one.said), key=lambda one: one.row.position)


def _taken(project: Project, register: Register) -> list[Row]:
    """Those that say which edition they came from."""
    return [row for row in project.rows.live().of(register).exclude(came_from="") if _edition(row)]


def _edition(row: Row) -> str:
    found = _DAY.search(row.came_from)
    return found.group() if found else ""


def _newer(begun: Any, edition: str, entry: Values | None) -> Newer | None:
    if entry is None:
        return None
    row, then = begun.row, begun.values
    said = [
        Said(column, then.get(column.key), entry[column.key], row.values.get(column.key) != then.get(column.key))
        for column in row.declared.columns
        if column.key in entry and entry[column.key] != then.get(column.key)
    ]
    return Newer(row, edition, said)
