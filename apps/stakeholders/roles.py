"""The seats at the table of an LLM project: a built-in catalog with an edition and a source."""

import json
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SIGNS = "sponsor"
"""The seat that approves by signing."""
CATALOG = Path(__file__).parent / "catalog" / "roles.json"


@dataclass(frozen=True)
class Seat:
    """A role that somebody should fill. `membership` is the right that its holder usually needs."""

    key: str
    title: str
    duty: str
    why_empty: str
    seat: str  # needed, optional, called: by something in the project
    membership: str

    @property
    def is_needed(self) -> bool:
        return self.seat == "needed"


@cache
def seats() -> tuple[Seat, ...]:
    """Every role of the catalog, in the order in which a table is laid."""
    return tuple(Seat(**row) for row in json.loads(CATALOG.read_text())["roles"])


@cache
def edition() -> str:
    return str(json.loads(CATALOG.read_text())["edition"])


@cache
def source() -> str:
    return str(json.loads(CATALOG.read_text())["source"])


def is_taken(title: str, words: Iterable[str]) -> bool:
    """Whether somebody has a seat of the company's own: it stands among what they are called."""
    said = {part.strip().casefold() for each in words for part in each.split(",")}
    return title.casefold() in said


def seat(key: str) -> Seat | None:
    return next((found for found in seats() if found.key == key), None)


def said_once(title: str, own: str) -> str:
    """A seat and what its holder calls it. One that says the other as well stands alone, in the catalog's spelling."""
    if not title or not own:
        return title or own
    if own.casefold().startswith(title.casefold()) and not own[len(title) :][:1].isalnum():
        return title + own[len(title) :]
    if _says(title, own):
        return title
    return own if _says(own, title) else f"{title}, {own}"


def _says(whole: str, part: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(part)}(?!\w)", whole, re.IGNORECASE))


def empty_seats(filled: set[str], wanted: Collection[str] = ()) -> list[Seat]:
    """The seats that nobody of `filled` (keys of roles) takes: those that are needed, and those that are `wanted`."""
    return [found for found in seats() if (found.is_needed or found.key in wanted) and found.key not in filled]
