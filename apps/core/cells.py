"""Blocks of cells as they come: pasted text, CSV and XLSX files. What a cell means is not known here."""

import csv
import io
import re
import zipfile
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

MOST_LINES, MOST_CELLS, LONGEST_CELL = 1000, 60, 10_000
MOST_UNPACKED = 40 * 1024 * 1024
# A tag costs far more than its letters: in a sheet, and more in what is read whole before it.
MOST_TAGS, MOST_TAGS_AROUND = 1_000_000, 40_000
AROUND = ("[Content_Types].xml", "xl/styles.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels")
Grid = list[list[str]]
# A line of a table in Markdown, and the line below its heads.
PIPED, RULE = re.compile(r"\|.*\|"), re.compile(r"[\s:-]*")
PIPE = re.compile(r"(?<!\\)\|")


class Unreadable(ValueError):
    """A sentence for the person who brought the file."""


def from_text(text: str) -> Grid:
    """What a spreadsheet puts on the clipboard, tabs between cells and quotes around cells with line breaks; or a table
    as notes have it, with a | before and after each cell."""
    text = text.replace("\0", "").strip("\n\r")
    if piped := _piped(text):
        return _tidy(piped)
    return _tidy(_cells(text, "\t") if "\t" in text else _guessed(text))


def from_file(name: str, data: bytes) -> Grid:
    """Raises `Unreadable`."""
    if name.lower().endswith(".xlsx"):
        return _tidy(_workbook(data))
    if not name.lower().endswith((".csv", ".tsv", ".txt")):
        raise Unreadable(_("Save it as .xlsx or .csv first: other kinds of files cannot be read."))
    return from_text(_decoded(data))


def as_text(grid: Grid) -> str:
    """The block in the way in which it can be read again."""
    out = io.StringIO()
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows(grid)
    return out.getvalue()


def _decoded(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What Excel writes in western Europe.
        return data.decode("cp1252", errors="replace")


def _piped(text: str) -> Grid:
    """The cells of a table in Markdown; nothing when it is none."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines or not all(PIPED.fullmatch(line) for line in lines):
        return []
    rows = [[cell.strip().replace("\\|", "|") for cell in PIPE.split(line)[1:-1]] for line in lines]
    return [row for row in rows if not all("-" in cell and RULE.fullmatch(cell) for cell in row)]


def _guessed(text: str) -> Grid:
    """Comma or semicolon, whichever cuts the first line into more cells; else one cell a line."""
    lines = text.splitlines() or [""]
    delimiter = max((",", ";"), key=lambda sign: len(next(iter(_cells(lines[0], sign)), [])))
    rows = _cells(text, delimiter)
    regular = rows and len(rows[0]) > 1 and sum(len(row) == len(rows[0]) for row in rows) > len(rows) / 2
    return rows if regular else [[line] for line in lines]


def _cells(text: str, delimiter: str) -> Grid:
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        # A lone quote or a cell without end: take it line by line.
        return [line.split(delimiter) for line in text.splitlines()]


def _workbook(data: bytes) -> Grid:
    from openpyxl import load_workbook  # noqa: PLC0415 - half a second that only an import pays

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > MOST_UNPACKED or _has_too_many_tags(packed):
                raise Unreadable(_("That file unpacks to more than can be read."))
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        rows = sheet.iter_rows(max_row=MOST_LINES + 2, max_col=MOST_CELLS + 1, values_only=True)
        return [[_plain(value) for value in row] for row in rows]
    except Unreadable:
        raise
    except Exception as broken:
        raise Unreadable(_("That is not a workbook that can be read. Save it anew as .xlsx or .csv.")) from broken


def _has_too_many_tags(packed: zipfile.ZipFile) -> bool:
    """Whether any part would take very long, or very much memory, to read."""
    return any(
        packed.read(entry).count(b"<") > (MOST_TAGS_AROUND if entry.filename in AROUND else MOST_TAGS)
        for entry in packed.infolist()
    )


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float):
        return f"{value:.10f}".rstrip("0").rstrip(".")
    return str(value)


def _tidy(rows: Grid) -> Grid:
    """Without empty lines and empty columns at the end. Raises `Unreadable` when it is too much."""
    filled = [[cell.strip() for cell in row] for row in rows if any(cell.strip() for cell in row)]
    width = max((place for row in filled for place, cell in enumerate(row, 1) if cell), default=0)
    if len(filled) > MOST_LINES + 1:
        raise Unreadable(_("That is more than %(most)d lines. Bring them in smaller blocks.") % {"most": MOST_LINES})
    if width > MOST_CELLS:
        raise Unreadable(_("That is more than %(most)d columns.") % {"most": MOST_CELLS})
    if any(len(cell) > LONGEST_CELL for row in filled for cell in row):
        raise Unreadable(_("One cell is longer than %(most)d characters.") % {"most": LONGEST_CELL})
    return [(row + [""] * width)[:width] for row in filled]
