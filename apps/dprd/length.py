"""How long the document is on paper, and when it is longer than people read."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil
from typing import Any, Protocol

WORDS_A_PAGE = 380
ROWS_A_PAGE = 12
PAGES_PEOPLE_READ = 12


class Drawn(Protocol):
    """A section as the document shows it."""

    @property
    def snapshot(self) -> dict[str, Any]: ...


@dataclass(frozen=True)
class Length:
    """An estimate in pages of A4; `is_long` when it is more than most people read before a decision."""

    pages: int

    @property
    def is_long(self) -> bool:
        return self.pages > PAGES_PEOPLE_READ

    @property
    def most(self) -> int:
        return PAGES_PEOPLE_READ


def of(parts: Iterable[Drawn]) -> Length:
    """Words of prose, rows of registers and a head for each section, in pages, at least one.

    Measured on the sample, printed: 380 words or 12 rows with their details fill a page of A4.
    """
    pages = sum(_words(part.snapshot) / WORDS_A_PAGE + _rows(part.snapshot) / ROWS_A_PAGE + 0.08 for part in parts)
    return Length(max(1, ceil(pages)))


def _words(snapshot: dict[str, Any]) -> int:
    return len(str(snapshot.get("text", "")).split())


def _rows(snapshot: Any) -> int:
    """Everything in a snapshot that is a list of things, each a row of a table."""
    if isinstance(snapshot, dict):
        return sum(_rows(value) for value in snapshot.values())
    if isinstance(snapshot, list):
        return sum(1 for item in snapshot if isinstance(item, dict))
    return 0
