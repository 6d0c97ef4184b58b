from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.accounts.models import User
from apps.core.errors import DomainError, Stale
from apps.core.ids import uuid7
from apps.core.writes import save_version
from apps.events.log import record
from apps.projects.models import Project
from apps.registers import columns, declared, queries
from apps.registers.columns import Value, Values
from apps.registers.declared import Register
from apps.registers.enums import Change
from apps.registers.merging import merge
from apps.registers.models import Row, RowRevision
from apps.registers.queries import UNDONE, Batch

MOST_ROWS = 1000
"""Rows in one register. Nobody reads more, and a spreadsheet pasted by mistake stops here."""


@transaction.atomic
def add_row(
    project: Project,
    register_key: str,
    *,
    values: Mapping[str, Any],
    came_from: str = "",
    came_from_url: str = "",
    client_key: str = "",
    by: Any,
) -> Row:
    """Put a row at the end of a register. `values` are read as if a person had typed them.

    Raises KeyError for a register or column that nobody declared, `DomainError` for what does not fit.
    The same `client_key` of the same person gives the row that it made before.
    """
    register = declared.register(register_key)
    sent = _read(project, register, values)
    _room_for(project, register, 1)
    if before := _sent_before(by, client_key, sent):
        return before.row
    row = _add(project, register, sent, by=by, client_key=client_key, came_from=came_from, came_from_url=came_from_url)
    _tell("row.added", row, by)
    return row


def change_row(row: Row, *, version: int, values: Mapping[str, Any], client_key: str = "", by: User) -> Row:
    """Take in what somebody typed into some fields, from the version that they had before them.

    Fields that others changed meanwhile stay changed. When somebody changed the same field to something else,
    nothing is taken: what was typed is kept in the row's history, and `Stale` is raised. Sending the same
    `client_key` again changes nothing. Raises `DomainError` for what does not fit.
    """
    sent = _read(row.project, row.declared, values)
    with transaction.atomic():
        locked = _locked(row)
        if before := _sent_before(by, client_key, sent):
            if before.change == Change.KEPT:
                raise Stale
            return locked
        clashes = _take_in(locked, version, sent, client_key, by)
    if clashes:
        raise Stale(
            ngettext(
                "Somebody changed the same field while you were writing. Nothing is lost: look at both, then choose.",
                "Somebody changed the same fields while you were writing. Nothing is lost: look at both, then choose.",
                clashes,
            )
        )
    return locked


@transaction.atomic
def move_row(row: Row, *, to: str, by: User) -> None:
    """`up` or `down` by one, or after the row with that id (`first`: to the top). Nobody's edit becomes stale."""
    _lock(row.project)
    there = list(queries.rows(row.project, row.declared))
    order = [found.pk for found in there]
    if row.pk not in order:
        raise DomainError(_("Somebody removed this row in the meantime."))
    at = order.index(row.pk)
    order.remove(row.pk)
    order.insert(_place(to, at, order), row.pk)
    if order.index(row.pk) == at:
        return
    by_id = {found.pk: found for found in there}
    for position, pk in enumerate(order, start=1):
        by_id[pk].position = position
    Row.objects.bulk_update(there, ["position"])
    _tell("row.moved", row, by)


@transaction.atomic
def remove_rows(project: Project, register_key: str, *, rows: Iterable[UUID], by: User) -> Batch:
    """Take rows out of the register. Their history stays, and they can be brought back."""
    batch = uuid7()
    removed = [row for row in _several(project, register_key, rows) if row.removed_at is None]
    if not removed:
        raise DomainError(_("Tick the rows first. Those that you saw may have been removed in the meantime."))
    for row in removed:
        row.removed_at = timezone.now()
        _save(row, Change.REMOVED, by=by, fields=["removed_at"], batch=batch)
        _tell("row.removed", row, by, title=str(row))
    return Batch(batch, removed, change=Change.REMOVED)


@transaction.atomic
def change_rows(
    project: Project, register_key: str, *, rows: Iterable[UUID], values: Mapping[str, Any], by: User
) -> Batch:
    """Give several rows the same value in some fields; fields without a value are left as they are."""
    register = declared.register(register_key)
    sent = {key: value for key, value in _read(project, register, values).items() if value is not None}
    if not sent:
        raise DomainError(_("Choose what to set first."))
    chosen = [row for row in _several(project, register_key, rows) if row.removed_at is None]
    if not chosen:
        raise DomainError(_("Tick the rows first. Those that you saw may have been removed in the meantime."))
    batch = uuid7()
    changed = [row for row in chosen if row.values != {**row.values, **sent}]
    for row in changed:
        row.values = {**row.values, **sent}
        _save(row, Change.CHANGED, by=by, fields=["values"], sent=sent, batch=batch)
        _tell("row.changed", row, by, fields=sorted(sent))
    return Batch(batch, changed, change=Change.CHANGED)


@transaction.atomic
def take_rows(
    project: Project,
    register_key: str,
    *,
    new: list[Values],
    changed: list[tuple[Row, Values]],
    client_key: str = "",
    by: User,
) -> Batch:
    """Take in what somebody pasted or imported, all of it or nothing; it can be undone in one go.

    The same `client_key` of the same person gives what it did before.
    """
    register = declared.register(register_key)
    if not new and not changed:
        raise DomainError(_("There is nothing to take: see below why."))
    _room_for(project, register, len(new))
    if (before := queries.sending(by, client_key)) and before.batch:
        return queries.batch(project, before.batch, by=by) or Batch(before.batch, [])
    batch = uuid7()
    rows = []
    for place, values in enumerate(new):
        # The first carries the key for all: they come and go together.
        rows.append(_add(project, register, values, by=by, batch=batch, client_key="" if place else client_key))
    there = {row.pk: row for row in _locked_rows(project, [row.pk for row, _values in changed])}
    for row, values in changed:
        locked = there[row.pk]
        if locked.removed_at is None and locked.values != {**locked.values, **values}:
            locked.values = {**locked.values, **values}
            key = "" if rows else client_key
            _save(locked, Change.CHANGED, by=by, fields=["values"], sent=values, batch=batch, client_key=key)
            rows.append(locked)
    for row in rows:
        _tell("row.taken", row, by)
    return Batch(batch, rows, change=Change.ADDED if new else Change.CHANGED)


@transaction.atomic
def add_known(project: Project, register_key: str, *, known: str, by: User) -> Row:
    """Copy an entry of the shipped catalog into a row."""
    register = declared.register(register_key)
    entry = next((found for found in (register.known or tuple)() if found.id == known), None)
    if entry is None:
        raise DomainError(_("The catalog has no such entry."))
    if any(str(row).casefold() == entry.name.casefold() for row in queries.rows(project, register)):
        raise DomainError(_("“%(name)s” is in the table already.") % {"name": entry.name})
    edition = register.edition() if register.edition else ""
    return add_row(project, register_key, values=entry.values, came_from=_("Catalog, edition %(edition)s") % {"edition": edition}, by=by)  # fmt: skip


@transaction.atomic
def undo(project: Project, batch: UUID, *, by: User) -> Batch:
    """Take back what was done in one go, field by field; what somebody has changed since stays as they left it."""
    done = list(RowRevision.objects.filter(batch=batch, row__project=project).order_by("created_at", "pk"))
    if not done:
        raise DomainError(_("There is nothing to undo."))
    rows = {row.pk: row for row in _locked_rows(project, [revision.row_id for revision in done])}
    new, undone, left = uuid7(), [], 0
    for revision in done:
        row = rows[revision.row_id]
        if _undo_one(row, revision, new, by):
            undone.append(row)
        else:
            left += 1
    if not undone:
        raise DomainError(_("Somebody has changed this since. The history of each row has what it was."))
    return Batch(new, undone, left, change=UNDONE)


@transaction.atomic
def restore_row(row: Row, revision: RowRevision, *, version: int, by: User) -> Row:
    """Give a row the values that it had; a removed one comes back. What it replaces stays in the history."""
    locked = _locked(row)
    if locked.version != version:
        raise Stale
    locked.values, locked.removed_at = revision.values, None
    _save(locked, Change.RESTORED, by=by, fields=["values", "removed_at"])
    _tell("row.restored", locked, by)
    return locked


def _take_in(row: Row, version: int, sent: dict[str, Value | None], client_key: str, by: User) -> int:
    """Write what can be written; the number of fields that somebody else changed too, when nothing was."""
    if row.removed_at is not None:
        raise DomainError(_("Somebody removed this row in the meantime. The history can bring it back."))
    base = row.values if version == row.version else queries.base_values(row, version)
    if base is None:
        raise DomainError(_("This page is newer than what is stored here. Reload it."))
    merged = merge(base, sent, row.values)
    if merged.clashes:
        kept = {**row.values, **{clash.key: clash.mine for clash in merged.clashes}}
        RowRevision.objects.create(
            row=row, author=by, change=Change.KEPT, values=_filled(kept), sent=sent, client_key=client_key
        )
    elif merged.changed:
        row.values = merged.values
        _save(row, Change.CHANGED, by=by, fields=["values"], sent=sent, client_key=client_key)
        _tell("row.changed", row, by, fields=sorted(merged.changed))
    return len(merged.clashes)


def _undo_one(row: Row, revision: RowRevision, batch: UUID, by: User) -> bool:
    """True when something could be taken back."""
    if revision.change == Change.REMOVED:
        if row.removed_at is None:
            return False
        row.removed_at = None
        _save(row, Change.RESTORED, by=by, fields=["removed_at"], batch=batch)
        _tell("row.restored", row, by)
        return True
    if revision.change == Change.ADDED:
        if row.removed_at is not None or row.version != revision.version:
            return False
        row.removed_at = timezone.now()
        _save(row, Change.REMOVED, by=by, fields=["removed_at"], batch=batch)
        _tell("row.removed", row, by, title=str(row))
        return True
    before = queries.base_values(row, (revision.version or 1) - 1) or {}
    touched = [key for key in {*before, *revision.values} if before.get(key) != revision.values.get(key)]
    mine = [key for key in touched if row.values.get(key) == revision.values.get(key)]
    if not mine or row.removed_at is not None:
        return False
    row.values = _filled({**row.values, **{key: before.get(key) for key in mine}})
    _save(row, Change.CHANGED, by=by, fields=["values"], batch=batch)
    _tell("row.changed", row, by, fields=sorted(mine))
    return len(mine) == len(touched)


def _add(project: Project, register: Register, sent: Mapping[str, Value | None], *, by: Any, **more: Any) -> Row:
    values = _filled(sent)
    if not values.get("name"):
        raise DomainError(_("Give it a name first."))
    note = {key: more.pop(key) for key in ("batch", "client_key") if key in more}
    last = project.rows.of(register).aggregate(position=Max("position", default=0), number=Max("number", default=0))
    place = {"position": last["position"] + 1, "number": last["number"] + 1}
    row = Row.objects.create(project=project, register=register.key, values=values, **place, **more)
    _note(row, Change.ADDED, by=by, sent=sent, **note)
    return row


def _save(row: Row, change: Change, *, by: Any, fields: list[str], **note: Any) -> None:
    save_version(row, expected=row.version, fields=fields)
    _note(row, change, by=by, **note)


def _note(row: Row, change: Change, *, by: Any, **note: Any) -> None:
    author = by if isinstance(by, User) else None
    RowRevision.objects.create(row=row, author=author, change=change, version=row.version, values=row.values, **note)


def _read(project: Project, register: Register, values: Mapping[str, Any]) -> dict[str, Value | None]:
    """Raises KeyError for an unknown column, `DomainError` that names the field for what does not fit."""
    wanted = {key: register.by_key[key] for key in values}
    linked = any(column.to and values[column.key] for column in wanted.values())
    links = queries.links_of(project, register) if linked else {}
    found: dict[str, Value | None] = {}
    for key, column in wanted.items():
        try:
            found[key] = columns.read(column, values[key], links)
        except columns.Refused as refusal:
            raise DomainError(f"{column.label}: {refusal}") from None
    if "name" in found and not found["name"]:
        raise DomainError(_("Give it a name first."))
    return found


def _filled(values: Mapping[str, Value | None]) -> Values:
    return {key: value for key, value in values.items() if value is not None}


def _sent_before(by: Any, client_key: str, sent: dict[str, Value | None]) -> RowRevision | None:
    before = queries.sending(by if isinstance(by, User) else None, client_key)
    if before and before.sent != sent:
        raise DomainError(_("Two different things were sent as one. What you typed is still there: save once more."))
    return before


def _room_for(project: Project, register: Register, count: int) -> None:
    """Two people may add at once: the project's row decides who comes first."""
    _lock(project)
    if queries.rows(project, register).count() + count > MOST_ROWS:
        raise DomainError(_("A register holds %(most)d rows at most.") % {"most": MOST_ROWS})


def _lock(project: Project) -> None:
    Project.objects.select_for_update(no_key=True).get(pk=project.pk)


def _locked(row: Row) -> Row:
    return Row.objects.select_related("project").select_for_update(of=("self",)).get(pk=row.pk)


def _several(project: Project, register_key: str, ids: Iterable[UUID]) -> list[Row]:
    register = declared.register(register_key)
    return [row for row in _locked_rows(project, ids) if row.register == register.key]


def _locked_rows(project: Project, ids: Iterable[UUID]) -> list[Row]:
    # Always in the same order, so that two batches never wait for each other.
    found = project.rows.filter(pk__in=list(ids)).select_for_update().order_by("pk")
    rows = sorted(found, key=lambda row: row.position)
    for row in rows:
        row.project = project
    return rows


def _place(to: str, at: int, others: list[Any]) -> int:
    if to in ("up", "down"):
        return max(0, at - 1) if to == "up" else at + 1
    if to == "first":
        return 0
    before = {str(pk): place for place, pk in enumerate(others)}
    if to not in before:
        raise DomainError(_("Somebody removed that row in the meantime."))
    return before[to] + 1


def _tell(kind: str, row: Row, by: Any, **payload: Any) -> None:
    record(
        kind,
        subject=row,
        by=by,
        stream=row.project.stream,
        changed="rows:changed",
        facts={"register": row.register},
        register=row.register,
        **payload,
    )
