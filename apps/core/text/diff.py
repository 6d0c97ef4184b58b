"""What changed between two texts, in words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .align import align
from .tokens import WORD, normalise, sentences

Kind = Literal["same", "ins", "del", "cut"]
PARTS = re.compile(rf"{WORD.pattern}|\s+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that stayed, came, went, or was left out of the telling."""

    kind: Kind
    text: str


def redline(old: str, new: str) -> list[Piece]:
    """The pieces that lead from `old` to `new`, word by word.

    `same` and `del` pieces joined are `old`, `same` and `ins` pieces joined are `new` (line ends as
    newlines). Neighbours differ in kind; where something was replaced `del` comes before `ins`. Sentences are compared
    first and words only inside changed sentences, which bounds the time (see `align`); a short stretch
    between two larger changes is told as changed with them (after the semantic clean-up of diff-match-patch).
    """
    pieces: list[Piece] = []
    for kind, removed, added in _changed_sentences(old, new):
        pieces += _folded(_by_words(removed, added)) if kind == "changed" else [Piece("same", removed)]
    return _told_plainly(pieces)


def exact(old: str, new: str) -> list[Piece]:
    """As `redline`, with every word that stayed told as such, however short: for counting, not for reading."""
    pieces: list[Piece] = []
    for kind, removed, added in _changed_sentences(old, new):
        pieces += _by_words(removed, added) if kind == "changed" else [Piece("same", removed)]
    return _told_plainly(pieces)


def brief(pieces: Iterable[Piece], around: int = 70) -> list[Piece]:
    """The changes with about `around` characters of what stands beside them; `cut` marks what was left out."""
    pieces = list(pieces)
    told: list[Piece] = []
    for index, piece in enumerate(pieces):
        if piece.kind != "same":
            told.append(piece)
            continue
        head = piece.text if index == 0 else _head(piece.text, around)
        tail = _tail(piece.text, around) if index < len(pieces) - 1 else ""
        if index == 0:
            head = "" if tail else _head(piece.text, around)
        if len(head) + len(tail) >= len(piece.text):
            told.append(piece)
            continue
        told += [Piece("same", head)] * bool(head) + [Piece("cut", " … ")] + [Piece("same", tail)] * bool(tail)
    return told


def _head(text: str, length: int) -> str:
    """Whole words from the start."""
    return text if len(text) <= length else text[: length + 1].rsplit(maxsplit=1)[0] if text[:length].strip() else ""


def _tail(text: str, length: int) -> str:
    if len(text) <= length:
        return text
    end = text[-length - 1 :]
    return end.split(maxsplit=1)[-1] if end.strip() else ""


def as_html(pieces: Iterable[Piece]) -> SafeString:
    """The pieces as escaped text with `<ins>` and `<del>`."""
    return format_html_join("", "{}", ((_element(piece),) for piece in pieces))


def _element(piece: Piece) -> str:
    if piece.kind == "same":
        return piece.text
    if piece.kind == "cut":
        return format_html('<span class="soft">{}</span>', piece.text)
    return format_html("<ins>{}</ins>" if piece.kind == "ins" else "<del>{}</del>", piece.text)


def _changed_sentences(old: str, new: str) -> Iterable[tuple[str, str, str]]:
    """Sentences that both texts begin or end with are not taken apart: a saving changes few of many."""
    old, new = normalise(old), normalise(new)
    if old == new:
        yield from [("same", old, new)] if old else []
        return
    head = _same_head(old, new)
    tail = _same_tail(old[head:], new[head:])
    old_end, new_end = len(old) - tail, len(new) - tail
    yield from [("same", old[:head], new[:head])] if head else []
    yield from _changes(sentence_parts(old[head:old_end]), sentence_parts(new[head:new_end]))
    yield from [("same", old[old_end:], new[new_end:])] if tail else []


def _same_head(old: str, new: str) -> int:
    """How many characters both have before the first sentence that may differ."""
    same = _common_length(old, new)
    at = same
    while (at := max(old.rfind(". ", 0, at) + 2, old.rfind("\n", 0, at) + 1, 1)) > 1:
        if at < same and not old[at].isspace():
            return at
        at -= 1
    return 0


def _same_tail(old: str, new: str) -> int:
    """How many characters both have after the last sentence that may differ."""
    at = len(old) - _common_length(old[::-1], new[::-1])
    end = re.search(r"(?:\. |\n)(?=\S)", old[at:])
    return len(old) - at - end.end() if end else 0


def _common_length(old: str, new: str) -> int:
    low, high = 0, min(len(old), len(new))
    while low < high:
        middle = (low + high + 1) // 2
        if old[low:middle] == new[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def sentence_parts(text: str) -> list[str]:
    """The sentences of a text with the white space that follows them; joined they are the text."""
    units = sentences(text)
    if not units:
        return [text] if text else []
    return [units[0].before + units[0].body + units[0].after] + [unit.body + unit.after for unit in units[1:]]


def _by_words(removed: str, added: str) -> list[Piece]:
    pieces: list[Piece] = []
    for kind, gone, come in _changes(PARTS.findall(removed), PARTS.findall(added)):
        pieces += [Piece("same", gone)] if kind == "same" else [Piece("del", gone), Piece("ins", come)]
    return [piece for piece in pieces if piece.text]


def _changes(old: list[str], new: list[str]) -> Iterable[tuple[str, str, str]]:
    """("same", text, text) and ("changed", removed, added) in turn."""
    i, j = 0, 0
    for at_old, at_new in [*align(old, new), (len(old), len(new))]:
        if i < at_old or j < at_new:
            yield "changed", "".join(old[i:at_old]), "".join(new[j:at_new])
        if at_old < len(old):
            yield "same", old[at_old], new[at_new]
        i, j = at_old + 1, at_new + 1


def _folded(pieces: list[Piece]) -> list[Piece]:
    """Small islands between two changes go under: "a b c" to "x b y" reads as one replacement."""
    folded: list[list[str]] = []
    for same, gone, come in _runs(pieces):
        if folded and _is_island(folded[-1], (same, gone, come)):
            folded[-1][1] += same + gone
            folded[-1][2] += same + come
        else:
            folded.append([same, gone, come])
    return [
        piece
        for same, gone, come in folded
        for piece in (Piece("same", same), Piece("del", gone), Piece("ins", come))
        if piece.text
    ]


def _runs(pieces: list[Piece]) -> list[tuple[str, str, str]]:
    """(unchanged text, removed text, added text) triples, each change with what stands before it."""
    runs, same, gone, come = [], "", "", ""
    for piece in pieces:
        if piece.kind == "same" and (gone or come):
            runs.append((same, gone, come))
            same, gone, come = piece.text, "", ""
        elif piece.kind == "same":
            same += piece.text
        elif piece.kind == "del":
            gone += piece.text
        else:
            come += piece.text
    return [*runs, (same, gone, come)]


def _is_island(before: list[str], run: tuple[str, str, str]) -> bool:
    same, gone, come = run
    if not (gone or come) or not (before[1] or before[2]):
        return False
    return len(same.strip()) <= min(max(len(before[1]), len(before[2])), max(len(gone), len(come))) // 2


def _told_plainly(pieces: list[Piece]) -> list[Piece]:
    """Equal neighbours as one piece, removals before additions inside one change."""
    told: list[Piece] = []
    for is_same, group in groupby(pieces, key=lambda piece: piece.kind == "same"):
        run = list(group)
        kinds: tuple[Kind, ...] = ("same",) if is_same else ("del", "ins")
        for kind in kinds:
            if text := "".join(piece.text for piece in run if piece.kind == kind):
                told.append(Piece(kind, text))
    return told
