from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.comments import queries as comments
from apps.core.text.diff import as_html, redline
from apps.projects import advice, named
from apps.projects.advice import Advice
from apps.projects.models import Project
from apps.projects.sections import once
from apps.registers import declared
from apps.tables import catalogs, columns
from apps.tables.columns import Column, Links, Values
from apps.tables.declared import Gate, Register
from apps.tables.enums import Change
from apps.tables.queries import history, links_of, rows, spoken, with_removed

RECENT, LONGEST_HISTORY = 100, 500
CHUNK = 40
"""Rows that a table draws at a time."""
MOST_GAPS = 12
"""Rows that are named where it says what lacks something at a gate; the table below has all of them."""


@dataclass(frozen=True)
class Asked:
    """Which rows of a table somebody wants to see: those with every word of `find`, those that the reader
    answers for, from a place or around a row."""

    find: str = ""
    reader: User | None = None
    mine: bool = False
    start: int = 0
    until: int = 0
    at: str = ""


@dataclass(frozen=True)
class Window:
    """Some rows of a register: `lines` are those from place `start` on, of the `count` that were asked for."""

    lines: "list[Line]"
    start: int
    count: int
    summary: "Summary"
    mine: int = 0

    @property
    def end(self) -> int:
        return self.start + len(self.lines)

    @property
    def before(self) -> int:
        return max(0, self.start - CHUNK)

    @property
    def is_last(self) -> bool:
        return self.end >= self.count

    @property
    def following(self) -> int:
        """How many come next."""
        return min(CHUNK, self.count - self.end)


@dataclass(frozen=True)
class Gap:
    """A row that waits at its register's gate, and the fields that it lacks there."""

    row: str
    name: str
    lacks: "list[Cell]"


@dataclass(frozen=True)
class Waiting:
    """How many rows wait at a gate, how many of them lack something, and the first of these."""

    gate: Gate
    count: int
    lacking: int
    gaps: list[Gap]

    @property
    def ready(self) -> int:
        return self.count - self.lacking

    @property
    def more(self) -> int:
        """How many lack something and are not named."""
        return self.lacking - len(self.gaps)


@dataclass(frozen=True)
class Summary:
    """A table in one line: how many rows, and what they still lack; `gate` says what they lack before a moment,
    `sums` what they come to together."""

    count: int
    wanting: int
    gate: Waiting | None = None
    sums: str = ""
    advice: list[Advice] = field(default_factory=list)


@dataclass(frozen=True)
class Standing:
    """How far one register of a project is."""

    register: Register
    url: str
    rows: list[Any]
    wanting: int

    @property
    def count(self) -> int:
        return len(self.rows)


@dataclass(frozen=True)
class Words:
    """One field of a change, with what went and came."""

    label: str
    html: SafeString


@dataclass(frozen=True)
class Done:
    """Something that somebody did to a row: who, when, and word by word what."""

    revision: Any
    words: list[Words]

    @property
    def is_kept(self) -> bool:
        return self.revision.change == Change.KEPT

    @property
    def is_beginning(self) -> bool:
        return self.revision.change == Change.FOUND


@dataclass(frozen=True)
class Cell:
    """One field of one row as a page shows it."""

    column: Column
    value: Any
    words: str
    is_asked: bool = True

    @property
    def typed(self) -> str:
        return columns.typed(self.column, self.value)

    @property
    def is_wanted(self) -> bool:
        """Empty, and asked for before sign-off."""
        return self.column.required and self.is_asked and not self.words


@dataclass(frozen=True)
class Line:
    """A row with its address in the table, its cells in the order of the declaration, and how much was said of it."""

    row: Any
    address: str
    cells: dict[str, Cell]
    comments: int = 0
    figure: str = ""

    @property
    def name(self) -> str:
        return self.cells["name"].words

    @property
    def in_table(self) -> list[Cell]:
        return [self.cells[column.key] for column in self.row.declared.in_table]


def own_measures() -> list[tuple[str, str]]:
    """Metrics that the company added to the catalog, with their definitions."""
    return [(entry.name, str(entry.values.get("definition", ""))) for entry in catalogs.own_entries("metrics")]


def lines(project: Project, register: Register) -> list[Line]:
    """The whole register in two queries, and one for each kind of thing that it links to."""
    return _lines(project, register, list(rows(project, register)), links_of(project, register), register.columns)


def window(project: Project, register: Register, links: Links, asked: Asked) -> Window:
    """The rows asked for, whole chunks of them, in two queries."""
    every = list(rows(project, register).defer("created_at", "updated_at", "came_from", "came_from_url"))
    mine = _of_reader(every, asked.reader) if register.owner and asked.reader else []
    found = mine if asked.mine else every
    found = [row for row in found if _has(row, asked.find, links)] if asked.find.strip() else found
    start = next((place for place, row in enumerate(found) if str(row.pk) == asked.at), asked.start)
    start = min(start, max(0, len(found) - 1)) // CHUNK * CHUNK
    end = max(-(-asked.until // CHUNK) * CHUNK, start + CHUNK)
    values = [{**row.values, "id": str(row.pk)} for row in every]
    gate = waiting(register, values)
    sums = register.sums([row.values for row in every]) if register.sums else ""
    said = advice.of(project, {register.section: {register.key: values}})
    summary = Summary(len(every), sum(_wants(register, row) for row in every), gate, sums, said)
    shown = _lines(project, register, found[start:end], links, register.in_table)
    return Window(shown, start, len(found), summary, len(mine))


def one_line(row: Any, links: Links) -> Line:
    return _lines(row.project, row.declared, [row], links, row.declared.columns)[0]


def _lines(project: Project, register: Register, found: list[Any], links: Links, shown: Iterable[Column]) -> list[Line]:
    """The rows with the cells of these columns."""
    said = comments.open_counts(project)
    table = reverse("registers:list", args=[project.pk, register.key])
    return [_line(row, f"{table}{row.pk}/", links, shown, said.get(row.topic, 0)) for row in _of(found, project)]


def _line(row: Any, address: str, links: Links, shown: Iterable[Column], comments: int) -> Line:
    register, values = row.declared, row.values
    asked = not (register.rests and register.rests(values))
    cells = {
        column.key: Cell(column, value := values.get(column.key), columns.show(column, value, links), asked)
        for column in shown
    }
    return Line(row, address, cells, comments, register.figure[1](values) if register.figure else "")


def waiting(register: Register, rows: list[dict[str, Any]]) -> Waiting | None:
    """What rows, as a snapshot has them, lack at the gate of their register; none when nothing waits there."""
    gate = register.gate
    waits = [row for row in rows if gate and gate.waits(row)]
    if gate is None or not waits:
        return None
    lacking = [(row, keys) for row in waits if (keys := gate.wants(row))]
    gaps = [
        Gap(str(row.get("id", "")), str(row.get("name", "")), [_lacking(register, row, key) for key in keys])
        for row, keys in lacking[:MOST_GAPS]
    ]
    return Waiting(gate, len(waits), len(lacking), gaps)


def _lacking(register: Register, row: dict[str, Any], key: str) -> Cell:
    column = register.by_key[key]
    return Cell(column, row.get(key), columns.show(column, row.get(key)))


def by_register(project: Project) -> dict[str, list[Any]]:
    """All rows of a project in one query, and in none again while all sections are read."""
    return once(project, "rows", _by_register)


def _by_register(project: Project) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for row in _of(project.rows.live(), project):
        found[row.register].append(row)
    return found


def people(project: Project) -> list[str]:
    """Names to choose from where a person is asked for."""
    return named.names(project)


def row_or_none(project: Project, register: Register, row_id: UUID | str) -> Any:
    return with_removed(project, register).filter(pk=row_id).first()


def standings(project: Project) -> list[Standing]:
    """Every register with its rows, which are read once."""
    found = by_register(project)
    return [_standing(project, register, found.get(register.key, [])) for register in declared.registers()]


def chosen(project: Project, register: Register, ids: list[UUID]) -> list[Any]:
    return list(rows(project, register).filter(pk__in=ids))


def is_from_catalog(came_from: str) -> bool:
    """Whether a row says of its origin no more than that a catalog had it."""
    shipped = _("Catalog, edition %(edition)s").partition("%")[0]
    return came_from == _("The company’s catalog") or came_from.startswith(shipped)


def revisions(row: Any) -> QuerySet[Any]:
    """What the row has been, the last first; texts that were only kept are not among them."""
    return row.revisions.exclude(change=Change.KEPT)


def changes_of(project: Project, row: Any) -> list[Done]:
    """The whole story of a row, the last first."""
    links = links_of(project, row.declared)
    story = list(row.revisions.select_related("author").order_by("-created_at", "-pk")[:LONGEST_HISTORY])
    taken = [revision for revision in story if revision.version is not None]
    before = {after.pk: earlier.values for after, earlier in pairwise(taken)}
    return [Done(revision, _words(row, revision, before.get(revision.pk, {}), links)) for revision in story]


def changes(project: Project, register: Register) -> list[Done]:
    """The last changes in the whole register."""
    links = links_of(project, register)
    found = (
        history(register)
        .objects.filter(row__in=with_removed(project, register))
        .exclude(change=Change.KEPT)
        .select_related("author", "row")
        .order_by("-created_at", "-pk")[:RECENT]
    )
    listed = list(found)
    for revision in listed:
        revision.row.project = project
    earlier = history(register).objects.filter(row__in={each.row_id for each in listed}).exclude(version=None)
    values = {(row, version): then for row, version, then in earlier.values_list("row", "version", "values")}
    return [
        Done(
            revision,
            _words(revision.row, revision, values.get((revision.row_id, (revision.version or 1) - 1), {}), links),
        )
        for revision in listed
    ]


def removed(project: Project, register: Register) -> list[Any]:
    """What can be brought back, the last removed first."""
    gone = with_removed(project, register).exclude(removed_at=None).order_by("-removed_at")[:RECENT]
    return _of(gone, project)


def _words(row: Any, revision: Any, before: Values, links: Links) -> list[Words]:
    if revision.change == Change.KEPT:
        keys = [column for column in row.declared.columns if column.key in revision.sent]
        return [
            Words(str(column.label), as_html(redline("", columns.show(column, revision.sent[column.key], links))))
            for column in keys
        ]
    found = []
    for column in row.declared.columns:
        then, now = (columns.show(column, values.get(column.key), links) for values in (before, revision.values))
        if then != now:
            found.append(Words(str(column.label), as_html(redline(then, now))))
    return found


def _standing(project: Project, register: Register, rows: list[Any]) -> Standing:
    wanting = sum(_wants(register, row) for row in rows)
    return Standing(register, reverse("registers:list", args=[project.pk, register.key]), rows, wanting)


def _has(row: Any, words: str, links: Links) -> bool:
    """Every word stands somewhere in the row, as a page shows it."""
    values = row.values
    shown = " ".join(columns.show(column, values.get(column.key), links) for column in row.declared.columns)
    said = shown.casefold()
    return all(word in said for word in words.casefold().split())


def _wants(register: Register, row: Any) -> bool:
    """Something that is asked for before sign-off is not there."""
    values = row.values
    return not (register.rests and register.rests(values)) and not register.asked <= values.keys()


def _of_reader(found: Iterable[Any], reader: User) -> list[Any]:
    """Those that the reader answers for: linked when they were written, or by the same name if they came later."""
    key, name = reader.pk, spoken(reader.name)
    return [
        row
        for row in found
        if row.owner_user_id == key
        or (row.owner_user_id is None and name and spoken(row.values.get("owner", "")) == name)
    ]


def _of(found: Iterable[Any], project: Project) -> list[Any]:
    """The rows with their project at hand, so that nobody asks for it row by row."""
    listed = list(found)
    for row in listed:
        row.project = project
    return listed
