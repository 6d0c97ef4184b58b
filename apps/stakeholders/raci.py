"""Who does what: the shipped proposal of letters by seat and section, and how a section's letters come together.

Pure functions. The one who keeps a section's text is responsible for it by keeping it: that R is never stored.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from apps.stakeholders.enums import ANSWERS, Letter

if TYPE_CHECKING:
    from apps.accounts.models import User
    from apps.projects.models import Project

CATALOG = Path(__file__).parent / "catalog" / "duties.json"
Keepers = Callable[["Project"], Mapping[str, "User"]]
_keepers: list[Keepers] = []


@dataclass(frozen=True)
class Word:
    """What somebody who was asked to approve a section said of it last: an approval, with reservations or without, or
    an objection. `text` is why, in their words; `url` is where they said it, `id` how their section is asked for."""

    id: Any
    answer: str
    approves: bool
    at: datetime
    text: str
    url: str


Approvals = Mapping[tuple[str, Any], Word]
"""By the key of a section and the id of an account."""
Texts = Mapping[Any, Mapping[str, Any]]
"""The section as it was when somebody said their word, by its id."""
_approvals: list[Callable[["Project"], Approvals | None]] = []
_texts: list[Callable[[Iterable[Any]], Texts]] = []


@dataclass(frozen=True)
class Usual:
    """A row of the catalog: who usually does what. `sections` are those of the document that it speaks of."""

    title: str
    sections: Sequence[str]
    letters: Mapping[str, str]


@cache
def _read() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(CATALOG.read_text())
    return found


@cache
def usual() -> tuple[Usual, ...]:
    return tuple(Usual(**row) for row in _read()["rows"])


def edition() -> str:
    return str(_read()["edition"])


def seats() -> list[str]:
    """Keys of the seats that the catalog gives letters to, in its order."""
    return list(_read()["seats"])


def usual_of(section: str) -> Mapping[str, str]:
    """Seat → letter for a section of the document; nothing for one that the catalog does not know."""
    return next((row.letters for row in usual() if section in row.sections), {})


def register_keepers(fn: Keepers) -> None:
    """`fn(project)` says who keeps the text of which section."""
    _keepers.append(fn)


def keepers(project: "Project") -> dict[str, "User"]:
    return {key: user for fn in _keepers for key, user in fn(project).items()}


def register_approvals(fn: Callable[["Project"], Approvals | None], texts: Callable[[Iterable[Any]], Texts]) -> None:
    """`fn(project)` says who approved which section, or None while nobody was asked to; `texts(ids)` what they read."""
    _approvals.append(fn)
    _texts.append(texts)


def approvals(project: "Project") -> Approvals | None:
    found = [given for fn in _approvals if (given := fn(project)) is not None]
    return {key: word for given in found for key, word in given.items()} if found else None


def texts(ids: Iterable[Any]) -> Texts:
    wanted = list(ids)
    return {ident: text for fn in _texts for ident, text in fn(wanted).items()} if wanted else {}


def shown(stored: str, *, keeps: bool) -> str:
    """The letter that counts: whoever keeps the text is responsible, whatever else was given to them; that they must
    approve it says more."""
    if not keeps or stored == Letter.APPROVES:
        return stored
    return Letter.BOTH if stored in ANSWERS else Letter.RESPONSIBLE


def to_store(letter: str, *, keeps: bool) -> str:
    """What has to be kept so that `letter` is shown."""
    if not keeps or letter == Letter.APPROVES:
        return letter
    return Letter.ACCOUNTABLE if letter in ANSWERS else ""


def proposed(section: str, people: Iterable[tuple[str, str, str]]) -> dict[str, str]:
    """Person → letter for those who have none yet, `people` being (person, seat, letter now), weightiest first.

    Only one becomes accountable, and nobody while somebody is; of two in one seat the first.
    """
    letters, found = usual_of(section), {}
    everybody = list(people)
    has_head = any(now in ANSWERS for _person, _seat, now in everybody)
    for person, seat, now in everybody:
        letter = letters.get(seat, "")
        if not letter or now not in ("", Letter.RESPONSIBLE):
            continue
        if letter in ANSWERS and has_head:
            letter = Letter.RESPONSIBLE if letter == Letter.BOTH else Letter.CONSULTED
        has_head = has_head or letter in ANSWERS
        if not now:
            found[person] = letter
        elif letter in ANSWERS:
            # Responsible already, by keeping the text or by word: answers for it besides.
            found[person] = Letter.BOTH
    return found
