"""Who wrote which words of a text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from .diff import exact
from .tokens import normalise

Who = TypeVar("Who")


@dataclass(frozen=True, slots=True)
class Owned(Generic[Who]):
    """A stretch of a text and whoever brought its words."""

    text: str
    who: Who


def blame(versions: Iterable[tuple[Who, str]]) -> list[Owned[Who]]:
    """The last text cut into stretches, each with whoever first wrote its words; neighbours differ in `who`.

    `versions` are the texts in order, each with its writer. Joined, the stretches are the last text (line ends as
    newlines). A word that stays keeps its writer however the text around it moves on; a word that was cut and
    comes back belongs to whoever brought it back. Compared by sentences, then by words inside changed sentences
    (`exact`), so the time is bounded by that of one comparison for each version. Nothing at all gives no stretches.
    """
    owned: list[Owned[Who]] = []
    before = ""
    for who, written in versions:
        text = normalise(written)
        if text != before:
            owned = list(_inherited(owned, before, text, who))
            before = text
    return _together(owned)


def _inherited(owned: list[Owned[Who]], before: str, text: str, who: Who) -> Iterator[Owned[Who]]:
    """What stayed with those who had it, what came with `who`."""
    left = [(part.text, part.who) for part in reversed(owned)]
    for piece in exact(before, text):
        if piece.kind == "ins":
            yield Owned(piece.text, who)
            continue
        missing = len(piece.text)
        while missing:
            words, writer = left.pop()
            taken, rest = words[:missing], words[missing:]
            if rest:
                left.append((rest, writer))
            missing -= len(taken)
            if piece.kind == "same":
                yield Owned(taken, writer)


def _together(owned: list[Owned[Who]]) -> list[Owned[Who]]:
    """Neighbours of one writer as one stretch; white space goes with what stands before it."""
    joined: list[Owned[Who]] = []
    for part in owned:
        if joined and (joined[-1].who == part.who or not part.text.strip()):
            joined[-1] = Owned(joined[-1].text + part.text, joined[-1].who)
        else:
            joined.append(part)
    return joined
