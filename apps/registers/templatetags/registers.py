"""What a register looks like in the document, drawn from a snapshot."""

from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Any

from django import template
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
    silent: str = ""
    """How many rows are not among them, because nobody has said anything of them yet."""
    sums: str = ""

    @property
    def heading(self) -> str:
        """Said when the section has more than one register."""
        return str(self.register.title) if len(in_section(self.register.section)) > 1 else ""

    @property
    def span(self) -> int:
        return len(self.heads)


@dataclass(frozen=True)
class Hand:
    """Draws the rows of one table: what is alike in all of them, and the row in which somebody did something."""

    words: dict[str, str]
    labels: dict[str, str]
    may_edit: bool
    done_row: Any
    done_cell: str
    form: str
    """What stands in that cell when it is still open."""

    def row(self, line: Line) -> str:
        row, address, words, name = line.row, line.address, self.words, escape(line.name)
        is_done = self.done_row == row.pk
        done = f' data-done="{self.done_cell}"' if is_done else ""
        tools = f'<td class="row-tools">{self.tools(line, name)}</td>' if self.may_edit else ""
        cells = "".join(
            self.cell(cell, is_open=is_done and bool(self.form) and cell.column.key == self.done_cell)
            for cell in line.in_table
        )
        if line.figure:
            cells += f'<td data-label="{words["figure"]}" data-figure>{line.figure}</td>'
        hidden = f'<span class="visually-hidden">: {name}</span>'
        count = f' <span class="count" title="{words["comments"]}">{line.comments}</span>' if line.comments else ""
        edit = f' <a class="link only-phone" href="{address}edit/">{words["edit"]}{hidden}</a>' if self.may_edit else ""
        return (
            f'<tr id="row-{row.pk}" data-row="{address}" data-version="{row.version}"{done}>{tools}{cells}'
            f'<td class="row-end"><a class="link" href="{row.get_absolute_url()}">{words["open"]}{hidden}</a>{count}{edit}</td></tr>\n'
        )

    def cell(self, cell: Cell, *, is_open: bool) -> str:
        column = cell.column
        edit = f' data-cell="{column.key}" data-value="{escape(cell.typed)}" tabindex="-1"' if self.may_edit else ""
        label = f'data-label="{self.labels[column.key]}"'
        if is_open:
            return f'<td {label} class="editing"{edit}>{self.form}</td>'
        if column.key == "name":
            return f'<th scope="row"{edit}><span class="words">{escape(cell.words)}</span></th>'
        look, words = "", escape(cell.words)
        if not words:
            look, words = (" mark", self.words["missing"]) if cell.is_wanted else (" soft", "—")
        number = ' class="number"' if column.kind == Kind.NUMBER else ""
        return f'<td {label}{number}{edit}><span class="words{look}">{words}</span></td>'

    def tools(self, line: Line, name: str) -> str:
        """What a row is ticked and moved with."""
        tick, up, down = (self.words[tool].replace("%(name)s", name) for tool in ("tick", "up", "down"))
        button = f'<button class="icon-button" form="row-act" formaction="{line.address}move/" name="to"'
        return (
            f'<label class="tick"><input type="checkbox" name="rows" value="{line.row.pk}" form="bulk">'
            f' <span class="visually-hidden">{tick}</span></label>'
            f' <span class="row-grip" draggable="true" data-grip aria-hidden="true">{drawing("grip")}</span>'
            f' {button} value="up" aria-label="{up}">{drawing("arrow-up")}</button>'
            f' {button} value="down" aria-label="{down}">{drawing("arrow-down")}</button>'
        )


@register.simple_block_tag(takes_context=True)
def drawn_rows(context: template.Context, content: str, lines: list[Line] | Line) -> SafeString:
    """Rows of the table that is edited in place; between the tags stands the form in the cell that somebody has open.

    Not a template: a register may have thousands of rows, and the words that all of them have are read once.
    """
    listed = lines if isinstance(lines, list) else [lines]
    if not listed:
        return SafeString()
    found = listed[0].row.declared
    hand = Hand(
        words={key: escape(words) for key, words in _row_words(found).items()},
        labels={column.key: escape(str(column.label)) for column in found.in_table},
        may_edit=context["may"]["SECTION_EDIT"],
        done_row=context.get("done_cell_row"),
        done_cell=context.get("done_cell") or "",
        form=content.strip(),
    )
    return mark_safe("".join(map(hand.row, listed)))  # noqa: S308 - every word is escaped, the form is a template's


def _row_words(found: declared.Register) -> dict[str, str]:
    return {
        "figure": str(found.figure[0]) if found.figure else "",
        "open": _("Open"),
        "edit": _("Edit"),
        "comments": _("open comments"),
        "missing": _("missing"),
        "tick": _("Tick %(name)s"),
        "up": _("Move %(name)s up"),
        "down": _("Move %(name)s down"),
    }


@register.simple_tag
def drawn_table(key: str, rows: list[dict[str, Any]], most: int | str = "") -> Table | None:
    """Rows of a snapshot, the first `most` if that is said, under the columns of today; a column that went since is
    kept in the lines below."""
    try:
        found = declared.register(key)
    except KeyError:
        return None
    heads = [_field(column, None) for column in found.on_paper]
    said = [row for row in rows if not _is_silent(found, row)]
    silent = len(rows) - len(said)
    return Table(
        found,
        heads,
        [_row(found, row) for row in (said[: int(most)] if most else said)],
        len(said),
        queries.waiting(found, rows),
        str(found.silent_words % {"n": silent}) if silent else "",
        found.sums(said) if found.sums else "",
    )


def _is_silent(found: declared.Register, row: dict[str, Any]) -> bool:
    return bool(found.silent and found.silent(row) and queries.is_from_catalog(str(row.get("came_from", ""))))


def _row(found: declared.Register, row: dict[str, Any]) -> Drawn:
    known = {"id", "came_from", *found.by_key}
    gone = [Field(key.replace("_", " "), "text", str(value)) for key, value in row.items() if key not in known]
    # A no to a question that was never asked aloud is no news to a reader.
    said = [
        (column, field)
        for column in found.below
        if row.get(column.key) is not False and (field := _field(column, row.get(column.key))).words
    ]
    here = [field for column, field in said if not _is_folded(found, column)]
    came_from = str(row.get("came_from", ""))
    return Drawn(
        id=str(row.get("id", "")),
        name=str(row.get("name", "")),
        cells=[_cell(column, row) for column in found.on_paper[1:]],
        short=[field for field in here if field.kind != Kind.LONG] + gone,
        below=[field for field in here if field.kind == Kind.LONG],
        folded=[field for column, field in said if _is_folded(found, column)],
        came_from="" if queries.is_from_catalog(came_from) else came_from,
    )


def _is_folded(found: declared.Register, column: Column) -> bool:
    return bool(found.sheet) and column.group == found.sheet


def _cell(column: Column, row: dict[str, Any]) -> Field:
    if column.drawn:
        return Field(str(column.label), column.kind, column.drawn(row))
    return _field(column, row.get(column.key))


def _field(column: Column, value: Any) -> Field:
    return Field(str(column.label), column.kind, columns.show(column, value))
