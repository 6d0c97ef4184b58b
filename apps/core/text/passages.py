"""Finding the words that somebody quoted, in rendered text and in what it was rendered from."""

import re
from collections.abc import Iterable

from django.utils.safestring import SafeString, mark_safe

from .tokens import WORD

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


# What Markdown may put between two words that stand side by side on the page.
BETWEEN = r"(?:[\s*_`#>|\\\[:~-]|\](?:\([^)\s]*\))?|\d{1,9}[.)]\s){0,60}"
PAIRS = ("**", "__", "*", "_", "`")


def source_span(source: str, quote: str, *, nth: int = 0) -> tuple[int, int] | None:
    """Where in Markdown `source` the words stand that a reader sees as `quote`: start and end, or None.

    `nth` says which of several equal places, from 0; when there are fewer, the last one. Marks that enclose exactly
    these words (`**…**`) belong to the place.
    """
    words = [re.escape(word) for word in WORD.findall(quote)]
    if not words:
        return None
    found = list(re.finditer(BETWEEN.join(words), source))
    if not found:
        return None
    start, end = found[min(nth, len(found) - 1)].span()
    for mark in PAIRS:
        if source[:start].endswith(mark) and source.startswith(mark, end):
            return start - len(mark), end + len(mark)
    return start, end


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
