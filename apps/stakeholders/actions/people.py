from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.core.errors import DomainError
from apps.core.writes import save_version
from apps.events.log import record
from apps.projects.models import Project
from apps.stakeholders import queries
from apps.stakeholders.models import Stakeholder

REUSED = (
    "name", "email", "organisation", "unit", "role", "own_role", "influence", "interest", "time_zone", "days",
    "availability", "away_from", "away_until",
)  # fmt: skip
"""What is as true of a person in the next project."""


@transaction.atomic
def add_stakeholder(project: Project, *, by: User | None, **fields: Any) -> Stakeholder:
    """Put a person into the register; one who is a member already is tied to their account."""
    if by and not fields.get("email") and _is_oneself(project, fields["name"], by):
        fields["email"] = by.email
    person = Stakeholder(project=project, user=queries.member_with(project, fields.get("email", "")), **fields)
    with _address_once():
        person.save(force_insert=True)
    record("stakeholder.added", subject=person, by=by, stream=project.stream, role=person.role)
    return person


@transaction.atomic
def change_stakeholder(person: Stakeholder, *, version: int, by: User, **fields: Any) -> Stakeholder:
    for name, value in fields.items():
        setattr(person, name, value)
    person.user = person.user or queries.member_with(person.project, person.email)
    with _address_once():
        save_version(person, expected=version, fields=[*fields, "user"])
    record("stakeholder.changed", subject=person, by=by, stream=person.project.stream, fields=sorted(fields))
    return person


def place_stakeholder(person: Stakeholder, *, influence: int, interest: int, by: User) -> Stakeholder:
    """To another place on the grid, whatever else was changed meanwhile."""
    return change_stakeholder(person, version=person.version, influence=influence, interest=interest, by=by)


@transaction.atomic
def remove_stakeholder(person: Stakeholder, *, by: User) -> None:
    """Out of the register, and an invitation that is out stops working. A member stays one."""
    record("stakeholder.removed", subject=person, by=by, stream=person.project.stream)
    person.delete()


@transaction.atomic
def take_people(
    project: Project,
    *,
    new: Iterable[dict[str, Any]],
    changed: Iterable[tuple[Stakeholder, dict[str, Any]]],
    by: User,
) -> int:
    """Put a block of people into the register, and fill in those who are there; all or nothing. Returns how many."""
    added = [add_stakeholder(project, by=by, **fields) for fields in new]
    filled = [change_stakeholder(person, version=person.version, by=by, **fields) for person, fields in changed]
    return len(added) + len(filled)


@transaction.atomic
def reuse_people(project: Project, *, chosen: Iterable[Stakeholder], by: User) -> list[Stakeholder]:
    """Copy people of other projects into this one. What was remarked of them there stays there."""
    origins = [(person, {name: getattr(person, name) for name in REUSED}) for person in chosen]
    return [
        add_stakeholder(
            project, by=by, came_from=person.project.title, came_from_url=person.project.get_absolute_url(), **fields
        )
        for person, fields in origins
    ]


def _is_oneself(project: Project, name: str, by: User) -> bool:
    """Whoever writes down their own name means themselves, the first time."""
    if name.casefold() != by.name.casefold():
        return False
    return not project.stakeholders.filter(Q(user=by) | Q(email__iexact=by.email)).exists()


@contextmanager
def _address_once() -> Iterator[None]:
    """Turn the one constraint that a person can run into into a sentence for them."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if "one_stakeholder_per_address" not in str(error):
            raise
        raise DomainError(_("Somebody with this address is in the register already.")) from error
