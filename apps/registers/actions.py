from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.core.errors import DomainError
from apps.projects.models import Project
from apps.registers import queries
from apps.tables import declared
from apps.tables.actions import add_row, lock


@transaction.atomic
def add_known(project: Project, register_key: str, *, known: str, by: User) -> Any:
    """Copy an entry of the shipped catalog into a row."""
    register = declared.register(register_key)
    entry = next((found for found in (register.known or tuple)() if found.id == known), None)
    if entry is None:
        raise DomainError(_("The catalog has no such entry."))
    lock(project)
    if any(row.name.casefold() == entry.name.casefold() for row in queries.rows(project, register)):
        raise DomainError(_("“%(name)s” is in the table already.") % {"name": entry.name})
    edition = register.edition() if register.edition else ""
    return add_row(project, register_key, values=entry.values, came_from=_("Catalog, edition %(edition)s") % {"edition": edition}, by=by)  # fmt: skip
