from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString

from apps.accounts.models import User
from apps.comments import queries as comments
from apps.core.text.diff import as_html, redline
from apps.projects.models import Project
from apps.projects.queries import objectives
from apps.registers import columns, declared
from apps.registers.columns import Column, Links, Values
from apps.registers.declared import Known, Register
from apps.registers.enums import Change
from apps.registers.models import Row, RowRevision

RECENT, LONGEST_HISTORY = 100, 500
CHUNK = 40
"""Rows that a table draws at a time."""
UNDONE = "undone"


@dataclass(frozen=True)
class Batch:
    """Rows changed in one go; `left` were not, because somebody had changed them since."""

    id: UUID
    rows: list[Row]
    left: int = 0
    change: str = ""


@dataclass(frozen=True)
class Asked:
    """Which rows of a register somebody wants to see: those with every word of `find`, from a place or around a row."""

    find: str = ""
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
class Summary:
    """A register in one line: how many rows, and what they still lack."""

    count: int
    wanting: int


@dataclass(frozen=True)
class Standing:
    """How far one register of a project is."""

    register: Register
    url: str
    rows: list[Row]
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

    revision: RowRevision
    words: list[Words]

    @property
    def is_kept(self) -> bool:
        return self.revision.change == Change.KEPT


@dataclass(frozen=True)
class Offer:
    """An entry of the catalog, and whether a row has its name."""

    known: Known
    is_there: bool


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
    """A row with its cells in the order of the declaration, and how much was said about it."""

    row: Row
    cells: dict[str, Cell]
    comments: int = 0

    @property
    def name(self) -> str:
        return self.cells["name"].words

    @property
    def in_table(self) -> list[Cell]:
        return [self.cells[column.key] for column in self.row.declared.in_table]


def rows(project: Project, register: Register) -> QuerySet[Row]:
    """What stands in the register, in its order."""
    return project.rows.live().of(register)


def with_removed(project: Project, register: Register) -> QuerySet[Row]:
    return project.rows.of(register)


def lines(project: Project, register: Register) -> list[Line]:
    """The whole register in two queries, and one for each kind of thing that it links to."""
    links, said = links_of(project, register), comments.open_counts(project)
    return [line(row, links, said.get(row.target, 0)) for row in _of(rows(project, register), project)]


def window(project: Project, register: Register, links: Links, asked: Asked) -> Window:
    """The rows asked for, whole chunks of them, in two queries."""
    every = list(rows(project, register).defer("created_at", "updated_at", "came_from", "came_from_url"))
    found = [row for row in every if _has(row, asked.find, links)] if asked.find.strip() else every
    start = next((place for place, row in enumerate(found) if str(row.pk) == asked.at), asked.start)
    start = min(start, max(0, len(found) - 1)) // CHUNK * CHUNK
    end = max(-(-asked.until // CHUNK) * CHUNK, start + CHUNK)
    said = comments.open_counts(project)
    summary = Summary(len(every), sum(_wants(register, row) for row in every))
    shown = [line(row, links, said.get(row.target, 0)) for row in _of(found[start:end], project)]
    return Window(shown, start, len(found), summary)


def one_line(row: Row, links: Links) -> Line:
    return line(row, links, comments.open_counts(row.project).get(row.target, 0))


def line(row: Row, links: Links, comments: int = 0) -> Line:
    register = row.declared
    asked = not (register.rests and register.rests(row.values))
    cells = {
        column.key: Cell(column, value := row.values.get(column.key), columns.show(column, value, links), asked)
        for column in register.columns
    }
    return Line(row, cells, comments)


def links_of(project: Project, register: Register) -> dict[str, dict[str, str]]:
    """Everything that the register's links can lead to: kind → id → title."""
    return {kind: _linkable(project, kind) for kind in sorted(register.linked)}


def by_register(project: Project) -> dict[str, list[Row]]:
    """All rows of a project in one query."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in _of(project.rows.live(), project):
        found[row.register].append(row)
    return found


def people(project: Project) -> list[str]:
    """Names to choose from where a person is asked for: stakeholders and members, each once."""
    named = set(project.stakeholders.values_list("name", flat=True))
    named |= set(User.objects.filter(memberships__project=project).values_list("name", flat=True))
    return sorted(name for name in named if name)


def base_values(row: Row, version: int) -> Values | None:
    """What the row held at that version; None when it never had it."""
    found = row.revisions.filter(version=version).values_list("values", flat=True).first()
    return None if found is None else dict(found)


def sending(author: User | None, client_key: str) -> RowRevision | None:
    """What became of an earlier sending with this key."""
    if not client_key or author is None:
        return None
    return RowRevision.objects.select_related("row").filter(author=author, client_key=client_key).first()


def last_author(row: Row) -> User | None:
    last = row.revisions.exclude(change=Change.KEPT).select_related("author").order_by("-version").first()
    return last.author if last else None


def row_or_none(project: Project, register: Register, row_id: UUID | str) -> Row | None:
    return with_removed(project, register).filter(pk=row_id).first()


def standings(project: Project) -> list[Standing]:
    """Every register with its rows, in one query."""
    found = by_register(project)
    return [_standing(project, register, found.get(register.key, [])) for register in declared.registers()]


def chosen(project: Project, register: Register, ids: list[UUID]) -> list[Row]:
    return list(rows(project, register).filter(pk__in=ids))


def known(project: Project, register: Register, *, query: str = "", group: str = "") -> list[Offer]:
    """What the catalog has of the group and with every word of the query."""
    there = {str(row).casefold() for row in rows(project, register)}
    wanted = query.lower().split()
    return [
        Offer(entry, entry.name.casefold() in there)
        for entry in (register.known or tuple)()
        if (not group or entry.group == group)
        and all(word in f"{entry.name} {entry.group} {entry.note} {entry.values}".lower() for word in wanted)
    ]


def batch(project: Project, ident: UUID | str, *, by: Any) -> Batch | None:
    """What this person did in one go, as long as nobody has undone it."""
    try:
        wanted = UUID(str(ident))
    except ValueError:
        return None
    done = list(RowRevision.objects.filter(batch=wanted, row__project=project, author=by).select_related("row"))
    return Batch(wanted, [revision.row for revision in done], change=done[0].change) if done else None


def revisions(row: Row) -> QuerySet[RowRevision]:
    """What the row has been, the last first; texts that were only kept are not among them."""
    return row.revisions.exclude(change=Change.KEPT)


def changes_of(project: Project, row: Row) -> list[Done]:
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
        RowRevision.objects.filter(row__project=project, row__register=register.key)
        .exclude(change=Change.KEPT)
        .select_related("author", "row")
        .order_by("-created_at", "-pk")[:RECENT]
    )
    listed = list(found)
    earlier = RowRevision.objects.filter(row__in={revision.row_id for revision in listed}).exclude(version=None)
    values = {(row, version): then for row, version, then in earlier.values_list("row", "version", "values")}
    return [
        Done(
            revision,
            _words(revision.row, revision, values.get((revision.row_id, (revision.version or 1) - 1), {}), links),
        )
        for revision in listed
    ]


def removed(project: Project, register: Register) -> list[Row]:
    """What can be brought back, the last removed first."""
    gone = with_removed(project, register).exclude(removed_at=None).order_by("-removed_at")[:RECENT]
    return _of(gone, project)


def _words(row: Row, revision: RowRevision, before: Values, links: Links) -> list[Words]:
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


def _standing(project: Project, register: Register, rows: list[Row]) -> Standing:
    wanting = sum(_wants(register, row) for row in rows)
    return Standing(register, reverse("registers:list", args=[project.pk, register.key]), rows, wanting)


def _has(row: Row, words: str, links: Links) -> bool:
    """Every word stands somewhere in the row, as a page shows it."""
    shown = " ".join(columns.show(column, row.values.get(column.key), links) for column in row.declared.columns)
    said = shown.casefold()
    return all(word in said for word in words.casefold().split())


def _wants(register: Register, row: Row) -> bool:
    """Something that is asked for before sign-off is not there."""
    rests = register.rests and register.rests(row.values)
    return not rests and any(column.required and column.key not in row.values for column in register.columns)


def _of(found: Iterable[Row], project: Project) -> list[Row]:
    """The rows with their project at hand, so that nobody asks for it row by row."""
    listed = list(found)
    for row in listed:
        row.project = project
    return listed


def _linkable(project: Project, kind: str) -> dict[str, str]:
    if kind == "objective":
        return {str(objective.pk): objective.title for objective in objectives(project)}
    return {str(row.pk): str(row) for row in rows(project, declared.register(kind))}
