"""What changed between two snapshots: section by section, field by field, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from apps.core.text.diff import Piece, as_html, redline

# Characters of unchanged text that stay on each side of a change.
CONTEXT = 110
BAR = re.compile(r"\s*\|\s*")
# What tells one row of a list from another, and what names it for a reader; the first that is there.
IDENTITY = ("id", "key", "ref", "number")
NAMES = ("title", "name", "event", "metric", "text", "label", "ref")
# Bookkeeping that no reader of a redline wants.
SILENT = {"id", "key", "version", "position", "updated_at"}


@dataclass(frozen=True)
class Line:
    """One changed field: where it stands, and its words with what went and came."""

    label: str
    pieces: list[Piece]

    @property
    def html(self) -> SafeString:
        return as_html(self.pieces)


@dataclass(frozen=True)
class SectionChange:
    """`kind` is added, removed or changed; only the last has lines."""

    number: int
    key: str
    title: str
    kind: str
    lines: list[Line] = field(default_factory=list)


def between(old: dict[str, Any] | None, new: dict[str, Any]) -> list[SectionChange]:
    """The sections that differ, in the order of `new`; sections that went come last. Empty when `old` is None."""
    if old is None:
        return []
    before = {section["key"]: section for section in old["sections"]}
    found = []
    for number, section in enumerate(new["sections"], start=1):
        was = before.pop(section["key"], None)
        if was is None:
            found.append(SectionChange(number, section["key"], section["title"], "added"))
        elif lines := list(differences(was["content"], section["content"])):
            found.append(SectionChange(number, section["key"], section["title"], "changed", lines))
    return found + [SectionChange(0, gone["key"], gone["title"], "removed") for gone in before.values()]


def differences(old: Any, new: Any, label: str = "") -> Iterator[Line]:
    """Walk two JSON values side by side; rows of lists are matched by their identity, not their place."""
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for key in [*new, *(key for key in old if key not in new)]:
            if key not in SILENT:
                yield from differences(old.get(key), new.get(key), _joined(label, key))
    elif isinstance(old, list) and isinstance(new, list):
        yield from _rows(old, new, label)
    elif isinstance(old, dict | list) or isinstance(new, dict | list):
        yield from _whole(old, new, label)
    else:
        for pieces in changed_lines(redline(_words(old), _words(new))):
            yield Line(label, shortened(pieces))


def _rows(old: list[Any], new: list[Any], label: str) -> Iterator[Line]:
    before, after = _by_identity(old), _by_identity(new)
    for identity, row in after.items():
        name = _name(row) or label
        if identity not in before:
            yield Line(name, [Piece("ins", _summary(row))])
        elif isinstance(row, dict):
            yield from differences(before[identity], row, name)
    for identity, row in before.items():
        if identity not in after:
            yield Line(_name(row) or label, [Piece("del", _summary(row))])


def _whole(old: Any, new: Any, label: str) -> Iterator[Line]:
    pieces = [Piece("del", _summary(old)), Piece("ins", _summary(new))]
    yield Line(label, [piece for piece in pieces if piece.text])


def _by_identity(rows: list[Any]) -> dict[Any, Any]:
    found: dict[Any, Any] = {}
    for place, row in enumerate(rows):
        identity = next((row[key] for key in IDENTITY if row.get(key)), place) if isinstance(row, dict) else _words(row)
        # Two rows that call themselves the same are still two rows.
        found[identity if identity not in found else (identity, place)] = row
    return found


def _name(row: Any) -> str:
    if not isinstance(row, dict):
        return ""
    return next((str(row[key]) for key in NAMES if row.get(key)), "")[:80]


def _summary(value: Any) -> str:
    if isinstance(value, dict):
        parts = [_summary(part) for key, part in value.items() if key not in SILENT]
        return ", ".join(part for part in parts if part)
    if isinstance(value, list):
        return "; ".join(part for part in map(_summary, value) if part)
    return _words(value)


def _words(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value)


def _joined(label: str, key: str) -> str:
    words = key.replace("_", " ")
    if key in {"text", "body", "content", "rows", "items"}:
        return label
    return f"{label}: {words}" if label else words.capitalize()


def changed_lines(pieces: list[Piece]) -> list[list[Piece]]:
    """The lines of a text that have a change in them, without the marks of Markdown tables."""
    lines: list[list[Piece]] = [[]]
    for piece in pieces:
        first, *more = piece.text.split("\n")
        lines[-1].append(Piece(piece.kind, first))
        lines += [[Piece(piece.kind, text)] for text in more]
    changed = [line for line in lines if any(piece.kind != "same" and piece.text.strip() for piece in line)]
    return [_without_table_marks([piece for piece in line if piece.text]) for line in changed]


def _without_table_marks(line: list[Piece]) -> list[Piece]:
    if not line or not line[0].text.lstrip().startswith("|"):
        return line
    bare = [Piece(piece.kind, BAR.sub(" · ", piece.text)) for piece in line]
    bare[0] = Piece(bare[0].kind, bare[0].text.removeprefix(" · "))
    bare[-1] = Piece(bare[-1].kind, bare[-1].text.removesuffix(" · "))
    return [piece for piece in bare if piece.text]


def shortened(pieces: list[Piece]) -> list[Piece]:
    """Long stretches that stayed are cut to what a reader needs to find the place."""
    last = len(pieces) - 1
    return [_cut(piece, first=place == 0, last=place == last) for place, piece in enumerate(pieces)]


def _cut(piece: Piece, *, first: bool, last: bool) -> Piece:
    text = piece.text
    if piece.kind != "same" or len(text) <= 2 * CONTEXT:
        return piece
    head = "" if first else text[:CONTEXT].rsplit(" ", 1)[0] + " "
    tail = "" if last else " " + text[-CONTEXT:].split(" ", 1)[-1]
    return Piece("same", f"{head}…{tail}")
