"""What a block of cells would become in a register."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from apps.core.cells import Grid
from apps.core.taking import ADD, SKIP, UPDATE, Block, aim
from apps.projects.models import Project
from apps.tables import columns
from apps.tables import queries as tables
from apps.tables.declared import Register
from apps.tables.models import Entry


def read_grid(project: Project, register: Register, grid: Grid, asked: Mapping[str, Any]) -> Block:
    """`new` holds values, `changed` rows with their values; for `asked` see `apps.core.taking.aim`."""
    links = tables.links_of(project, register)
    block = aim(register.columns, grid, asked, order=[column.key for column in register.in_table])
    there = {row.name.casefold(): row for row in tables.rows(project, register)}
    for number, cells in block.lines:
        _take_line(block, register, number, cells, there, links)
    return block


def spelled_out(register: Register, text: str, grid: Grid) -> Grid:
    """Lines that are sentences as cells under heads, where the register can read them; cells as they are."""
    if register.reads is None or "\t" in text or text.lstrip().startswith("|"):
        return grid
    if aim(register.columns, grid, {}, order=()).has_head:
        return grid
    said = [register.reads(line) for line in text.splitlines() if line.strip()]
    used = [column for column in register.columns if any(column.key in values for values in said)]
    cells = [[_written(column, values.get(column.key)) for column in used] for values in said]
    return [[str(column.label) for column in used], *cells]


def _written(column: columns.Column, value: columns.Value | None) -> str:
    return columns.show(column, value) if column.choices else columns.typed(column, value)


def _take_line(
    block: Block, register: Register, number: int, cells: list[str], there: dict[str, Entry], links: columns.Links
) -> None:
    values, problems = {}, []
    for key, cell in columns.spread(register.by_key, dict(block.cells_of(cells))).items():
        column = register.by_key[key]
        try:
            value = columns.read(column, cell, links)
        except columns.Refused as refusal:
            if block.misfit(key):
                problems.append(f"{column.label}: {refusal}")
            continue
        if value is not None:
            values[key] = value
    if not values.get("name") and not problems:
        problems.append(_("It has no name: nothing goes to “%(column)s”.") % {"column": register.columns[0].label})
    row = there.get(str(values.get("name", "")).casefold())
    if not problems and (why := _why_not(block, register, values, row)):
        problems.append(why)
    if problems:
        block.refuse(number, cells, problems)
        return
    if row and block.same != ADD:
        block.there.append(row.name)
        if block.same == UPDATE:
            block.changed.append((row, values))
    else:
        block.new.append(values)
    if row is None or block.same != SKIP:
        used = [register.by_key[found.key] for found in block.used]
        block.shown.append([columns.show(column, values.get(column.key), links) for column in used])


def _why_not(block: Block, register: Register, values: columns.Values, row: Entry | None) -> str:
    """What the row would hold may not stand together."""
    refuses = register.refuses
    if refuses is None or (row and block.same == SKIP):
        return ""
    before = row.values if row and block.same == UPDATE else {}
    return refuses({**before, **values})
