"""A block of cells read against fields: which column goes where, what is new, what changes, what is refused and why.

What the cells mean is for whoever brings the fields; pages draw a `Block` with `components/_take.html`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.utils.translation import gettext_lazy as _

from apps.core.cells import Grid, as_text
from apps.core.files import GUARDED

SKIP, UPDATE, ADD = "skip", "update", "add"
SAME = {
    SKIP: _("leave what is there as it is"),
    UPDATE: _("fill in what the block has"),
    ADD: _("add them a second time"),
}


class Field(Protocol):
    """What a column of a block may go to."""

    @property
    def key(self) -> str: ...
    @property
    def label(self) -> Any: ...


@dataclass(frozen=True)
class Refusal:
    """A line that is not taken."""

    number: int
    cells: list[str]
    why: str


@dataclass(frozen=True)
class Target:
    """A column of the block: its head or its first words, and the key of the field that it goes to."""

    place: int
    head: str
    example: str
    key: str


@dataclass
class Block:
    """A block and what would become of it. `new` and `changed` are what an action takes."""

    fields: Sequence[Field]
    grid: Grid
    has_head: bool
    same: str
    ways: Sequence[str]
    targets: list[Target]
    leaves_out: bool = False
    """Cells that do not fit are left empty; else their lines are refused."""
    misfits: int = 0
    new: list[Any] = field(default_factory=list)
    changed: list[tuple[Any, Any]] = field(default_factory=list)
    there: list[str] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)
    """What lines name that are rightly not taken, and need no mending."""
    refused: list[Refusal] = field(default_factory=list)
    shown: list[list[str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return as_text(self.grid)

    @property
    def lines(self) -> list[tuple[int, list[str]]]:
        """The lines of content by their number in the block."""
        return list(enumerate(self.grid[self.has_head :], start=1 + self.has_head))

    @property
    def left_over(self) -> str:
        """The refused lines, to be mended and pasted again."""
        head = [self.grid[0]] if self.has_head and self.refused else []
        return as_text([*head, *(refusal.cells for refusal in self.refused)])

    @property
    def used(self) -> list[Field]:
        by_key = {found.key: found for found in self.fields}
        return [by_key[target.key] for target in self.targets if target.key]

    @property
    def count(self) -> int:
        return len(self.new) + len(self.changed)

    @property
    def same_choices(self) -> list[tuple[str, str]]:
        return [(key, str(SAME[key])) for key in self.ways]

    @property
    def doubled(self) -> int:
        """Lines that are there already."""
        return len(self.there)

    def cells_of(self, cells: list[str]) -> list[tuple[str, str]]:
        """A line as pairs of field and what stands in it; columns that are left out are."""
        pairs = zip(self.targets, cells, strict=True)
        return [(target.key, without_guard(cell)) for target, cell in pairs if target.key]

    def misfit(self, key: str) -> bool:
        """Count a cell that does not fit its field; true when its line is refused for it."""
        is_name = key == self.fields[0].key
        self.misfits += not is_name
        return is_name or not self.leaves_out

    def refuse(self, number: int, cells: list[str], problems: list[str]) -> None:
        self.refused.append(Refusal(number, cells, " ".join(problems)))


def aim(
    fields: Sequence[Field],
    grid: Grid,
    asked: Mapping[str, Any],
    *,
    order: Sequence[str],
    names: Mapping[str, str] | None = None,
    ways: Sequence[str] = (SKIP, UPDATE, ADD),
) -> Block:
    """A block with its columns aimed at fields, nothing read yet.

    `asked` may say `head` (yes or no), `same`, `unfit` (empty, or else refuse), and `to_<place>` for each column; what it does not say is guessed, from
    labels, keys and `names` (other words → key), and without a line of heads by `order`.
    """
    known = {found.key for found in fields}
    guessed = _guess(fields, grid, names or {})
    has_head = asked["head"] == "yes" if asked.get("head") in ("yes", "no") else any(guessed)
    same = asked.get("same", SKIP) if asked.get("same") in ways else SKIP
    width = len(grid[0]) if grid else 0
    keys = [
        str(asked.get(f"to_{place}", guessed[place] if has_head else (order[place] if place < len(order) else "")))
        for place in range(width)
    ]
    targets = [_target(grid, has_head, place, key if key in known else "") for place, key in enumerate(keys)]
    return Block(fields, grid, has_head, same, ways, targets, leaves_out=asked.get("unfit") == "empty")


def without_guard(cell: str) -> str:
    """An export puts an apostrophe before what a spreadsheet would take for a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in GUARDED else cell


def _guess(fields: Sequence[Field], grid: Grid, names: Mapping[str, str]) -> list[str]:
    """The fields that the first line names; each is taken once."""
    named = {words.casefold(): key for words, key in names.items()}
    for one in fields:
        named[str(one.label).casefold()] = named[one.key.replace("_", " ").casefold()] = one.key
    found: list[str] = []
    for cell in grid[0] if grid else []:
        key = named.get(cell.strip().rstrip("*:").strip().casefold(), "")
        found.append(key if key not in found else "")
    # One word that happens to be a head is not a line of heads.
    return found if found and (sum(map(bool, found)) * 2 >= len(found)) else [""] * len(found)


def _target(grid: Grid, has_head: bool, place: int, key: str) -> Target:
    body = grid[has_head:]
    example = next((row[place] for row in body if row[place]), "")
    return Target(place, grid[0][place] if has_head else "", example[:80], key)
