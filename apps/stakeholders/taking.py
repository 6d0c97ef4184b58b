"""What a block of cells would become in the register of people."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import zones
from apps.core.cells import Grid
from apps.core.taking import SKIP, UPDATE, Block, aim
from apps.projects.models import Project
from apps.stakeholders import queries, roles
from apps.stakeholders.models import Stakeholder

WEIGHTS = {"low": 1, "hardly any": 1, "medium": 3, "some": 3, "high": 5, "a great deal": 5}
# How other tools head the same columns.
HEADS = {
    "full name": "name", "person": "name", "mail": "email", "e-mail": "email", "role": "role", "title": "own_role",
    "job title": "own_role", "company": "organisation", "organization": "organisation", "department": "unit",
    "team": "unit", "timezone": "time_zone", "tz": "time_zone", "notes": "remarks", "comment": "remarks",
    "power": "influence",
}  # fmt: skip
# What stands where a name is still wanted.
NOBODY = {"empty", "nobody", "nobody yet", "none", "vacant", "open", "tbd", "tba", "tbc", "n/a", "?", "-", "–", "—"}


class Unfit(ValueError):
    """What stands in a cell does not fit; the message is a sentence for the person."""


@dataclass(frozen=True)
class Field:
    """A field of a person, and how a cell of it is read."""

    key: str
    label: Any
    read: Callable[[str], Any]


def read_people(project: Project, grid: Grid, asked: Mapping[str, Any]) -> Block:
    """`new` holds fields of people, `changed` people with theirs; for `asked` see `apps.core.taking.aim`.

    Whoever has the same address is the same person; without an address the name says it.
    """
    block = aim(FIELDS, grid, asked, order=[found.key for found in FIELDS], names=HEADS, ways=(SKIP, UPDATE))
    there = {}
    for person in queries.everybody(project):
        there[person.name.casefold()] = person
    for person in queries.everybody(project):
        if person.email:
            there[person.email.casefold()] = person
    lines: dict[str, int] = {}
    for number, cells in block.lines:
        _take_line(block, number, cells, there, lines)
    return block


def _take_line(block: Block, number: int, cells: list[str], there: dict[str, Stakeholder], lines: dict[str, int]) -> None:  # fmt: skip
    values, problems = _values(block, cells)
    if _is_empty_seat(values):
        block.passed.append(_shown("role", values))
        return
    if not values.get("name") and not problems:
        problems.append(_("It has no name: nothing goes to “%(column)s”.") % {"column": FIELDS[0].label})
    known = str(values.get("email") or values.get("name") or "").casefold()
    if known in lines and not problems:
        problems.append(_("The same person stands in line %(line)d.") % {"line": lines[known]})
    if problems:
        block.refuse(number, cells, problems)
        return
    lines[known] = number
    person = there.get(known) or (there.get(values["name"].casefold()) if "email" not in values else None)
    if person:
        block.there.append(str(person))
        if block.same == UPDATE:
            block.changed.append((person, values))
    else:
        block.new.append(values)
    if person is None or block.same == UPDATE:
        block.shown.append([_shown(found.key, values) for found in block.used])


def _values(block: Block, cells: list[str]) -> tuple[dict[str, Any], list[str]]:
    """The fields of a line that say something, and what is wrong with the others."""
    values: dict[str, Any] = {}
    problems = []
    for key, cell in block.cells_of(cells):
        if not cell.strip():
            continue
        found = BY_KEY[key]
        try:
            values[key] = found.read(cell)
        except Unfit as unfit:
            if block.misfit(key):
                problems.append(f"{found.label}: {unfit}")
    if str(values.get("name", "")).strip("() ").casefold() in NOBODY:
        values.pop("name", None)
    if "role" in values:
        seat, own = values.pop("role")
        values |= {"role": seat} if seat else {}
        if own:
            values.setdefault("own_role", own)
    return values, problems


def _is_empty_seat(values: Mapping[str, Any]) -> bool:
    """A line that says what is wanted, and nobody for it."""
    wanted = values.get("role") or values.get("own_role")
    return bool(wanted) and not values.get("name") and not values.get("email")


def _shown(key: str, values: Mapping[str, Any]) -> str:
    if key == "role":
        seat = roles.seat(str(values.get("role", "")))
        return roles.said_once(seat.title if seat else "", str(values.get("own_role", "")))
    return str(values.get(key, ""))


def _words(longest: int) -> Callable[[str], str]:
    def read(cell: str) -> str:
        words = " ".join(cell.split())
        if len(words) > longest:
            raise Unfit(
                _("This is %(n)d characters long, and %(most)d is the most.") % {"n": len(words), "most": longest}
            )
        return words

    return read


def _address(cell: str) -> str:
    address = cell.strip().removeprefix("mailto:").lower()
    try:
        validate_email(address)
    except ValidationError:
        raise Unfit(_("“%(raw)s” is not an e-mail address.") % {"raw": cell[:80]}) from None
    return _words(254)(address)


def _seat(cell: str) -> tuple[str, str]:
    """The key of the seat that a role names, and what else it says: “Product owner, support lead” has both."""
    words = _words(120)(cell)
    called = {name: seat.key for seat in roles.seats() for name in (*seat.title.split(" / "), seat.title, seat.key)}
    known = {_plain(name): key for name, key in called.items()}
    if key := known.get(_plain(words)):
        return key, ""
    first, _comma, rest = words.partition(",")
    key = known.get(_plain(first), "")
    return key, rest.strip() if key else words


def _plain(words: str) -> str:
    return " ".join(re.sub(r"[_-]", " ", words.casefold().replace("&", " and ")).split())


def _weight(cell: str) -> int:
    wanted = cell.strip().casefold()
    if wanted in WEIGHTS:
        return WEIGHTS[wanted]
    if wanted.removesuffix(".0") in ("1", "2", "3", "4", "5"):
        return int(wanted[0])
    raise Unfit(_("“%(raw)s” is not a number from 1 to 5.") % {"raw": cell[:80]})


def _zone(cell: str) -> str:
    found = zones.find(cell)
    if found is None:
        raise Unfit(_("“%(raw)s” is not a time zone. Write a large city, or Europe/Stockholm.") % {"raw": cell[:80]})
    return found


FIELDS = (
    Field("name", gettext_lazy("Name"), _words(120)),
    Field("email", gettext_lazy("E-mail address"), _address),
    Field("role", gettext_lazy("Seat"), _seat),
    Field("own_role", gettext_lazy("Role in your words"), _words(120)),
    Field("organisation", gettext_lazy("Organisation"), _words(120)),
    Field("unit", gettext_lazy("Unit"), _words(120)),
    Field("influence", gettext_lazy("Influence"), _weight),
    Field("interest", gettext_lazy("Interest"), _weight),
    Field("time_zone", gettext_lazy("Time zone"), _zone),
    Field("availability", gettext_lazy("When to reach them"), _words(200)),
    Field("remarks", gettext_lazy("Remarks"), _words(1000)),
)
BY_KEY = {found.key: found for found in FIELDS}
