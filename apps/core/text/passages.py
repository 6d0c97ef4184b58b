"""Finding the words that somebody quoted in rendered text."""

import re
from collections.abc import Iterable

from django.utils.safestring import SafeString, mark_safe

TAG_OR_TEXT = re.compile(r"<(?:[^>\"]|\"[^\"]*\")*>|[^<]+")


def mark(html: SafeString, quotes: Iterable[str]) -> tuple[SafeString, frozenset[str]]:
    """`html` with the first place of each quote in a `span.passage`, and the quotes that are gone.

    A quote is found where its words stand in a row, across emphasis and line ends; each stretch of text
    between two tags is wrapped by itself, so that elements stay properly nested.
    """
    parts = TAG_OR_TEXT.findall(html)
    lost = set()
    for quote in quotes:
        place = _place(parts, quote)
        if place is None:
            lost.add(quote)
        else:
            parts = _wrapped(parts, *place)
    return mark_safe("".join(parts)), frozenset(lost)  # noqa: S308 - escaped before, only spans added


def _place(parts: list[str], quote: str) -> tuple[int, int] | None:
    """Start and end among the characters that are text."""
    words = [re.escape(_as_in_html(word)) for word in quote.split()]
    if not words:
        return None
    text = "".join(part for part in parts if not part.startswith("<"))
    found = re.search(r"\s+".join(words), text)
    return found.span() if found else None


def _as_in_html(word: str) -> str:
    """As the sanitiser writes text; it leaves quotation marks alone."""
    return word.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _wrapped(parts: list[str], start: int, end: int) -> list[str]:
    wrapped, at = [], 0
    for part in parts:
        if part.startswith("<"):
            wrapped.append(part)
            continue
        low, high = max(start - at, 0), min(end - at, len(part))
        at += len(part)
        if low < high and part[low:high].strip():
            pieces = (part[:low], f'<span class="passage">{part[low:high]}</span>', part[high:])
            wrapped += [found for piece in pieces for found in TAG_OR_TEXT.findall(piece)]
        else:
            wrapped.append(part)
    return wrapped
