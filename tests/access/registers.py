"""Rows of the registers."""

from apps.tables.actions import remove_rows
from tests.access.table import Row, World
from tests.factories.projects import ObjectiveFactory
from tests.factories.registers import OwnEntryFactory, RowFactory
from tests.factories.risks import RiskFactory

KEY = "data_sources"


def register(world: World) -> list[object]:
    return [world.project.pk, KEY]


def row(world: World) -> list[object]:
    return [world.project.pk, KEY, RowFactory(project=world.project).pk]


def risk(world: World) -> list[object]:
    return [world.project.pk, "risks", RiskFactory(project=world.project).pk]


def objective(world: World) -> list[object]:
    return [world.project.pk, "objectives", ObjectiveFactory(project=world.project).pk]


def words(world: World) -> dict[str, object]:
    return {"name": "Handbook", "version": 1}


def own_entry(world: World) -> list[object]:
    return [world.project.pk, KEY, OwnEntryFactory(register=KEY).pk]


def batch(world: World) -> list[object]:
    row = RowFactory(project=world.project)
    done = remove_rows(world.project, KEY, rows=[row.pk], by=world.host)
    return [world.project.pk, KEY, done.id]


def revision(world: World) -> list[object]:
    row = RowFactory(project=world.project)
    return [world.project.pk, KEY, row.pk, row.revisions.get().pk]


def pasted(world: World) -> dict[str, object]:
    return {"text": "Source\tOwner\nHandbook\tFatima"}


READ = {"host": 200, "editor": 200, "reviewer": 200, "viewer": 200}
WRITE = {"host": 302, "editor": 302, "reviewer": 403, "viewer": 403}
FORM = {"host": 200, "editor": 200, "reviewer": 403, "viewer": 403}
ROWS = [
    Row("registers:list", "GET", **READ, args=register),
    Row("registers:samples", "GET", **READ),
    Row("registers:part", "GET", **READ, args=register),
    Row("registers:add", "GET", **FORM, args=register),
    Row("registers:add", "POST", **WRITE, args=register, data=words),
    Row("registers:row", "GET", **READ, args=row),
    Row("registers:edit", "GET", **FORM, args=row),
    Row("registers:edit", "POST", **WRITE, args=row, data=words),
    Row("registers:cell", "POST", **WRITE, args=lambda world: [*row(world), "name"], data=words),
    Row("registers:cell", "POST", **WRITE, args=lambda world: [*risk(world), "name"], data=words),
    Row("registers:cell", "POST", **WRITE, args=lambda world: [*objective(world), "name"], data=words),
    Row("registers:remove", "POST", **WRITE, args=row),
    Row("registers:move", "POST", **WRITE, args=row, data=lambda world: {"to": "up"}),
    # Nothing is ticked.
    Row("registers:bulk", "POST", host=422, editor=422, reviewer=403, viewer=403, args=register),
    Row("registers:undo", "POST", **WRITE, args=batch),
    Row("registers:history", "GET", **READ, args=register),
    Row("registers:row_history", "GET", **READ, args=row),
    Row("registers:restore", "POST", **WRITE, args=revision, data=lambda world: {"version": 1}),
    Row("registers:paste", "GET", **FORM, args=register),
    Row("registers:paste", "POST", **FORM, args=register, data=pasted),
    Row("registers:import", "GET", **FORM, args=register),
    # Without a file.
    Row("registers:import", "POST", host=422, editor=422, reviewer=403, viewer=403, args=register),
    Row("registers:export", "GET", **READ, args=lambda world: [*register(world), "csv"]),
    Row("registers:catalog", "GET", **READ, args=lambda world: [world.project.pk, "metrics"]),
    Row("registers:entry_keep", "POST", host=302, editor=302, reviewer=403, viewer=403, args=row),
    # The catalog says nothing of the row.
    Row("registers:newer_take", "POST", host=409, editor=409, reviewer=403, viewer=403, args=row, data=lambda world: {"version": 1}),
    # Neither of them kept it.
    Row("registers:entry_drop", "POST", host=403, editor=403, reviewer=403, viewer=403, args=own_entry),
    Row(
        "registers:catalog_add", "POST", host=409, editor=302, reviewer=403, viewer=403,
        args=lambda world: [world.project.pk, "metrics"], data=lambda world: {"known": "E01"},
    ),
]  # fmt: skip
