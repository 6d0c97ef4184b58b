"""How wide words are in a drawing, about, and how they are broken into lines. Nobody measures type on a server."""

import unicodedata

NARROW, WIDE = "iljtfrI.,:;'’|!()[]{}- ", "mwMW@%&—…"
SHAPED = ("R", "AL")
"""Letters that run from right to left, as Unicode calls them."""


def width(text: str, size: float) -> float:
    """The width of a text in the interface's face at that size: an estimate that is rather too wide."""
    return size * sum(_em(letter) for letter in text)


def _em(letter: str) -> float:
    if letter in NARROW:
        return 0.33
    if letter in WIDE:
        return 0.95
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.05
    if unicodedata.combining(letter):
        return 0.0
    return 0.7 if letter.isupper() else 0.6


def wrapped(text: str, size: float, room: float, most: int) -> tuple[str, ...]:
    """The text in at most so many lines, broken where it must be; what is left over ends in “…”."""
    lines: list[str] = []
    for word in text.split():
        for piece in _pieces(word, size, room):
            if lines and width(f"{lines[-1]} {piece}", size) <= room:
                lines[-1] += f" {piece}"
            else:
                lines.append(piece)
    if len(lines) <= most:
        return tuple(lines)
    last = lines[most - 1]
    while last and width(f"{last}…", size) > room:
        last = last[:-1]
    return (*lines[: most - 1], f"{last.rstrip()}…")


def _pieces(word: str, size: float, room: float) -> list[str]:
    """A word, cut where it is wider than a line."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and width(pieces[-1] + letter, size) > room:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def runs_from_right(text: str) -> bool:
    """Whether the first letter with a direction runs from right to left."""
    strong = (unicodedata.bidirectional(letter) for letter in text)
    return next((kind in SHAPED for kind in strong if kind in ("L", *SHAPED)), False)


def must_be_shaped(text: str) -> bool:
    """Whether its letters join or change places: then they cannot be drawn one by one."""
    return any(unicodedata.bidirectional(letter) in SHAPED or unicodedata.category(letter) == "Mc" for letter in text)
