"""What a block of cells would become: which column goes where, what is new, what changes, what is refused and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.files import GUARDED
from apps.projects.models import Project
from apps.registers.reading import Grid, as_text
from apps.tables import columns
from apps.tables import queries as tables
from apps.tables.columns import Column, Value
from apps.tables.declared import Register
from apps.tables.models import Entry

SKIP, UPDATE, ADD = "skip", "update", "add"
SAME = [
    (SKIP, gettext_lazy("leave what is there as it is")),
    (UPDATE, gettext_lazy("fill in what the block has")),
    (ADD, gettext_lazy("add them a second time")),
]


@dataclass(frozen=True)
class Refusal:
    """A line that is not taken."""

    number: int
    cells: list[str]
    why: str


@dataclass(frozen=True)
class Target:
    """A column of the block: its head or its first words, and the key of the column that it goes to."""

    place: int
    head: str
    example: str
    key: str


@dataclass
class Reading:
    """A block read against a register. `new` and `changed` are what the action takes."""

    register: Register
    grid: Grid
    has_head: bool
    same: str
    targets: list[Target]
    new: list[dict[str, Value]] = field(default_factory=list)
    changed: list[tuple[Entry, dict[str, Value]]] = field(default_factory=list)
    there: list[str] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    shown: list[list[str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return as_text(self.grid)

    @property
    def left_over(self) -> str:
        """The refused lines, to be mended and pasted again."""
        head = [self.grid[0]] if self.has_head and self.refused else []
        return as_text([*head, *(refusal.cells for refusal in self.refused)])

    @property
    def used(self) -> list[Column]:
        return [self.register.by_key[target.key] for target in self.targets if target.key]

    @property
    def count(self) -> int:
        return len(self.new) + len(self.changed)

    @property
    def same_choices(self) -> list[tuple[str, str]]:
        return [(key, str(words)) for key, words in SAME]

    @property
    def doubled(self) -> int:
        """Lines whose name is in the register already."""
        return len(self.there)


def read_grid(project: Project, register: Register, grid: Grid, asked: Mapping[str, Any]) -> Reading:
    """`asked` may say `head` (yes or no), `same`, and `to_<place>` for each column; what it does not say is guessed."""
    links = tables.links_of(project, register)
    guessed = _guess(register, grid)
    has_head = asked["head"] == "yes" if asked.get("head") in ("yes", "no") else any(guessed)
    same = asked.get("same", SKIP) if asked.get("same") in dict(SAME) else SKIP
    width = len(grid[0]) if grid else 0
    keys = [
        str(asked.get(f"to_{place}", guessed[place] if has_head else _nth(register, place))) for place in range(width)
    ]
    targets = [_target(grid, has_head, place, key if key in register.by_key else "") for place, key in enumerate(keys)]
    reading = Reading(register, grid, has_head, same, targets)
    there = {row.name.casefold(): row for row in tables.rows(project, register)}
    for number, cells in enumerate(grid[has_head:], start=1 + has_head):
        _take_line(reading, number, cells, there, links)
    return reading


def _take_line(reading: Reading, number: int, cells: list[str], there: dict[str, Entry], links: columns.Links) -> None:
    values, problems = {}, []
    for target, cell in zip(reading.targets, cells, strict=True):
        if not target.key:
            continue
        column = reading.register.by_key[target.key]
        try:
            value = columns.read(column, without_guard(cell), links)
        except columns.Refused as refusal:
            problems.append(f"{column.label}: {refusal}")
            continue
        if value is not None:
            values[target.key] = value
    if not values.get("name") and not problems:
        problems.append(
            _("It has no name: nothing goes to “%(column)s”.") % {"column": reading.register.columns[0].label}
        )
    row = there.get(str(values.get("name", "")).casefold())
    if not problems and (why := _why_not(reading, values, row)):
        problems.append(why)
    if problems:
        reading.refused.append(Refusal(number, cells, " ".join(problems)))
        return
    if row and reading.same != ADD:
        reading.there.append(row.name)
        if reading.same == UPDATE:
            reading.changed.append((row, values))
    else:
        reading.new.append(values)
    if row is None or reading.same != SKIP:
        reading.shown.append([columns.show(column, values.get(column.key), links) for column in reading.used])


def _why_not(reading: Reading, values: columns.Values, row: Entry | None) -> str:
    """What the row would hold may not stand together."""
    refuses = reading.register.refuses
    if refuses is None or (row and reading.same == SKIP):
        return ""
    before = row.values if row and reading.same == UPDATE else {}
    return refuses({**before, **values})


def without_guard(cell: str) -> str:
    """An export puts an apostrophe before what a spreadsheet would take for a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in GUARDED else cell


def _guess(register: Register, grid: Grid) -> list[str]:
    """The columns that the first line names; each is taken once."""
    named = {}
    for column in register.columns:
        named[str(column.label).casefold()] = named[column.key.replace("_", " ").casefold()] = column.key
    found: list[str] = []
    for cell in grid[0] if grid else []:
        key = named.get(cell.strip().rstrip("*:").strip().casefold(), "")
        found.append(key if key not in found else "")
    # One word that happens to be a head is not a line of heads.
    return found if found and (sum(map(bool, found)) * 2 >= len(found)) else [""] * len(found)


def _nth(register: Register, place: int) -> str:
    in_table = register.in_table
    return in_table[place].key if place < len(in_table) else ""


def _target(grid: Grid, has_head: bool, place: int, key: str) -> Target:
    body = grid[has_head:]
    example = next((row[place] for row in body if row[place]), "")
    return Target(place, grid[0][place] if has_head else "", example[:80], key)
