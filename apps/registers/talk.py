"""Rows and their fields as things to comment on."""

from collections.abc import Collection

from apps.comments import targets
from apps.comments.targets import Place
from apps.projects.models import Project
from apps.registers.models import Row


def places(project: Project, idents: Collection[str]) -> dict[str, Place]:
    found = targets.rows(project.rows.all(), idents)
    return {ident: _place(row, targets.split(ident)[1]) for ident, row in found.items() if _is_known(row, ident)}


def _is_known(row: Row, ident: str) -> bool:
    field = targets.split(ident)[1]
    return not field or field in row.declared.by_key


def _place(row: Row, field: str) -> Place:
    title = f"{row}, {row.declared.by_key[field].label}" if field else str(row)
    return Place(title or str(row.declared.singular), row.get_absolute_url(), row.declared.section)
