"""Reading a sentence into the fields of an objective: "first response from 11 h to 4 h by 30 September, ticket report".

A pure function: it fills what it is sure of and leaves the rest empty, it never guesses. Figures are read as
`apps.core.figures` does, but for `1.200`, which is one thing in London and another in Berlin. Today's value is brought
to the unit of the target where both are seconds, minutes or hours, and left out where the units cannot be compared.
Days may be written as `30 September 2027`, `Sep 30, 2027`, `30.9.2027`, `2027-09-30`, `end of March`, or a quarter.
A day or month without a year is the next one from today on.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from apps.core import figures
from apps.projects.enums import Direction
from apps.projects.objective_rules import DATES

_MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.casefold(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_FIGURE = r"(?:(?:about|around|roughly|approximately|some|ca\.?|~)\s*)?(?P<{0}>[-+]?\d{{1,3}}(?:[ ,\u00a0\u202f]\d{{3}})+(?:[.,]\d+)?(?![\d,.]*\d)|[-+]?\d+(?:[.,]\d+)*)"
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
    "a",
    "an",
    "each",
    "every",
    "the",
    "with",
    "for",
    "as",
    "but",
    "or",
    "if",
    "when",
    "now",
    "was",
    "measured",
    "instead",
}
_SECONDS = {
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), 1),
    **dict.fromkeys(("min", "mins", "minute", "minutes"), 60),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), 3600),
}
# What a figure is counted in: “mails a week”, “errors per 1,000 mails”.
_PER = re.compile(r"\s+(?:a|an|per|each)\s+(?:[\d,]+\s+)?[a-zA-Z]{1,12}\b", re.IGNORECASE)
_MONEY_FIRST = re.compile(r"([€$£])\s?(\d[\d.,\u00a0\u202f]*(?<![.,]))")
_LEAST = r"≥|>=|\bat least\b|\bno(?:t)? (?:less|lower|fewer|worse) than\b|\bnot (?:below|under)\b|\bmore than\b|\bover\b|\babove\b"
_MOST = r"≤|<=|\bdown to\b|\bat most\b|\bno(?:t)? (?:more|higher) than\b|\bnot (?:above|over)\b|\b(?:fewer|less) than\b|\bunder\b|\bbelow\b"
_FROM_TO = re.compile(
    r"(?:\bfrom\s+)?" + _FIGURE.format("a") + _UNIT.format("ua") + r"\s*(?:→|->|=>|⇒)\s*" + _FIGURE.format("b") + _UNIT.format("ub")
    + r"|\bfrom\s+" + _FIGURE.format("c") + _UNIT.format("uc") + rf"\s+(?:down\s+|up\s+)?to\s+(?:{_LEAST}|{_MOST})?\s*"
    + _FIGURE.format("d") + _UNIT.format("ud")
    + r"|\bto\s+" + _FIGURE.format("f") + _UNIT.format("uf") + r"\s+from\s+" + _FIGURE.format("e") + _UNIT.format("ue"),
    re.IGNORECASE,
)  # fmt: skip
_PAIRS = (("a", "b"), ("c", "d"), ("e", "f"))
"""Names of today's figure and of the target in each way of saying both."""
# A verb says which way it goes: “raise the share to 80 %”.
_REACH = re.compile(
    r"\b(?:(?P<fall>reduc|lower|cut|shorten|decreas)|(?P<rise>increas|rais|grow))\w*\b(?P<what>[^\d;]*?)\bto\s+"
    + _FIGURE.format("b") + _UNIT.format("ub"),
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
    rf"|(?P<m8>1[0-2]|0?[1-9])/(?P<d8>1[3-9]|2\d|3[01])/(?P<y8>\d{{4}})"
    rf"|Q(?P<q>[1-4])\s*/?\s*(?P<y5>\d{{4}})|H(?P<h>[12])\s*/?\s*(?P<y7>\d{{4}}))(?!\w)",
    re.IGNORECASE,
)
_MONTH_ALONE = re.compile(
    rf"\b(?:(?:by|until|before|in)\s+)?(?:the\s+)?(?:end\s+of|by|until)\s+(?P<month>{_MONTH})\b\.?(?!\s+\d)",
    re.IGNORECASE,
)
_END_OF_YEAR = re.compile(
    r"\b(?:by|until|before|in)?\s*(?:the\s+)?(?:end\s+of\s+(?:the\s+|this\s+)?(?:(?P<year>20\d\d)|year)|year[- ]end)\b"
    r"|\bin\s+(?P<whole>20\d\d)\b",
    re.IGNORECASE,
)
# What a sentence may begin with and a metric should not.
_VERB = re.compile(
    r"^(?:(?:we\s+(?:will|want to)\s+)?(?:reduce|lower|cut|shorten|decrease|increase|raise|grow|bring|keep|hold)\b\s*(?:the\b)?)\s*",
    re.IGNORECASE,
)

_SOURCE = re.compile(
    r"(?P<value>\bfrom\s+" + _FIGURE.format("a") + _UNIT.format("ua") + r")\s*\((?P<source>[^()]{1,240})\)",
    re.IGNORECASE,
)
# What is still open in a sentence to fill in, and what then leads nowhere.
_BLANK = re.compile(r"\(?\[[^\[\]]*\](?:, [^()]*)?\)|\[[^\[\]]*\]")
_LEADS_NOWHERE = re.compile(r"\b(?:from|to|by|at most|at least|measured by)\s*(?=,|$|\b(?:to|by)\b)", re.IGNORECASE)

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
    baseline_source: str = ""
    baseline_on: date | None = None


def read_objective(sentence: str, today: date) -> Read:
    """The fields that a sentence gives. `today` decides the year of a day that has none."""
    words = _MONEY_FIRST.sub(r"\2 \1", _MARK.sub("", " ".join(sentence.split())).strip('“”"'))
    source, measured, words = _cut_source(_without_blanks(words), today)
    due, words = _cut_day(words, today)
    found, before, after = _cut_figures(words)
    said = re.sub(r"\s(?:to|from)$", "", before.strip(" ,.;:–-("), flags=re.IGNORECASE)
    metric = _metric(said)
    title = f"{said} {found.held}".strip()
    method, owner = _cut_name(_tidy(after))
    return Read(
        title=title[:1].upper() + title[1:200],
        # What stands before a figure is what is counted; a sentence without one only says what is wished.
        metric=metric[:160] if found.target is not None else "",
        unit=found.unit[:40],
        baseline=found.baseline,
        direction=found.direction,
        target=found.target,
        due=due,
        method=method[:200],
        owner=owner[:120],
        baseline_source=source[:200] if found.baseline is not None else "",
        baseline_on=measured if found.baseline is not None else None,
    )


def _without_blanks(words: str) -> str:
    """Without what a sentence to fill in has in brackets, and without the small words that led there."""
    if not _BLANK.search(words):
        return words
    words = _BLANK.sub(" ", words)
    while (shorter := _LEADS_NOWHERE.sub(" ", words)) != words:
        words = shorter
    return re.sub(r"\s+(?=,)", "", " ".join(words.split())).strip(" ,")


def _cut_source(words: str, today: date) -> tuple[str, date | None, str]:
    """Where today's value comes from and of what day it is, as they stand in brackets behind it."""
    found = _SOURCE.search(words)
    if not found:
        return "", None, words
    day, source = _cut_day(found["source"], today)
    if day and day > today:
        day, source = None, found["source"]
    return source.strip(" ,"), day, words[: found.end("value")] + words[found.end() :]


@dataclass(frozen=True)
class _Figures:
    unit: str = ""
    baseline: Decimal | None = None
    direction: str = ""
    target: Decimal | None = None
    held: str = ""


def _metric(said: str) -> str:
    """What is counted: without days and without the verb that says which way it goes."""
    without_days = re.sub(r"\s*,(?=\s*$|,)|^\s*,", "", DATES.sub(" ", said))
    words = re.sub(r"^(?:(?:from|to|by|in|within)\b|[\s,])+", "", " ".join(without_days.split()), flags=re.IGNORECASE)
    return _VERB.sub("", words).strip(" ,.;:–-(")


def _cut_figures(words: str) -> tuple[_Figures, str, str]:
    """The figures, and what stands before and after them."""
    if found := _FROM_TO.search(words):
        a, b = next(pair for pair in _PAIRS if found[pair[0]])
        far = found[f"u{b}"]
        unit = _unit(far) or _unit(found[f"u{a}"])
        low, high = _as_counted(_figure(found[a]), _unit(found[f"u{a}"]), unit), _figure(found[b])
        rest = _given_back(far) + words[found.end() :]
        per = _PER.match(rest) if unit else None
        tail = per[0].rstrip() if per else ""
        if high is None:
            return _Figures(), words, ""
        return _Figures(unit + tail, low, _way(low, high), high), words[: found.start()], rest[len(tail) :]
    if found := _BOUND.search(words):
        way = Direction.AT_LEAST if found["least"] else Direction.AT_MOST
        # “not below 4.1” says that it may get worse, as far as that; without these words it would be a mistake.
        held = found[0] if _HELD.match(found[0]) else ""
        return _bounded(found, way, words[: found.start()], words, held)
    if found := _REACH.search(words):
        way = Direction.AT_MOST if found["fall"] else Direction.AT_LEAST
        return _bounded(found, way, words[: found.end("what")], words)
    return _Figures(), words, ""


def _bounded(found: re.Match[str], way: str, before: str, words: str, held: str = "") -> tuple[_Figures, str, str]:
    """One figure that is a bound, and today's, where it is said behind it."""
    unit, after = _unit(found["ub"]), _given_back(found["ub"]) + words[found.end() :]
    target = _figure(found["b"])
    if target is None:
        return _Figures(), words, ""
    if unit and (per := _PER.match(after)):
        unit, after = unit + per[0].rstrip(), after[per.end() :]
    baseline = None
    if now := _TODAY.search(after):
        after = after.replace(now[0], "")
        baseline = _as_counted(_figure(now["a"]), _unit(now["ua"]), unit)
    return _Figures(unit, baseline, way, target, held), before, after


def _given_back(unit: str | None) -> str:
    """A word behind a figure that is no unit belongs to what follows."""
    return f" {unit}" if unit and not _unit(unit) else ""


def _as_counted(value: Decimal | None, unit: str, wanted: str) -> Decimal | None:
    """Today's value in the unit of the target; None where nobody can say what it is there."""
    if value is None or not unit or _one(unit) == _one(wanted):
        return value
    if unit.casefold() in _SECONDS and wanted.casefold() in _SECONDS:
        same = value * _SECONDS[unit.casefold()] / _SECONDS[wanted.casefold()]
        return Decimal(f"{round(same, 3).normalize():f}")
    return None


def _one(unit: str) -> str:
    """Units that are written differently and mean the same are one."""
    folded = unit.casefold()
    return str(_SECONDS.get(folded, folded.removesuffix("s")))


def _way(low: Decimal | None, high: Decimal | None) -> str:
    if low is None or high is None or low == high:
        return ""
    return Direction.AT_MOST if high < low else Direction.AT_LEAST


def _cut_day(words: str, today: date) -> tuple[date | None, str]:
    """The last day that is named, and the sentence without it."""
    for found in reversed(list(_DAY.finditer(words))):
        if day := _day(found, today):
            return day, _without(found, words)
    if (month := _MONTH_ALONE.search(words)) and month["month"].casefold() in _MONTHS:
        return _end_of_month(_MONTHS[month["month"].casefold()], today), _without(month, words)
    if year := _END_OF_YEAR.search(words):
        return date(int(year["year"] or year["whole"] or today.year), 12, 31), _without(year, words)
    return None, words


def _without(found: re.Match[str], words: str) -> str:
    return f"{words[: found.start()].rstrip(' ,')}, {words[found.end() :].lstrip(' ,')}".strip(" ,")


def _end_of_month(month: int, today: date) -> date:
    year = today.year if month >= today.month else today.year + 1
    return date(year, month, calendar.monthrange(year, month)[1])


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
        if found["d8"]:
            return date(int(found["y8"]), int(found["m8"]), int(found["d8"]))
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
    """None also for `1.200`: nobody can tell whether the point parts thousands."""
    if re.fullmatch(r"[-+]?[1-9]\d{0,2}\.\d{3}", text):
        return None
    try:
        return Decimal(figures.plain(text))
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
    left = re.sub(r"\(\s*,?\s*", "(", words).replace("()", "").strip(" ,;:.–-")
    left = left[1:-1] if re.fullmatch(r"\([^()]*\)", left) else left
    return re.sub(r"^(?:measured by|according to|from the|from|in the)\s+", "", left, flags=re.IGNORECASE)
