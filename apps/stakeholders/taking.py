"""What a block of cells would become in the register of people."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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
            problems.append(f"{found.label}: {unfit}")
    # A role that the catalog does not know is one in their own words.
    if isinstance(values.get("role"), Own):
        own = str(values.pop("role"))
        values.setdefault("own_role", own)
    return values, problems


class Own(str):
    """A role in the words of whoever wrote the list."""

    __slots__ = ()


def _shown(key: str, values: Mapping[str, Any]) -> str:
    if key == "role":
        seat = roles.seat(str(values.get("role", "")))
        return seat.title if seat else str(values.get("own_role", ""))
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


def _seat(cell: str) -> str:
    wanted = " ".join(cell.split()).casefold().replace("_", " ")
    for seat in roles.seats():
        if wanted in (seat.key.replace("_", " "), seat.title.casefold()):
            return seat.key
    return Own(_words(120)(cell))


def _weight(cell: str) -> int:
    wanted = cell.strip().casefold()
    if wanted in WEIGHTS:
        return WEIGHTS[wanted]
    if wanted.removesuffix(".0") in ("1", "2", "3", "4", "5"):
        return int(wanted[0])
    raise Unfit(_("“%(raw)s” is not a number from 1 to 5.") % {"raw": cell[:80]})


def _zone(cell: str) -> str:
    wanted = cell.strip().replace(" ", "_").casefold()
    found = next((zone for zone in available_timezones() if zone.casefold() == wanted), None)
    if found is None:
        raise Unfit(_("“%(raw)s” is not a time zone. Write it as Europe/Stockholm.") % {"raw": cell[:80]})
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
