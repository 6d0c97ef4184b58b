"""A register as a file for a spreadsheet. Nothing in it is ever run as a formula."""

import csv
import io
import re

from django.utils.translation import gettext as _

from apps.core.files import UTF8_MARK, guarded
from apps.projects.models import Project
from apps.registers import queries
from apps.tables.columns import Column
from apps.tables.declared import Register
from apps.tables.enums import Kind

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
WIDE, NARROW = 48, 18
# What XML has no way to say: Word, for one, pastes a vertical tab for a new line.
UNSAYABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def exported(project: Project, register: Register, kind: str) -> bytes:
    """All rows with all columns, days as ISO 8601, choices in words; it can be imported again."""
    heads = [str(column.label) for column in register.columns]
    rows = [[_cell(line, column) for column in register.columns] for line in queries.lines(project, register)]
    return _csv(heads, rows, register) if kind == "csv" else _xlsx(heads, rows, register)


def _cell(line: queries.Line, column: Column) -> str:
    cell = line.cells[column.key]
    return cell.typed if column.kind in (Kind.DAY, Kind.NUMBER) else cell.words or str(column.nothing)


def _csv(heads: list[str], rows: list[list[str]], register: Register) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(heads)
    numbers = [column.kind == Kind.NUMBER for column in register.columns]
    for row in rows:
        writer.writerow([cell if number else guarded(cell) for cell, number in zip(row, numbers, strict=True)])
    return UTF8_MARK + out.getvalue().encode()


def _xlsx(heads: list[str], rows: list[list[str]], register: Register) -> bytes:
    from openpyxl import Workbook  # noqa: PLC0415 - half a second that only an export pays
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415

    book = Workbook(write_only=True)
    sheet = book.create_sheet(str(register.title)[:31] or _("Rows"))
    sheet.freeze_panes = "B2"
    for place, column in enumerate(register.columns, start=1):
        letter = sheet.column_dimensions[_letter(place)]
        letter.width = WIDE if column.kind == Kind.LONG or place == 1 else NARROW

    def text(words: str, *, bold: bool = False) -> WriteOnlyCell:
        cell = WriteOnlyCell(sheet)
        # As text, so that "=1+1" stays what somebody wrote.
        cell._value, cell.data_type = UNSAYABLE.sub(" ", words), "s"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.font = Font(bold=bold)
        return cell

    sheet.append([text(head, bold=True) for head in heads])
    for row in rows:
        sheet.append([text(cell) if cell else None for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _letter(place: int) -> str:
    return chr(64 + place) if place <= 26 else f"{chr(64 + (place - 1) // 26)}{chr(65 + (place - 1) % 26)}"
