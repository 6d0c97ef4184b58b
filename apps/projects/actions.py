from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.core.errors import DomainError
from apps.core.writes import save_version
from apps.events.log import record
from apps.projects import leaving
from apps.projects.enums import Role
from apps.projects.models import Membership, Objective, Project
from apps.tables import actions as tables
from apps.tables.queries import Batch

MAX_SCOPE = 4000


@transaction.atomic
def create_project(*, by: User, **fields: Any) -> Project:
    """A new project; who creates it hosts it."""
    project = Project.objects.create(time_zone=by.time_zone, **fields)
    Membership.objects.create(project=project, user=by, role=Role.HOST)
    record("project.created", subject=project, by=by, stream=project.stream)
    return project


@transaction.atomic
def frame_project(project: Project, *, version: int, by: User, **fields: Any) -> Project:
    """Say what the project is about."""
    for name, value in fields.items():
        setattr(project, name, value)
    save_version(project, expected=version, fields=list(fields))
    record("project.framed", subject=project, by=by, stream=project.stream, fields=sorted(fields))
    return project


@transaction.atomic
def add_to_scope(project: Project, lines: dict[str, list[str]], *, origin: str, by: User) -> int:
    """Put lines at the end of `in_scope`, `later` and `out_of_scope`; returns how many were not there already."""
    locked = Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    added = 0
    for name, said in lines.items():
        there = getattr(locked, name).splitlines()
        fresh = [line for line in dict.fromkeys(said) if line not in there]
        words = "\n".join([*there, *fresh])
        if len(words) > MAX_SCOPE:
            raise DomainError(_("The list of what is in or out becomes too long. Shorten it in the frame first."))
        setattr(locked, name, words)
        added += len(fresh)
    save_version(locked, expected=locked.version, fields=list(lines))
    record("project.framed", subject=locked, by=by, stream=locked.stream, fields=sorted(lines), origin=origin)
    return added


@transaction.atomic
def add_member(project: Project, user: User, *, role: str, by: User | None) -> Membership:
    """Make `user` a member; one who is already keeps the role they have."""
    membership, made = Membership.objects.get_or_create(project=project, user=user, defaults={"role": role})
    if made:
        tables.meet(project, user)
        record("member.added", subject=membership, by=by, stream=project.stream, role=role)
    return membership


@transaction.atomic
def change_role(membership: Membership, *, role: str, by: User) -> Membership:
    """Give a member another role; the last host stays."""
    _keep_a_host(membership, role)
    membership.role = role
    membership.save(update_fields=["role", "updated_at"])
    record("member.changed", subject=membership, by=by, stream=membership.project.stream, role=role)
    return membership


@transaction.atomic
def remove_member(membership: Membership, *, by: User) -> None:
    _keep_a_host(membership, "")
    record("member.removed", subject=membership, by=by, stream=membership.project.stream, changed="rights:changed")
    leaving.tell(membership, by)
    membership.delete()


@transaction.atomic
def add_objective(project: Project, *, by: User, **fields: Any) -> Objective:
    tables.lock(project)
    objective = Objective(project=project, **fields)
    objective.owner_user = tables.owner(project, objective.owner)
    tables.enter(objective, by=by)
    record("objective.added", subject=objective, by=by, stream=project.stream)
    return objective


def change_objective(objective: Objective, *, version: int, by: User, **fields: Any) -> Objective:
    """Take in what differs from the version that the person saw; see `tables.change_row` for two at once."""
    changed: Objective = tables.change_fields(objective, version=version, by=by, **fields)
    return changed


def remove_objective(objective: Objective, *, by: User) -> Batch:
    """It leaves the document; its history stays, and brings it back."""
    return tables.remove_rows(objective.project, objective.REGISTER, rows=[objective.pk], by=by)


def undo_objectives(project: Project, batch: UUID, *, again: bool = False, by: User) -> Batch:
    return tables.undo(project, Objective.REGISTER, batch, again=again, by=by)


def move_objective(objective: Objective, *, to: str, by: User) -> None:
    """`up` or `down`. Only the order changes, so nobody's edit becomes stale."""
    tables.move_row(objective, to=to, by=by)


@transaction.atomic
def remove_sample(project: Project, *, by: User) -> None:
    """Take the sample away, with everything in it and the people that came with it."""
    if not project.is_sample:
        raise DomainError(_("Only the sample can be removed like this."))
    record("project.removed", subject=project, by=by, stream=project.stream)
    project.delete()
    User.objects.filter(is_sample=True, memberships=None).exclude(pk=by.pk).delete()


def _keep_a_host(membership: Membership, role: str) -> None:
    others = Membership.objects.select_for_update().filter(project=membership.project, role=Role.HOST)
    if membership.role == Role.HOST and role != Role.HOST and not others.exclude(pk=membership.pk).exists():
        raise DomainError(_("A project needs a host. Make somebody else host first."))
