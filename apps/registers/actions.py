from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.core.errors import DomainError
from apps.projects.models import Project
from apps.registers import queries
from apps.tables import declared
from apps.tables.actions import add_row, lock, take_rows
from apps.tables.declared import Register
from apps.tables.queries import Batch


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
    return add_row(project, register_key, values=entry.values, came_from=_edition(register), by=by)


@transaction.atomic
def add_all_known(project: Project, register_key: str, *, group: str = "", by: User) -> Batch:
    """Copy every entry of the shipped catalog, or of one group of it, that is not in the table yet."""
    register = declared.register(register_key)
    lock(project)
    there = {row.name.casefold() for row in queries.rows(project, register)}
    wanted = [entry for entry in (register.known or tuple)() if not group or entry.group == group]
    new = [dict(entry.values) for entry in wanted if entry.name.casefold() not in there]
    if not new:
        raise DomainError(_("All of it is in the table already."))
    return take_rows(project, register_key, new=new, changed=[], came_from=_edition(register), by=by)


def _edition(register: Register) -> str:
    return _("Catalog, edition %(edition)s") % {"edition": register.edition() if register.edition else ""}
