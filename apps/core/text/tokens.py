"""Text cut into sentences and words, losslessly: joining the pieces gives the text back."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

PUNCTUATION = r""".,;:!?…()\[\]{}"“”„«»。、，！？；："""
CLOSERS = r"""["'”’»)\]*_]*"""
# Scripts written without spaces are cut by character; a mark or selector stays with its base.
UNSPACED = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"

SENTENCE_END = re.compile(rf"[.!?…]{CLOSERS}(?=\s)|[。！？]{CLOSERS}")
WORD = re.compile(
    rf"[{UNSPACED}][\u3099\u309a\ufe00-\ufe0f]*"
    rf"|[^\s{PUNCTUATION}{UNSPACED}]+(?:[{PUNCTUATION}]+[^\s{PUNCTUATION}{UNSPACED}]+)*"
    rf"|[{PUNCTUATION}]"
)
UNSPACED_START = re.compile(rf"[{UNSPACED}]")
UNSPACED_END = re.compile(rf"[{UNSPACED}。！？]{CLOSERS}$")
OPENERS = tuple("([{“„«")
BARE_PUNCTUATION = re.compile(rf"[{PUNCTUATION}]+")


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence or a word, with the white space around it and its left neighbour in its own text."""

    body: str
    before: str = ""
    after: str = ""
    left: str = ""


def normalise(text: str) -> str:
    """Line ends as one newline, whichever system wrote them."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def sentences(text: str) -> list[Unit]:
    """Sentences, list items and lines; a sentence never crosses a line."""
    spans = [span for line in re.finditer(r"[^\n]+", text) for span in _sentence_spans(text, *line.span())]
    return _units(text, spans)


def words(text: str) -> list[Unit]:
    """Words and single punctuation marks; "3.14" and "don't" are one word, and so is a joined emoji."""
    return _units(text, [match.span() for match in WORD.finditer(text)])


def word_counts(text: str) -> Counter[str]:
    """How often each word occurs, punctuation left out."""
    return Counter(match[0] for match in WORD.finditer(text) if not BARE_PUNCTUATION.fullmatch(match[0]))


def is_wordlike(text: str) -> bool:
    """Whether a space must part this from a word beside it."""
    return not BARE_PUNCTUATION.match(text) and not UNSPACED_START.match(text)


def ends_unspaced(text: str) -> bool:
    """Whether the next sentence may follow without a space."""
    return UNSPACED_END.search(text[-8:]) is not None


def _sentence_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in SENTENCE_END.finditer(text, start, end):
        yield from _stripped(text, start, match.end())
        start = match.end()
    yield from _stripped(text, start, end)


def _stripped(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    passage = text[start:end]
    if body := passage.strip():
        lead = len(passage) - len(passage.lstrip())
        yield start + lead, start + lead + len(body)


def _units(text: str, spans: list[tuple[int, int]]) -> list[Unit]:
    starts = [start for start, _ in spans] + [len(text)]
    units = []
    previous_end, left = 0, ""
    for index, (start, end) in enumerate(spans):
        units.append(Unit(text[start:end], text[previous_end:start], text[end : starts[index + 1]], left))
        previous_end, left = end, text[start:end]
    return units
