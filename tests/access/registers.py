"""Rows of the registers."""

from tests.access.table import Row, World
from tests.factories.registers import RowFactory

KEY = "data_sources"


def register(world: World) -> list[object]:
    return [world.project.pk, KEY]


def row(world: World) -> list[object]:
    return [world.project.pk, KEY, RowFactory(project=world.project).pk]


def words(world: World) -> dict[str, object]:
    return {"name": "Handbook", "version": 1}


ROWS = [
    Row("registers:list", "GET", host=200, editor=200, reviewer=200, viewer=200, args=register),
    Row("registers:part", "GET", host=200, editor=200, reviewer=200, viewer=200, args=register),
    Row("registers:add", "GET", host=200, editor=200, reviewer=403, viewer=403, args=register),
    Row("registers:add", "POST", host=302, editor=302, reviewer=403, viewer=403, args=register, data=words),
    Row("registers:row", "GET", host=200, editor=200, reviewer=200, viewer=200, args=row),
    Row("registers:edit", "GET", host=200, editor=200, reviewer=403, viewer=403, args=row),
    Row("registers:edit", "POST", host=302, editor=302, reviewer=403, viewer=403, args=row, data=words),
    Row("registers:remove", "POST", host=302, editor=302, reviewer=403, viewer=403, args=row),
    Row(
        "registers:move",
        "POST",
        host=302,
        editor=302,
        reviewer=403,
        viewer=403,
        args=row,
        data=lambda world: {"to": "up"},
    ),
]
