"""Columns of a register: what they hold, how what people type or paste is read, and how it is shown.

A value is a string (a number as its digits, a day as ISO 8601) or, for yes and no, a bool. What is empty
is not stored at all.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.template.defaultfilters import date as formatted
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from apps.core import figures
from apps.tables.enums import Kind

Value = str | bool
Values = dict[str, Value]
Links = Mapping[str, Mapping[str, str]]
"""For each kind of thing that can be linked: its id → its title."""

SHORT, LONG = 300, 4000
SPACES = re.compile(r"[ \t\u00a0\u202f]+")
YES = {"yes", "y", "true", "1", "x", "ja", "sim", "oui"}
NO = {"no", "n", "false", "0", "nein", "nej", "não", "non"}
AT_LEAST, AT_MOST = ("≥", ">=", "=>", ">", "at least", "min", "min."), ("≤", "<=", "=<", "<", "at most", "max", "max.")
SIGNS = dict.fromkeys(AT_LEAST, "at least") | dict.fromkeys(AT_MOST, "at most")
SIGN = "|".join(re.escape(sign) for sign in sorted(SIGNS, key=len, reverse=True))
FIGURE = re.compile(
    rf"(?P<before>{SIGN})?\s*(?P<number>[-\N{{MINUS SIGN}}]?\d[\d\s.,]*)(?P<behind>(?!e[-+]?\d)[^\d\s.,][^\n]{{0,39}})?",
    re.IGNORECASE,
)
THREE = re.compile(r"(?P<before>\d+(?:[.,]\d+)?)\s*/\s*(?P<number>\d+(?:[.,]\d+)?)\s*/\s*(?P<behind>\d+(?:[.,]\d+)?)")
"""1/2/4: at best, likely, at worst."""
DAYS = ["%Y-%m-%d", "%Y/%m/%d", "%d.%m.%Y", "%d.%m.%y", "%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%d/%m/%Y"]


class Refused(ValueError):
    """What was typed does not fit; the message is a sentence for the person."""


@dataclass(frozen=True)
class Column:
    """One field of every row of a register.

    `required` is asked for before sign-off, never while writing. `width` is the share of the table that it
    takes, 0 when it stands only in the row's own form; `paper` is its place in the document's table, others
    follow as lines below. `group` folds a field away in the form under that heading. `to` names what a link
    leads to: "objective" or the key of a register. `initial` is what a new row begins with; such a field is
    never empty. `most` is the most characters, `places` the most digits before and after the decimal sign.
    `local` says how things stand in this project: a copy of the row begins without it. `carries` are the columns for
    what stands before a number and behind it, where people type all three as one, `written` so: ≤ 8 s. `drawn` is the
    cell in the document where other columns have their say in it, which are `within` this one and not said again. `nothing`
    are the words for an empty field, where being empty says something; they are read as empty, too.
    """

    key: str
    label: Any
    help: Any = ""
    kind: Kind = Kind.TEXT
    choices: tuple[tuple[str, Any], ...] = ()
    unit: str = ""
    required: bool = False
    width: int = 0
    paper: int = 0
    group: Any = ""
    to: str = ""
    suggestions: Callable[[], list[str]] | None = None
    initial: str = ""
    most: int = 0
    places: tuple[int, int] = (12, 9)
    local: bool = False
    carries: tuple[str, str] | None = None
    written: re.Pattern[str] = FIGURE
    drawn: Callable[[Mapping[str, Any]], str] | None = None
    within: str = ""
    nothing: Any = ""

    @property
    def longest(self) -> int:
        return self.most or (LONG if self.kind == Kind.LONG else SHORT)

    @property
    def in_bulk(self) -> bool:
        """Many rows may take the same value of it at once."""
        return self.kind in (Kind.CHOICE, Kind.PERSON, Kind.DAY, Kind.YES_NO, Kind.LINK)

    @property
    def words(self) -> list[tuple[str, str]]:
        return [(key, str(label)) for key, label in self.choices]


def read(column: Column, raw: Any, links: Links | None = None) -> Value | None:
    """What a person typed, pasted or imported, as a value; None when it is empty. Raises `Refused`."""
    if raw is None or raw == "":
        return None
    if isinstance(raw, str):
        raw = raw.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").strip()
        if not raw or (column.nothing and raw.casefold() == str(column.nothing).casefold()):
            return None
    return _READERS[column.kind](column, raw, links or {})


def spread(known: Mapping[str, Column], typed: Mapping[str, Any]) -> dict[str, Any]:
    """What people typed, with what stands around a figure in their own columns, where these say nothing yet."""
    found = dict(typed)
    for key, raw in typed.items():
        carries, written = known[key].carries, known[key].written
        figure = written.fullmatch(raw.strip()) if carries and isinstance(raw, str) else None
        for other, said in zip(carries or (), figure.group("before", "behind") if figure else (), strict=False):
            if said and not found.get(other):
                found[other] = said.strip()
    return found


def show(column: Column, value: Any, links: Links | None = None) -> str:
    """A value in words, in the reader's language."""
    if value is None or value == "":
        return ""
    if column.kind == Kind.CHOICE:
        return next((str(label) for key, label in column.choices if key == value), str(value))
    if column.kind == Kind.YES_NO:
        return (_("yes") if value else _("no")) if isinstance(value, bool) else str(value)
    if column.kind == Kind.DAY:
        day = parse_date(str(value))
        return formatted(day, "j M Y") if day else str(value)
    if column.kind == Kind.NUMBER:
        return f"{value}\N{NO-BREAK SPACE}{column.unit}".strip()
    if column.kind == Kind.LINK:
        return (links or {}).get(column.to, {}).get(str(value), str(value) if links is None else "")
    return str(value)


def typed(column: Column, value: Any) -> str:
    """A value as the field for it wants it back."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _text(column: Column, raw: Any, links: Links) -> Value:
    words = str(raw)
    if column.kind != Kind.LONG:
        words = SPACES.sub(" ", words.replace("\n", " "))
    if len(words) > column.longest:
        raise Refused(
            _("This is %(n)d characters long, and %(most)d is the most.") % {"n": len(words), "most": column.longest}
        )
    return words


def _choice(column: Column, raw: Any, links: Links) -> Value:
    wanted = SPACES.sub(" ", str(raw)).casefold()
    wanted = SIGNS.get(wanted, wanted)
    for key, label in column.words:
        said = label.casefold()
        # "4 Likely" is also meant by 4 and by Likely.
        if wanted in (key.casefold(), said, said.removeprefix(f"{key.casefold()} ")):
            return key
    known = ", ".join(f"“{label}”" for _key, label in column.words)
    raise Refused(_("“%(raw)s” is not one of %(known)s.") % {"raw": str(raw)[:80], "known": known})


def _yes_no(column: Column, raw: Any, links: Links) -> Value:
    wanted = str(raw).casefold()
    if wanted in YES | {_("yes").casefold()}:
        return True
    if wanted in NO | {_("no").casefold()}:
        return False
    raise Refused(_("“%(raw)s” is neither yes nor no.") % {"raw": str(raw)[:80]})


def _number(column: Column, raw: Any, links: Links) -> Value:
    if column.carries and (figure := column.written.fullmatch(str(raw).strip())):
        raw = figure["number"].strip()
    words = SPACES.sub("", str(raw)).removesuffix(column.unit.replace(" ", "") or "\n")
    words = figures.plain(words)
    try:
        number = Decimal(words)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise Refused(_("“%(raw)s” is not a number.") % {"raw": str(raw)[:80]})
    # By its size first: arithmetic with 1e9999999 raises.
    before, after = column.places
    if (number and not -9 <= number.adjusted() < before) or len(words) > 24:
        raise Refused(_("“%(raw)s” is out of bounds.") % {"raw": str(raw)[:80]})
    digits = f"{number:f}"
    digits = (digits.rstrip("0").rstrip(".") if "." in digits else digits) or "0"
    if after < 9 and len(digits.partition(".")[2]) > after:
        raise Refused(_("“%(raw)s” has more than %(n)d decimals.") % {"raw": str(raw)[:80], "n": after})
    return digits


def _day(column: Column, raw: Any, links: Links) -> Value:
    if isinstance(raw, datetime):
        raw = raw.date()
    day = raw if isinstance(raw, date) else _parsed_day(SPACES.sub(" ", str(raw)))
    if day is None:
        raise Refused(_("“%(raw)s” is not a day. Write it as 2027-01-31.") % {"raw": str(raw)[:80]})
    if not 1900 <= day.year <= 2200:
        raise Refused(_("That is too far away."))
    return day.isoformat()


def _parsed_day(words: str) -> date | None:
    for pattern in DAYS:
        try:
            return datetime.strptime(words.removesuffix(" 00:00:00"), pattern).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def _link(column: Column, raw: Any, links: Links) -> Value:
    there = links.get(column.to, {})
    wanted = SPACES.sub(" ", str(raw))
    if wanted in there:
        return wanted
    said = wanted.casefold()
    alike = [ident for ident, title in there.items() if title.casefold() == said]
    begun = [ident for ident, title in there.items() if title.casefold().startswith(said)]
    if alike or len(begun) == 1:
        return (alike or begun)[0]
    raise Refused(_("There is no “%(raw)s” to link to.") % {"raw": wanted[:80]})


_READERS: dict[Kind, Callable[[Column, Any, Links], Value]] = {
    Kind.TEXT: _text,
    Kind.LONG: _text,
    Kind.PERSON: _text,
    Kind.CHOICE: _choice,
    Kind.YES_NO: _yes_no,
    Kind.NUMBER: _number,
    Kind.DAY: _day,
    Kind.LINK: _link,
}
