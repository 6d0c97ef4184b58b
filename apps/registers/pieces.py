"""How rows are taken along into a new project: one piece for each register that is declared."""

from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.projects.copying import Arrival, Piece
from apps.projects.models import Project
from apps.registers import declared, queries
from apps.tables import actions, columns
from apps.tables.columns import Column, Value, Values
from apps.tables.declared import Register
from apps.tables.enums import Kind

FIRST, LAST = 100, 300
ELSEWHERE = {"objective": "objectives", "risks": "risks"}
"""Pieces of what links lead to and is no register of rows."""
LATE = {"risks"}
"""Taken along after most registers: what links to them waits until they are there."""
# What was decided elsewhere binds nobody here.
UNUSUAL = {"decisions"}


def pieces() -> list[Piece]:
    found = declared.registers()
    # A register that others link to comes before them.
    found.sort(key=lambda register: bool(register.linked & {other.key for other in found}))
    return [_piece(register, place) for place, register in enumerate(found)]


def key_of(register: str) -> str:
    return f"register-{register}"


def _piece(register: Register, place: int) -> Piece:
    local = [str(column.label).lower() for column in register.columns if column.local]
    links = tuple(ELSEWHERE.get(to, key_of(to)) for to in sorted(register.linked))
    order = FIRST + place if register.linked.isdisjoint(LATE) else LAST + place
    return Piece(
        key_of(register.key), register.title, order, partial(_pack, register), partial(_unpack, register),
        about=_("Without: %(columns)s.") % {"columns": ", ".join(local)} if local else "",
        group=_("Tables"), links=links,
        usual=register.key not in UNUSUAL,
    )  # fmt: skip


def _pack(register: Register, project: Project, *, names: bool) -> list[dict[str, Any]]:
    kept = [column for column in register.columns if not column.local and (names or column.kind != Kind.PERSON)]
    return [
        {"id": str(row.pk), "values": {column.key: row.values[column.key] for column in kept if column.key in row.values}}
        for row in queries.rows(project, register)
    ]  # fmt: skip


def _unpack(register: Register, packed: list[dict[str, Any]], arrival: Arrival) -> None:
    rows = [(row["id"], _values(register, row["values"], arrival)) for row in packed]
    rows = [(ident, values) for ident, values in rows if values.get("name")]
    if not rows:
        return
    new = [values for _ident, values in rows]
    batch = actions.take_rows(arrival.project, register.key, new=new, changed=[], came_from=arrival.origin, by=arrival.by)  # fmt: skip
    arrival.keys.update({ident: str(made.pk) for (ident, _values), made in zip(rows, batch.rows, strict=True)})


def _values(register: Register, packed: dict[str, Any], arrival: Arrival) -> Values:
    """Read anew: a template may be older than the columns that are declared today."""
    read = {column.key: _value(column, packed.get(column.key), arrival) for column in register.columns}
    return {key: value for key, value in read.items() if value is not None}


def _value(column: Column, packed: Value | None, arrival: Arrival) -> Value | None:
    if packed is None or packed == "":
        return None
    if column.kind == Kind.LINK:
        return arrival.keys.get(str(packed))
    if column.kind == Kind.DAY:
        day = arrival.day(str(packed))
        packed = day.isoformat() if day else None
    try:
        return columns.read(column, packed)
    except columns.Refused:
        return None
