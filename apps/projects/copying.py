"""What of a project can be taken along into a new one. Each app registers its own things, as it does with sections.

What is packed is plain JSON and stands by itself, so that a template outlives the project that it was made from.
Unpacking calls the app's own actions: their rules hold, and the log says what came. Comments, signatures, history,
answers, votes and members are nobody's piece: they stay where they were given.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from apps.accounts.models import User
    from apps.projects.models import Project

Packed = Any


@dataclass(frozen=True)
class Arrival:
    """The project into which things are unpacked. `keys` are the ids that things had → the ids that they have here."""

    project: "Project"
    by: "User"
    origin: str
    shift: timedelta | None = None
    keys: dict[str, str] = field(default_factory=dict)

    def day(self, iso: str | None) -> date | None:
        """A day moved along; None when days are left out or there is none."""
        if not iso or self.shift is None:
            return None
        try:
            return date.fromisoformat(iso) + self.shift
        except (ValueError, OverflowError):
            return None


@dataclass(frozen=True)
class Piece:
    """One thing to choose.

    `pack(project, names=…)` returns JSON, empty when there is nothing; without `names` no name of a person is in it,
    and `personal` ones, which are about people, are not packed at all. `unpack(packed, arrival)` writes it into the new
    project. `about` says what comes and what does not. `links` are the pieces that its links lead to: without them the
    links are left out. `usual` ones are ticked at first.
    """

    key: str
    title: Any
    order: int
    pack: Callable[..., Packed]
    unpack: Callable[[Packed, Arrival], None]
    about: Any = ""
    group: Any = ""
    links: tuple[str, ...] = ()
    usual: bool = True
    personal: bool = False
    counted: bool = True


_pieces: dict[str, Piece] = {}


def register(piece: Piece) -> None:
    _pieces[piece.key] = piece


def pieces() -> list[Piece]:
    """All of them, in the order in which they are unpacked: what others link to comes first."""
    return sorted(_pieces.values(), key=lambda piece: (piece.order, piece.key))


def pack(project: "Project", chosen: Collection[str] | None = None, *, names: bool) -> dict[str, Packed]:
    """The chosen pieces of a project (all without a choice) that hold something."""
    wanted = [piece for piece in pieces() if (chosen is None or piece.key in chosen) and (names or not piece.personal)]
    packed = {piece.key: piece.pack(project, names=names) for piece in wanted}
    return {key: content for key, content in packed.items() if content}


def unpack(content: dict[str, Packed], chosen: Iterable[str], arrival: Arrival) -> list[str]:
    """Put the chosen pieces into the new project; returns the keys of those that came."""
    wanted = set(chosen)
    came = [piece for piece in pieces() if piece.key in wanted and content.get(piece.key)]
    for piece in came:
        piece.unpack(content[piece.key], arrival)
    return [piece.key for piece in came]
