from collections.abc import Iterable, Mapping, Sequence
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
from apps.tables import catalogs, columns, declared, queries
from apps.tables.columns import Value, Values
from apps.tables.declared import Register
from apps.tables.enums import Change
from apps.tables.merging import merge
from apps.tables.models import Entry, FieldEntry
from apps.tables.queries import MOVED, REDONE, UNDONE, Batch

MOST_ROWS = 1000
"""Rows in one register. Nobody reads more, and a spreadsheet pasted by mistake stops here."""


@transaction.atomic
def add_row(
    project: Any,
    register_key: str,
    *,
    values: Mapping[str, Any],
    came_from: str = "",
    came_from_url: str = "",
    client_key: str = "",
    by: Any,
) -> Any:
    """Put a row at the end of a register. `values` are read as if a person had typed them.

    Raises KeyError for a register or column that nobody declared, `DomainError` for what does not fit.
    The same `client_key` of the same person gives the row that it made before.
    """
    register = declared.register(register_key)
    sent = _read(project, register, values)
    _room_for(project, register, 1)
    if before := _sent_before(register, by, client_key, sent):
        return before.row
    row = _add(project, register, sent, by=by, client_key=client_key, came_from=came_from, came_from_url=came_from_url)
    _tell(row.ADDED, row, by)
    return row


@transaction.atomic
def add_known(project: Any, register_key: str, *, known: str, by: User) -> Any:
    """Copy an entry of the catalog, shipped or the company's own, into a row."""
    register = declared.register(register_key)
    entry = catalogs.entry(register, known)
    if entry is None:
        raise DomainError(_("The catalog has no such entry."))
    lock(project)
    if there := catalogs.row_of(queries.rows(project, register), entry):
        raise DomainError(_("“%(name)s” is in the table already.") % {"name": there.name})
    is_shipped = entry in catalogs.shipped(register)
    came_from = from_edition(register) if is_shipped else _("The company’s catalog")
    row = add_row(project, register_key, values=entry.values, came_from=came_from, by=by)
    if is_shipped and (fields := row.note_known(entry.id)):
        row.save(update_fields=fields)
    return row


def from_edition(register: Register) -> str:
    """Where a row says that it came from."""
    return _("Catalog, edition %(edition)s") % {"edition": catalogs.edition(register)}


def change_row(row: Entry, *, version: int, values: Mapping[str, Any], client_key: str = "", by: User) -> Any:
    """Take in what somebody typed into some fields, from the version that they had before them.

    Fields that others changed meanwhile stay changed. When somebody changed the same field to something else,
    nothing is taken: what was typed is kept in the row's history, and `Stale` is raised. Sending the same
    `client_key` again changes nothing. Raises `DomainError` for what does not fit.
    """
    sent = _read(row.project, row.declared, values)
    for key, value in sent.items():
        if value is None and (column := row.declared.by_key[key]).initial:
            raise DomainError(_("%(label)s: choose one.") % {"label": column.label})
    with transaction.atomic():
        locked = _locked(row)
        if before := _sent_before(row.declared, by, client_key, sent):
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


def change_fields(entry: FieldEntry, *, version: int, by: Any, **fields: Any) -> Any:
    """The same from a form that knows the fields of the model. `entry` is afterwards what was saved."""
    change_row(entry, version=version, values=entry.would_hold(**fields), by=by)
    project = entry.project
    entry.refresh_from_db()
    entry.project = project
    return entry


@transaction.atomic
def move_row(row: Entry, *, to: str, by: User) -> Batch | None:
    """`up` or `down` by one, or after the row with that id (`first`: to the top). Nobody's edit becomes stale.

    What is answered says where it stood, in the words of `to`; nothing when it stays there.
    """
    lock(row.project)
    there = list(queries.rows(row.project, row.declared))
    order = [found.pk for found in there]
    if row.pk not in order:
        raise DomainError(_("Somebody removed this row in the meantime."))
    at = order.index(row.pk)
    order.remove(row.pk)
    order.insert(_place(to, at, order), row.pk)
    if order.index(row.pk) == at:
        return None
    back = str(there[at - 1].pk) if at else "first"
    by_id = {found.pk: found for found in there}
    for position, pk in enumerate(order, start=1):
        by_id[pk].position = position
    _every(row).bulk_update(there, ["position"])
    _tell("moved", row, by)
    return Batch(row.pk, [row], change=MOVED, back=back)


@transaction.atomic
def remove_rows(project: Any, register_key: str, *, rows: Iterable[UUID], by: User) -> Batch:
    """Take rows out of the register. Their history stays, and they can be brought back."""
    batch = uuid7()
    removed = [row for row in _several(project, register_key, rows) if row.removed_at is None]
    if not removed:
        raise DomainError(_("Tick the rows first. Those that you saw may have been removed in the meantime."))
    for row in removed:
        row.removed_at = timezone.now()
        keep(row, Change.REMOVED, by=by, fields=["removed_at"], batch=batch)
        _tell("removed", row, by, title=row.name)
    return Batch(batch, removed, change=Change.REMOVED)


@transaction.atomic
def change_rows(project: Any, register_key: str, *, rows: Iterable[UUID], values: Mapping[str, Any], by: User) -> Batch:
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
    people = queries.people_by_name(project) if "owner" in sent else None
    for row in changed:
        fields = _put(row, {**row.values, **sent}, people)
        keep(row, Change.CHANGED, by=by, fields=fields, sent=sent, batch=batch)
        _tell("changed", row, by, fields=sorted(sent))
    return Batch(batch, changed, change=Change.CHANGED)


@transaction.atomic
def take_rows(
    project: Any,
    register_key: str,
    *,
    new: list[Values],
    changed: list[tuple[Any, Values]],
    client_key: str = "",
    came_from: str | Sequence[str] = "",
    by: User,
) -> Batch:
    """Take in what somebody pasted, imported or copied, all of it or nothing; it can be undone in one go.

    `came_from` is said of all that is new, or one for each. The same `client_key` of the same person gives what it did
    before.
    """
    register = declared.register(register_key)
    if not new and not changed:
        raise DomainError(_("There is nothing to take: see below why."))
    _room_for(project, register, len(new))
    if (before := queries.sending(register, by, client_key)) and before.batch:
        return queries.batch(project, register, before.batch, by=by) or Batch(before.batch, [])
    batch, people = uuid7(), queries.people_by_name(project)
    rows = []
    for place, values in enumerate(new):
        # The first carries the key for all: they come and go together.
        key = "" if place else client_key
        origin = came_from if isinstance(came_from, str) else came_from[place]
        more: dict[str, Any] = {"batch": batch, "client_key": key, "came_from": origin}
        rows.append(_add(project, register, values, by=by, people=people, **more))
    there = {row.pk: row for row in _locked_rows(project, register, [row.pk for row, _values in changed])}
    for row, values in changed:
        locked = there[row.pk]
        if locked.removed_at is None and locked.values != {**locked.values, **values}:
            fields, key = _put(locked, {**locked.values, **values}, people), "" if rows else client_key
            keep(locked, Change.CHANGED, by=by, fields=fields, sent=values, batch=batch, client_key=key)
            rows.append(locked)
    for row in rows:
        _tell("taken", row, by)
    return Batch(batch, rows, change=Change.ADDED if new else Change.CHANGED)


@transaction.atomic
def undo(project: Any, register_key: str, batch: UUID, *, again: bool = False, by: User) -> Batch:
    """Take back what was done in one go, field by field; what somebody has changed since stays as they left it.

    `again` says that what is taken back was an undoing itself.
    """
    register = declared.register(register_key)
    made = queries.history(register).objects
    done = list(made.filter(batch=batch, row__project=project).order_by("created_at", "pk"))
    if not done:
        raise DomainError(_("There is nothing to undo."))
    rows = {row.pk: row for row in _locked_rows(project, register, [revision.row_id for revision in done])}
    new, undone, left = uuid7(), [], 0
    for revision in done:
        row = rows[revision.row_id]
        if _undo_one(row, revision, new, by):
            undone.append(row)
        else:
            left += 1
    if not undone:
        raise DomainError(_("Somebody has changed this since. The history of each row has what it was."))
    return Batch(new, undone, left, change=REDONE if again else UNDONE)


@transaction.atomic
def restore_row(row: Entry, revision: Any, *, version: int, by: User) -> Any:
    """Give a row the values that it had; a removed one comes back. What it replaces stays in the history."""
    locked = _locked(row)
    if locked.version != version:
        raise Stale
    locked.removed_at = None
    keep(locked, Change.RESTORED, by=by, fields=[*_put(locked, revision.values), "removed_at"])
    _tell("restored", locked, by)
    return locked


def _take_in(row: Entry, version: int, sent: dict[str, Value | None], client_key: str, by: User) -> int:
    """Write what can be written; the number of fields that somebody else changed too, when nothing was."""
    if row.removed_at is not None:
        raise DomainError(_("Somebody removed this row in the meantime. The history can bring it back."))
    base = row.values if version == row.version else queries.base_values(row, version)
    if base is None:
        raise DomainError(_("This page is newer than what is stored here. Reload it."))
    merged = merge(base, sent, row.values)
    if merged.clashes:
        kept = {**row.values, **{clash.key: clash.mine for clash in merged.clashes}}
        row.revisions.create(author=by, change=Change.KEPT, values=_filled(kept), sent=sent, client_key=client_key)
    elif merged.changed:
        keep(row, Change.CHANGED, by=by, fields=_put(row, merged.values), sent=sent, client_key=client_key)
        _tell("changed", row, by, fields=sorted(merged.changed))
    return len(merged.clashes)


def _undo_one(row: Entry, revision: Any, batch: UUID, by: User) -> bool:
    """True when something could be taken back."""
    if revision.change == Change.REMOVED:
        if row.removed_at is None:
            return False
        row.removed_at = None
        keep(row, Change.RESTORED, by=by, fields=["removed_at"], batch=batch)
        _tell("restored", row, by)
        return True
    if revision.change == Change.ADDED:
        if row.removed_at is not None or row.version != revision.version:
            return False
        row.removed_at = timezone.now()
        keep(row, Change.REMOVED, by=by, fields=["removed_at"], batch=batch)
        _tell("removed", row, by, title=row.name)
        return True
    before = queries.base_values(row, (revision.version or 1) - 1) or {}
    touched = [key for key in {*before, *revision.values} if before.get(key) != revision.values.get(key)]
    mine = [key for key in touched if row.values.get(key) == revision.values.get(key)]
    if not mine or row.removed_at is not None:
        return False
    fields = _put(row, _filled({**row.values, **{key: before.get(key) for key in mine}}))
    keep(row, Change.CHANGED, by=by, fields=fields, batch=batch)
    _tell("changed", row, by, fields=sorted(mine))
    return len(mine) == len(touched)


def enter(row: Entry, *, by: Any, **note: Any) -> None:
    """Save a new entry at the end of its table, with the beginning of its history. The project is locked."""
    register = row.declared
    last = queries.with_removed(row.project, register).aggregate(position=Max("position", default=0))
    row.position = last["position"] + 1  # type: ignore[attr-defined]
    row.save(force_insert=True)
    _note(row, Change.ADDED, by=by, **note)


def keep(
    row: Entry, change: Change, *, by: Any, fields: Iterable[str], expected: int | None = None, **note: Any
) -> None:
    """Save fields of an entry, and what it is now into its history. Raises `Stale` when its version is not `expected`."""
    expected = expected or row.version
    if isinstance(row, FieldEntry) and not row.revisions.filter(version=expected).exists():
        _note_beginning(row, expected)
    save_version(row, expected=expected, fields=fields)
    _note(row, change, by=by, **note)


def lock(project: Any) -> None:
    """Two people may add or move at once: the project's row decides who comes first."""
    type(project)._base_manager.select_for_update(no_key=True).get(pk=project.pk)


def owner(project: Any, name: str, people: Mapping[str, User] | None = None) -> User | None:
    """The member who is meant by a name or an address; None when it is nobody, or could be two."""
    if not name.strip():
        return None
    return (queries.people_by_name(project) if people is None else people).get(queries.spoken(name))


def meet(project: Any, user: User) -> None:
    """Somebody became a member: what has their name on it already is theirs. Nobody's edit becomes stale."""
    said = {name for name in (user.name, user.email) if name and owner(project, name) == user}
    for model in {found.model for found in declared.tables() if found.owner}:
        for name in said:
            model.owned_by_name(project, name).update(owner_user=user)


def _add(
    project: Any,
    register: Register,
    sent: Mapping[str, Value | None],
    *,
    by: Any,
    came_from: str = "",
    came_from_url: str = "",
    people: Mapping[str, User] | None = None,
    **note: Any,
) -> Any:
    values = _filled(sent)
    if not values.get("name"):
        raise DomainError(_("Give it a name first."))
    row = register.model.begin(project, register)
    row.came_from, row.came_from_url = came_from, came_from_url
    _put(row, {**{column.key: column.initial for column in register.columns if column.initial}, **values}, people)
    enter(row, by=by, sent=sent, **note)
    return row


def _put(row: Entry, values: Values, people: Mapping[str, User] | None = None) -> list[str]:
    """Give a row these values, and what follows from them; the names of the fields to save."""
    register = row.declared
    if register.settles:
        values = register.settles(row.values, values)
    if register.refuses and (why := register.refuses(values)):
        raise DomainError(why)
    before = row.values.get("owner")
    row.values = values
    if register.owner and values.get("owner") != before:
        row.owner_user = owner(row.project, str(values.get("owner", "")), people)
        return [*row.value_fields, "owner_user"]
    return row.value_fields


def _note_beginning(row: Entry, version: int) -> None:
    """It is older than its history: what it was before the first change is part of it."""
    there = _every(row).select_for_update().get(pk=row.pk)
    if there.version == version:
        begun = there.revisions.create(change=Change.FOUND, version=version, values=there.values)
        there.revisions.filter(pk=begun.pk).update(created_at=there.updated_at)


def _note(row: Entry, change: Change, *, by: Any, batch: UUID | None = None, **note: Any) -> None:
    """What was not done to several rows in one go is a batch of its own: it too can be undone."""
    author, batch = by if isinstance(by, User) else None, batch or uuid7()
    row.revisions.create(author=author, change=change, version=row.version, values=row.values, batch=batch, **note)


def _read(project: Any, register: Register, values: Mapping[str, Any]) -> dict[str, Value | None]:
    """Raises KeyError for an unknown column, `DomainError` that names the field for what does not fit."""
    values = columns.spread(register.by_key, values)
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


def _sent_before(register: Register, by: Any, client_key: str, sent: dict[str, Value | None]) -> Any:
    before = queries.sending(register, by if isinstance(by, User) else None, client_key)
    if before and before.sent != sent:
        raise DomainError(_("Two different things were sent as one. What you typed is still there: save once more."))
    return before


def _room_for(project: Any, register: Register, count: int) -> None:
    lock(project)
    if queries.rows(project, register).count() + count > MOST_ROWS:
        raise DomainError(_("A register holds %(most)d rows at most.") % {"most": MOST_ROWS})


def _locked(row: Entry) -> Any:
    return _every(row).select_related("project").select_for_update(of=("self",)).get(pk=row.pk)


def _every(row: Entry) -> Any:
    """Rows like this one, also those that were removed."""
    return type(row)._base_manager


def _several(project: Any, register_key: str, ids: Iterable[UUID]) -> list[Any]:
    return _locked_rows(project, declared.register(register_key), ids)


def _locked_rows(project: Any, register: Register, ids: Iterable[UUID]) -> list[Any]:
    # Always in the same order, so that two batches never wait for each other.
    found = queries.with_removed(project, register).filter(pk__in=list(ids)).select_for_update().order_by("pk")
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


def _tell(what: str, row: Any, by: Any, **payload: Any) -> None:
    register = row.declared
    record(
        f"{row.NOUN}.{what}",
        subject=row,
        by=by,
        stream=row.project.stream,
        changed=register.live,
        facts={"register": register.key},
        register=register.key,
        **payload,
    )
