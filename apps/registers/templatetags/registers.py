"""What a register looks like in the document, drawn from a snapshot."""

from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from apps.core.templatetags.core import icon
from apps.registers import queries
from apps.registers.declared import in_section
from apps.registers.queries import Cell, Line
from apps.tables import columns, declared
from apps.tables.columns import Column
from apps.tables.enums import Kind

register = template.Library()
drawing = cache(icon)


@dataclass(frozen=True)
class Field:
    label: str
    kind: str
    words: str


@dataclass(frozen=True)
class Drawn:
    """A row for reading: its name, the cells of the table, the lines below, and what is folded away on a screen."""

    id: str
    name: str
    cells: list[Field]
    short: list[Field]
    below: list[Field]
    folded: list[Field]
    came_from: str

    @property
    def has_more(self) -> bool:
        return bool(self.short or self.below or self.folded or self.came_from)


@dataclass(frozen=True)
class Table:
    register: declared.Register
    heads: list[Field]
    rows: list[Drawn]
    count: int
    gate: queries.Waiting | None = None

    @property
    def heading(self) -> str:
        """Said when the section has more than one register."""
        return str(self.register.title) if len(in_section(self.register.section)) > 1 else ""

    @property
    def span(self) -> int:
        return len(self.heads)


@register.simple_tag
def row_cells(line: Line, may_edit: bool) -> SafeString:
    """The cells of a row in its table. Not a template: a register may have thousands of them."""
    drawn = "".join(row_cell(cell, may_edit) for cell in line.in_table)
    return mark_safe(drawn + row_figure(line))  # noqa: S308 - made by format_html


@register.simple_tag
def row_figure(line: Line) -> SafeString:
    """What is reckoned from the other cells."""
    if not line.figure:
        return SafeString("")
    return format_html('<td data-label="{}" data-figure>{}</td>', line.row.declared.figure[0], line.figure)


@register.simple_tag
def row_cell(cell: Cell, may_edit: bool) -> SafeString:
    column = cell.column
    edit = f' data-cell="{column.key}" data-value="{escape(cell.typed)}" tabindex="-1"' if may_edit else ""
    if column.key == "name":
        drawn = f'<th scope="row"{edit}><span class="words">{escape(cell.words)}</span></th>'
    else:
        look, words = "", cell.words
        if not words:
            look, words = (" mark", _("missing")) if cell.is_wanted else (" soft", "—")
        number = ' class="number"' if column.kind == Kind.NUMBER else ""
        label = escape(str(column.label))
        drawn = f'<td data-label="{label}"{number}{edit}><span class="words{look}">{escape(words)}</span></td>'
    return mark_safe(drawn)  # noqa: S308 - every word is escaped


@register.simple_tag
def row_tools(line: Line, address: str) -> SafeString:
    """What a row is ticked and moved with."""
    name = {"name": line.name}
    tick, up, down = (
        escape(words % name) for words in (_("Tick %(name)s"), _("Move %(name)s up"), _("Move %(name)s down"))
    )
    button = f'<button class="icon-button" form="row-act" formaction="{address}move/" name="to"'
    return mark_safe(  # noqa: S308 - every word is escaped
        f'<label class="tick"><input type="checkbox" name="rows" value="{line.row.pk}" form="bulk">'
        f' <span class="visually-hidden">{tick}</span></label>'
        f' <span class="row-grip" draggable="true" data-grip aria-hidden="true">{drawing("grip")}</span>'
        f' {button} value="up" aria-label="{up}">{drawing("arrow-up")}</button>'
        f' {button} value="down" aria-label="{down}">{drawing("arrow-down")}</button>'
    )


@register.simple_tag
def drawn_table(key: str, rows: list[dict[str, Any]], most: int | str = "") -> Table | None:
    """Rows of a snapshot, the first `most` if that is said, under the columns of today; a column that went since is
    kept in the lines below."""
    try:
        found = declared.register(key)
    except KeyError:
        return None
    heads = [_field(column, None) for column in found.on_paper]
    return Table(
        found,
        heads,
        [_row(found, row) for row in (rows[: int(most)] if most else rows)],
        len(rows),
        queries.waiting(found, rows),
    )


def _row(found: declared.Register, row: dict[str, Any]) -> Drawn:
    known = {"id", "came_from", *found.by_key}
    gone = [Field(key.replace("_", " "), "text", str(value)) for key, value in row.items() if key not in known]
    said = [(column, field) for column in found.below if (field := _field(column, row.get(column.key))).words]
    here = [field for column, field in said if not _is_folded(found, column)]
    return Drawn(
        id=str(row.get("id", "")),
        name=str(row.get("name", "")),
        cells=[_field(column, row.get(column.key)) for column in found.on_paper[1:]],
        short=[field for field in here if field.kind != Kind.LONG] + gone,
        below=[field for field in here if field.kind == Kind.LONG],
        folded=[field for column, field in said if _is_folded(found, column)],
        came_from=str(row.get("came_from", "")),
    )


def _is_folded(found: declared.Register, column: Column) -> bool:
    return bool(found.sheet) and column.group == found.sheet


def _field(column: Column, value: Any) -> Field:
    return Field(str(column.label), column.kind, columns.show(column, value))
