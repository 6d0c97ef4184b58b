from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from apps.accounts.models import User
from apps.comments import queries as comments
from apps.projects.models import Project
from apps.projects.queries import objectives
from apps.registers import columns, declared
from apps.registers.columns import Column, Links, Values
from apps.registers.declared import Register
from apps.registers.enums import Change
from apps.registers.models import Row, RowRevision


@dataclass(frozen=True)
class Cell:
    """One field of one row as a page shows it."""

    column: Column
    value: Any
    words: str

    @property
    def typed(self) -> str:
        return columns.typed(self.column, self.value)

    @property
    def is_wanted(self) -> bool:
        """Empty, and asked for before sign-off."""
        return self.column.required and not self.words


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
    """The whole register in three queries, or four when it links to something."""
    said = comments.open_counts(project)
    links = links_of(project, register)
    return [line(row, links, said.get(row.target, 0)) for row in _of(rows(project, register), project)]


def line(row: Row, links: Links, comments: int = 0) -> Line:
    cells = {
        column.key: Cell(column, value := row.values.get(column.key), columns.show(column, value, links))
        for column in row.declared.columns
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
