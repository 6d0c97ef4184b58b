from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Concat

from apps.accounts.models import User
from apps.core.reads import read
from apps.events.models import Stream
from apps.projects import road, sections
from apps.projects.models import Membership, Objective, Project


def membership(user: Any, project_id: UUID | str) -> Membership | None:
    """The user's membership with its project, which knows where it stands on the road: one query."""
    project = (
        Project.objects.filter(pk=project_id, memberships__user=user)
        .annotate(
            member_id=F("memberships__pk"),
            member_role=F("memberships__role"),
            seq=_stream_position(),
            **road.annotations(),
        )
        .first()
    )
    if project is None:
        return None
    found: Any = project
    return Membership(pk=found.member_id, project=project, user=user, role=found.member_role)


def _stream_position() -> Subquery:
    """Where the project's stream stood before anything on the page was read: the page listens from there."""
    name = Concat(Value("project:"), Cast(OuterRef("pk"), TextField()))
    return Subquery(Stream.objects.filter(name=name).values("seq")[:1])


def projects_of(user: User) -> QuerySet[Project]:
    """The projects the person is a member of, the last touched first, each with its place on the road."""
    return (
        Project.objects.filter(memberships__user=user, archived_at=None)
        .annotate(**road.annotations())
        .order_by("-updated_at")
    )


def members(project: Project) -> QuerySet[Membership]:
    return project.memberships.select_related("user").order_by("user__name")


def member_users(project: Project) -> QuerySet[User]:
    return User.objects.filter(memberships__project=project).order_by("name")


def all_objectives(project: Project) -> list[Objective]:
    """In their order, in one query while all sections are read."""
    return sections.once(project, "objectives", lambda found: read(found, "objectives", objectives(found)))


def objectives(project: Project) -> QuerySet[Objective]:
    return project.objectives.order_by("position", "created_at")
