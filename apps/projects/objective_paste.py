"""Reading a sentence into the fields of an objective: "first response from 11 h to 4 h by 30 September, ticket report".

A pure function: it fills what it is sure of and leaves the rest empty, it never guesses. Figures may use a comma or a
point for decimals and thin or no-break spaces between thousands; days may be written as `30 September 2027`,
`Sep 30, 2027`, `30.9.2027`, `2027-09-30`, or a quarter. A day without a year is the next one from today on.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from apps.projects.enums import Direction

_MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.casefold(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_FIGURE = r"(?P<{0}>[-+]?\d{{1,3}}(?:[ \u00a0\u202f]\d{{3}})+(?:[.,]\d+)?|[-+]?\d+(?:[.,]\d+)?)"
_UNIT = r"(?:\s?(?P<{0}>%|€|\$|£|[a-zA-Zµ]{{1,12}}(?:/[a-zA-Z]{{1,12}})?))?"
_WORDS_THAT_ARE_NO_UNIT = {
    "to",
    "by",
    "until",
    "from",
    "on",
    "in",
    "of",
    "and",
    "within",
    "per",
    "before",
    "at",
    "today",
}
_LEAST = r"≥|>=|\bat least\b|\bno(?:t)? (?:less|lower|fewer|worse) than\b|\bnot (?:below|under)\b|\bmore than\b|\bover\b|\babove\b"
_MOST = r"≤|<=|\bat most\b|\bno(?:t)? (?:more|higher) than\b|\bnot (?:above|over)\b|\b(?:fewer|less) than\b|\bunder\b|\bbelow\b"
_FROM_TO = re.compile(
    r"(?:\bfrom\s+)?" + _FIGURE.format("a") + _UNIT.format("ua") + r"\s*(?:→|->|=>|⇒)\s*" + _FIGURE.format("b") + _UNIT.format("ub")
    + r"|\bfrom\s+" + _FIGURE.format("c") + _UNIT.format("uc") + rf"\s+(?:down\s+|up\s+)?to\s+(?:{_LEAST}|{_MOST})?\s*"
    + _FIGURE.format("d") + _UNIT.format("ud"),
    re.IGNORECASE,
)  # fmt: skip
# What denies a bound comes before the bound itself: “not below 4” is at least 4.
_BOUND = re.compile(
    rf"(?:(?P<least>{_LEAST})|(?P<most>{_MOST}))\s*" + _FIGURE.format("b") + _UNIT.format("ub"), re.IGNORECASE
)
_HELD = re.compile(r"not? (?:below|under|above|over|less|lower|fewer|worse|more|higher)\b", re.IGNORECASE)
_TODAY = re.compile(
    r"\b(?:today|now|currently|was|baseline|instead of|up from|down from)\s+"
    + _FIGURE.format("a")
    + _UNIT.format("ua"),
    re.IGNORECASE,
)
_DAY = re.compile(
    rf"\b(?:by|until|before|on|due)?\s*(?:the\s+)?(?:end\s+of\s+)?(?:"
    rf"(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})"
    rf"|(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m1>{_MONTH})\.?(?:,?\s+(?P<y1>\d{{4}}))?"
    rf"|(?P<m2>{_MONTH})\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?P<y2>\d{{4}}))?"
    rf"|(?P<d3>\d{{1,2}})\.\s?(?P<m3>\d{{1,2}})\.\s?(?P<y3>\d{{4}})"
    rf"|(?P<m4>{_MONTH})\s+(?P<y4>\d{{4}})"
    rf"|(?P<d6>1[3-9]|2\d|3[01])/(?P<m6>\d{{1,2}})/(?P<y6>\d{{4}})"
    rf"|Q(?P<q>[1-4])\s*/?\s*(?P<y5>\d{{4}})|H(?P<h>[12])\s*/?\s*(?P<y7>\d{{4}}))(?!\w)",
    re.IGNORECASE,
)

# What notes put before a line of a list.
_MARK = re.compile(r"^(?:\d{1,2}[.)]|[-*•])\s+")
# What stands alone behind the last comma, after something else, and is written as a name is.
_NAME = re.compile(r"(?P<rest>.+),\s*(?P<name>[^\W\d_a-z][\w.’'-]*(?:\s+[^\W\d_a-z][\w.’'-]*){0,2})")


@dataclass(frozen=True)
class Read:
    """What was found; empty where the sentence does not say it."""

    title: str = ""
    metric: str = ""
    unit: str = ""
    baseline: Decimal | None = None
    direction: str = ""
    target: Decimal | None = None
    due: date | None = None
    method: str = ""
    owner: str = ""


def read_objective(sentence: str, today: date) -> Read:
    """The fields that a sentence gives. `today` decides the year of a day that has none."""
    words = _MARK.sub("", " ".join(sentence.split())).strip('“”"')
    due, words = _cut_day(words, today)
    figures, before, after = _cut_figures(words)
    metric = before.strip(" ,.;:–-")
    title = f"{metric} {figures.held}".strip()
    method, owner = _cut_name(_tidy(after))
    return Read(
        title=title[:1].upper() + title[1:200],
        # What stands before a figure is what is counted; a sentence without one only says what is wished.
        metric=metric[:160] if figures.target is not None else "",
        unit=figures.unit,
        baseline=figures.baseline,
        direction=figures.direction,
        target=figures.target,
        due=due,
        method=method[:200],
        owner=owner[:120],
    )


@dataclass(frozen=True)
class _Figures:
    unit: str = ""
    baseline: Decimal | None = None
    direction: str = ""
    target: Decimal | None = None
    held: str = ""


def _cut_figures(words: str) -> tuple[_Figures, str, str]:
    """The figures, and what stands before and after them."""
    if found := _FROM_TO.search(words):
        a, b = ("a", "b") if found["a"] else ("c", "d")
        low, high = _figure(found[a]), _figure(found[b])
        unit = _unit(found[f"u{b}"]) or _unit(found[f"u{a}"])
        far = found[f"u{b}"]
        rest = words[found.end() :] if _unit(far) or not far else far + words[found.end() :]
        return _Figures(unit, low, _way(low, high), high), words[: found.start()], rest
    if found := _BOUND.search(words):
        way = Direction.AT_LEAST if found["least"] else Direction.AT_MOST
        before, after = words[: found.start()], words[found.end() :]
        # “not below 4.1” says that it may get worse, as far as that; without these words it would be a mistake.
        held = found[0] if _HELD.match(found[0]) else ""
        now = _TODAY.search(after)
        after = after.replace(now[0], "") if now else after
        baseline = _figure(now["a"]) if now else None
        return _Figures(_unit(found["ub"]), baseline, way, _figure(found["b"]), held), before, after
    return _Figures(), words, ""


def _way(low: Decimal | None, high: Decimal | None) -> str:
    if low is None or high is None or low == high:
        return ""
    return Direction.AT_MOST if high < low else Direction.AT_LEAST


def _cut_day(words: str, today: date) -> tuple[date | None, str]:
    """The last day that is named, and the sentence without it."""
    for found in reversed(list(_DAY.finditer(words))):
        if day := _day(found, today):
            return day, f"{words[: found.start()].rstrip(' ,')}, {words[found.end() :].lstrip(' ,')}".strip(" ,")
    return None, words


def _day(found: re.Match[str], today: date) -> date | None:
    try:
        if found["iso"]:
            return date.fromisoformat(found["iso"])
        if found["q"]:
            month = int(found["q"]) * 3
            return date(int(found["y5"]), month, calendar.monthrange(int(found["y5"]), month)[1])
        if found["h"]:
            month = int(found["h"]) * 6
            return date(int(found["y7"]), month, calendar.monthrange(int(found["y7"]), month)[1])
        if found["d6"]:
            return date(int(found["y6"]), int(found["m6"]), int(found["d6"]))
        if found["m4"]:
            year, month = int(found["y4"]), _month(found["m4"])
            return date(year, month, calendar.monthrange(year, month)[1])
        if found["d3"]:
            return date(int(found["y3"]), int(found["m3"]), int(found["d3"]))
        month = _month(found["m1"] or found["m2"])
        return _next(found["y1"] or found["y2"], month, int(found["d1"] or found["d2"]), today)
    except ValueError:
        return None


def _month(word: str) -> int:
    """Raises ValueError for letters that only look alike, which patterns without case take for the same."""
    if word.casefold() not in _MONTHS:
        raise ValueError
    return _MONTHS[word.casefold()]


def _next(year: str | None, month: int, day: int, today: date) -> date:
    if year:
        return date(int(year), month, day)
    this = date(today.year, month, day)
    return this if this >= today else date(today.year + 1, month, day)


def _figure(text: str) -> Decimal | None:
    try:
        return Decimal(re.sub(r"[ \u00a0\u202f]", "", text).replace(",", "."))
    except InvalidOperation:
        return None


def _unit(text: str | None) -> str:
    return "" if not text or text.casefold() in _WORDS_THAT_ARE_NO_UNIT else text


def _cut_name(words: str) -> tuple[str, str]:
    """How it is measured, and who does."""
    found = _NAME.fullmatch(words)
    return (found["rest"].strip(), found["name"]) if found and not found["name"].isupper() else (words, "")


def _tidy(words: str) -> str:
    """What is left over: usually where the figures come from."""
    left = words.replace("()", "").strip(" ,;:.–-")
    return re.sub(r"^(?:measured by|according to|from the|from|in the)\s+", "", left, flags=re.IGNORECASE)
