"""Letters without their marks, so that "astrom" finds "Åström". The database folds in the same way."""

import re
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

MARKED = "ÀÁÂÃÄÅĀĂĄÇĆČĎÈÉÊËĒĘĚÌÍÎÏĪŁÑŃŇÒÓÔÕÖØŌŐŘŚŠŞŤÙÚÛÜŪŮŰÝŽŹŻàáâãäåāăąçćčďèéêëēęěìíîïīłñńňòóôõöøōőřśšşťùúûüūůűýžźżÿ"
PLAIN = "aaaaaaaaacccdeeeeeeeiiiiilnnnoooooooorssstuuuuuuuyzzzaaaaaaaaacccdeeeeeeeiiiiilnnnoooooooorssstuuuuuuuyzzzy"
_TABLE = str.maketrans(MARKED, PLAIN)
WORD = re.compile(r"\w+")
AROUND = 70
LONGEST = 200


@dataclass(frozen=True)
class Asked:
    """What somebody typed, as PostgreSQL is asked: whole words, and the beginning of the last one."""

    whole: str
    prefix: str

    @property
    def words(self) -> list[str]:
        return [*WORD.findall(self.whole), *WORD.findall(self.prefix)]


def fold(text: str) -> str:
    """Lower case without marks; as long as `text`, so that places in one are places in the other."""
    plain = text.translate(_TABLE)
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in plain)


def asked(typed: str) -> Asked | None:
    """None when there is no word in it."""
    words = fold(typed.replace("\x00", "")[:LONGEST]).split()
    while words and not WORD.search(words[-1]):
        words.pop()
    if not words:
        return None
    last = WORD.findall(words[-1])
    return Asked(" ".join([*words[:-1], *last[:-1]]), last[-1])


def marked(text: str, words: list[str], *, whole: bool = False) -> SafeString:
    """The text around the first word that was asked for, safe, with every one of them in a `<mark>`."""
    found = _places(text, words)
    start, end = (0, len(text)) if whole else _window(text, found)
    parts, at = [], start
    for low, high in found:
        if low < at or high > end:
            continue
        parts += [escape(text[at:low]), "<mark>", escape(text[low:high]), "</mark>"]
        at = high
    parts.append(escape(text[at:end]))
    shown = "".join(parts)
    return mark_safe(f"{'… ' if start else ''}{shown}{' …' if end < len(text) else ''}")  # noqa: S308 - escaped above


def _places(text: str, words: list[str]) -> list[tuple[int, int]]:
    """Where words begin with one of the asked ones, up to the end of what was asked."""
    if not words:
        return []
    beginnings = "|".join(re.escape(word) for word in sorted(set(words), key=len, reverse=True))
    return [match.span() for match in re.finditer(rf"(?<!\w)(?:{beginnings})", fold(text))]


def _window(text: str, found: list[tuple[int, int]]) -> tuple[int, int]:
    """Whole words around the first place."""
    if len(text) <= 2 * AROUND:
        return 0, len(text)
    middle = found[0][0] if found else 0
    start = max(0, middle - AROUND)
    start = text.find(" ", start, middle) + 1 if start else 0
    end = min(len(text), start + 2 * AROUND)
    return start, end if end == len(text) else max(text.rfind(" ", start, end), middle + 1, start + AROUND)
