"""What a new project can begin with, and where a project came from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.projects import copying
from apps.projects.copying import Packed, Piece
from apps.projects.models import Membership, Project
from apps.projects.permissions import GRANTS, Perm
from apps.starts.enums import Way
from apps.starts.models import Origin, ProjectTemplate


@dataclass(frozen=True)
class Offer:
    """A piece that has something in it, and how many things."""

    piece: Piece
    count: int | None

    @property
    def lost(self) -> str:
        """`Without Objectives its links are left out.`"""
        titles = {piece.key: str(piece.title) for piece in copying.pieces()}
        names = ", ".join(titles[key] for key in self.piece.links if key in titles)
        return _("Without %(pieces)s its links are left out.") % {"pieces": names} if names else ""


def offers(content: dict[str, Packed]) -> list[Offer]:
    """What can be chosen of what was packed, in the order in which it is unpacked."""
    return [
        Offer(piece, len(content[piece.key]) if piece.counted else None)
        for piece in copying.pieces()
        if content.get(piece.key)
    ]


def sources(user: User) -> QuerySet[Project]:
    """The projects of which the person may take a copy, the last touched first."""
    roles = [role for role, grants in GRANTS.items() if Perm.EXPORT_MAKE in grants]
    own = Membership.objects.filter(project=OuterRef("pk"), user=user, role__in=roles)
    return Project.objects.filter(Exists(own), archived_at=None).order_by("-updated_at")


def templates() -> QuerySet[ProjectTemplate]:
    return ProjectTemplate.objects.select_related("author")


def may_change(template: ProjectTemplate, user: User) -> bool:
    """Who kept it, and whoever runs the installation."""
    return template.author_id == user.pk or user.is_staff


def titles(content: Iterable[str]) -> list[str]:
    """What is in a template, in words."""
    keys = set(content)
    return [str(piece.title) for piece in copying.pieces() if piece.key in keys]


def began(project: Project) -> date:
    """The day from which the days of a project are counted."""
    return timezone.localtime(project.created_at).date()


@dataclass(frozen=True)
class CameFrom:
    """Where a project came from, for one reader: `url` only leads where they may go."""

    title: str
    url: str
    is_template: bool
    on: date


def came_from(project: Project, user: User) -> CameFrom | None:
    """One query."""
    seen = Membership.objects.filter(project=OuterRef("source"), user=user)
    found = Origin.objects.filter(project=project).select_related("source").annotate(may_see=Exists(seen)).first()
    if found is None:
        return None
    url = found.source.get_absolute_url() if found.source and found.may_see else ""
    return CameFrom(found.title, url, found.way == Way.TEMPLATE, timezone.localtime(found.created_at).date())
