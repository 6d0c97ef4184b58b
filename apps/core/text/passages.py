"""Finding the words that somebody quoted, in rendered text and in what it was rendered from."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from .tokens import WORD

TAG_OR_TEXT = re.compile(r"<(?:[^>\"]|\"[^\"]*\")*>|[^<]+")


@dataclass(frozen=True)
class Quoted:
    """Words that somebody quoted, and what stood around them then; `key` names the place in the page."""

    words: str
    before: str = ""
    after: str = ""
    key: str = ""


def mark(html: SafeString, quotes: Iterable[str | Quoted]) -> tuple[SafeString, frozenset[str]]:
    """`html` with the place of each quote in a `span.passage`, and the quotes that are gone.

    Of several equal places it is the one whose surroundings are most like what stood around the quote, else the first.

    A quote is found where its words stand in a row, across emphasis and line ends; each stretch of text
    between two tags is wrapped by itself, so that elements stay properly nested.
    """
    parts = TAG_OR_TEXT.findall(html)
    lost = set()
    for quote in quotes:
        quoted = Quoted(quote) if isinstance(quote, str) else quote
        place = _place(parts, quoted)
        if place is None:
            lost.add(quoted.words)
        else:
            parts = _wrapped(parts, *place, quoted.key)
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


def _place(parts: list[str], quoted: Quoted) -> tuple[int, int] | None:
    """Start and end among the characters that are text."""
    words = [re.escape(_as_in_html(word)) for word in quoted.words.split()]
    if not words:
        return None
    text = "".join(part for part in parts if not part.startswith("<"))
    found = [match.span() for match in re.finditer(r"\s+".join(words), text)]
    return max(found, key=lambda span: _likeness(text, span, quoted)) if found else None


def _likeness(text: str, span: tuple[int, int], quoted: Quoted) -> int:
    """How many characters around the place are those that stood around the quote."""
    before, after = _squeezed(_as_in_html(quoted.before)), _squeezed(_as_in_html(quoted.after))
    start, end = span
    ahead = _squeezed(text[max(0, start - 2 * len(before) - 40) : start])
    behind = _squeezed(text[end : end + 2 * len(after) + 40])
    return _common(before[::-1], ahead[::-1]) + _common(after, behind)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _common(one: str, other: str) -> int:
    """Length of what both begin with."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _as_in_html(word: str) -> str:
    """As the sanitiser writes text; it leaves quotation marks alone."""
    return word.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _wrapped(parts: list[str], start: int, end: int, key: str) -> list[str]:
    wrapped, at = [], 0
    opening = f'<span class="passage" data-passage="{key}">' if key else '<span class="passage">'
    for part in parts:
        if part.startswith("<"):
            wrapped.append(part)
            continue
        low, high = max(start - at, 0), min(end - at, len(part))
        at += len(part)
        if low < high and part[low:high].strip():
            pieces = (part[:low], f"{opening}{part[low:high]}</span>", part[high:])
            wrapped += [found for piece in pieces for found in TAG_OR_TEXT.findall(piece)]
        else:
            wrapped.append(part)
    return wrapped
