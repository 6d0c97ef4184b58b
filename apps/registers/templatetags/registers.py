"""What a register looks like in the document, drawn from a snapshot."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from apps.registers import columns, declared
from apps.registers.columns import Column
from apps.registers.enums import Kind
from apps.registers.queries import Cell, Line

register = template.Library()


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

    @property
    def heading(self) -> str:
        """Said when the section has more than one register."""
        return str(self.register.title) if len(declared.in_section(self.register.section)) > 1 else ""

    @property
    def span(self) -> int:
        return len(self.heads)


@register.simple_tag
def row_cells(line: Line, may_edit: bool) -> SafeString:
    """The cells of a row in its table. Not a template: a register may have thousands of them."""
    return mark_safe("".join(row_cell(cell, may_edit) for cell in line.in_table))  # noqa: S308 - made by format_html


@register.simple_tag
def row_cell(cell: Cell, may_edit: bool) -> SafeString:
    column = cell.column
    edit = (
        format_html(' data-cell="{}" data-value="{}" tabindex="-1"', column.key, cell.typed)
        if may_edit
        else SafeString("")
    )
    if column.key == "name":
        return format_html('<th scope="row"{}><span class="words">{}</span></th>', edit, cell.words)
    number = SafeString(' class="number"' if column.kind == Kind.NUMBER else "")
    look, words = "", cell.words
    if not words:
        look, words = (" mark", _("missing")) if cell.is_wanted else (" soft", "—")
    return format_html(
        '<td data-label="{}"{}{}><span class="words{}">{}</span></td>', column.label, number, edit, look, words
    )


@register.simple_tag
def drawn_table(key: str, rows: list[dict[str, Any]]) -> Table | None:
    """Rows of a snapshot under the columns of today; a column that went since is kept in the lines below."""
    try:
        found = declared.register(key)
    except KeyError:
        return None
    heads = [_field(column, None) for column in found.on_paper]
    return Table(found, heads, [_row(found, row) for row in rows])


def _row(found: declared.Register, row: dict[str, Any]) -> Drawn:
    known = {"id", "came_from", *found.by_key}
    gone = [Field(key.replace("_", " "), "text", str(value)) for key, value in row.items() if key not in known]
    said = [(column, field) for column in found.below if (field := _field(column, row.get(column.key))).words]
    here = [field for column, field in said if not column.group]
    return Drawn(
        id=str(row.get("id", "")),
        name=str(row.get("name", "")),
        cells=[_field(column, row.get(column.key)) for column in found.on_paper[1:]],
        short=[field for field in here if field.kind != Kind.LONG] + gone,
        below=[field for field in here if field.kind == Kind.LONG],
        folded=[field for column, field in said if column.group],
        came_from=str(row.get("came_from", "")),
    )


def _field(column: Column, value: Any) -> Field:
    return Field(str(column.label), column.kind, columns.show(column, value))
