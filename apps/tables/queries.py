from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from apps.accounts.models import User
from apps.tables import declared
from apps.tables.columns import Values
from apps.tables.declared import Register
from apps.tables.enums import Change

UNDONE, REDONE, MOVED = "undone", "redone", "moved"


@dataclass(frozen=True)
class Batch:
    """Rows changed in one go; `left` were not, because somebody had changed them since."""

    id: UUID
    rows: list[Any]
    left: int = 0
    change: str = ""
    field: str = ""
    """What one row was changed in, when that was one field."""
    back: str = ""
    """Where a row that was moved stood before."""


def with_removed(project: Any, register: Register) -> QuerySet[Any]:
    found: QuerySet[Any] = register.model.of_project(project, register)
    return found


def rows(project: Any, register: Register) -> QuerySet[Any]:
    """What stands in the table, in its order."""
    return with_removed(project, register).filter(removed_at=None)


def history(register: Register) -> Any:
    """The model of the revisions of its rows."""
    return register.model._meta.get_field("revisions").related_model


def base_values(row: Any, version: int) -> Values | None:
    """What the row held at that version; None when nobody knows."""
    found = row.revisions.filter(version=version).values_list("values", flat=True).first()
    return None if found is None else dict(found)


def sending(register: Register, author: User | None, client_key: str) -> Any:
    """What became of an earlier sending with this key, as a revision."""
    if not client_key or author is None:
        return None
    return history(register).objects.select_related("row").filter(author=author, client_key=client_key).first()


def last_author(row: Any) -> User | None:
    last = row.revisions.exclude(change=Change.KEPT).select_related("author").order_by("-version").first()
    return last.author if last else None


def batch(project: Any, register: Register, ident: UUID | str, *, by: Any) -> Batch | None:
    """What this person did in one go, as long as nobody has undone it."""
    try:
        wanted = UUID(str(ident))
    except ValueError:
        return None
    done = list(history(register).objects.filter(batch=wanted, row__project=project, author=by).select_related("row"))
    return _batch(done) if done else None


def done_to(row: Any, *, since: int, by: User) -> Batch | None:
    """What this person has just done to a row that they saw at version `since`; none when that changed nothing."""
    done = row.revisions.filter(version=row.version, version__gt=since, author=by).first()
    if done is None or done.batch is None:
        return None
    done.row = row
    return _batch([done])


def _batch(done: list[Any]) -> Batch:
    first, columns = done[0], done[0].row.declared.by_key
    typed = [str(columns[key].label) for key in first.sent if key in columns]
    field = typed[0] if len(done) == len(typed) == 1 and first.change == Change.CHANGED else ""
    return Batch(first.batch, [each.row for each in done], change=first.change, field=field)


def links_of(project: Any, register: Register) -> dict[str, dict[str, str]]:
    """Everything that the register's links can lead to: kind → id → title."""
    return {
        kind: {str(row.pk): row.name for row in rows(project, declared.linked(kind))}
        for kind in sorted(register.linked)
    }


def people_by_name(project: Any) -> Mapping[str, User]:
    """The members by what one types for them: the name or the first name, if only one has it, or the address."""
    found: dict[str, User] = {}
    doubled: set[str] = set()
    for user in project.members.all():
        name = spoken(user.name)
        for said in filter(None, (name, name.partition(" ")[0], spoken(user.email))):
            if found.setdefault(said, user) != user:
                doubled.add(said)
    return {said: user for said, user in found.items() if said not in doubled}


def spoken(name: str) -> str:
    return " ".join(name.split()).casefold()
