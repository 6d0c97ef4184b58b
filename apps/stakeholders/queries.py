from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower
from django.urls import reverse

from apps.accounts.models import User
from apps.accounts.tokens import token_hash
from apps.core.reads import read
from apps.projects import sections
from apps.projects.models import Membership, Project
from apps.stakeholders import roles
from apps.stakeholders.models import Invitation, Stakeholder
from apps.stakeholders.roles import Seat


@dataclass(frozen=True)
class Register:
    """The people of a project and what is missing among them."""

    people: list[Stakeholder]
    empty: list[Seat]

    @property
    def to_invite(self) -> int:
        return sum(is_invitable(person) for person in self.people)


def register(project: Project) -> Register:
    """Loaded once while all sections are read."""
    return sections.once(project, "people", _register)


def _register(project: Project) -> Register:
    people = read(project, "stakeholders", everybody(project))
    return Register(people, roles.empty_seats({person.role for person in people}))


def everybody(project: Project) -> QuerySet[Stakeholder]:
    """The most influential first, each with what is known of their access."""
    return in_order().filter(project=project)


def pages(project: Project) -> list[tuple[str, str]]:
    """Everybody's name with the address of their page."""
    found = project.stakeholders.values_list("name", "pk")
    return [(name, reverse("stakeholders:show", args=[project.pk, pk])) for name, pk in found]


def in_order() -> QuerySet[Stakeholder]:
    return Stakeholder.objects.with_access().order_by("-influence", "-interest", Lower("name"))


def is_invitable(person: Stakeholder) -> bool:
    """`person` comes from `everybody`: has an address, is no member, and has no invitation out."""
    return bool(person.email) and not person.is_member and person.invitation_id is None  # type: ignore[attr-defined]


def invitable(project: Project) -> list[Stakeholder]:
    return [person for person in everybody(project) if is_invitable(person)]


def without_address(project: Project) -> list[Stakeholder]:
    return [person for person in everybody(project).filter(email="") if not person.is_member]  # type: ignore[attr-defined]


def invitations_of(project: Project) -> QuerySet[Invitation]:
    """All that were ever sent, used and withdrawn ones too."""
    return Invitation.objects.filter(stakeholder__project=project)


def invitations(project: Project) -> QuerySet[Invitation]:
    """Those that are still out, the oldest first."""
    return invitations_of(project).filter(Invitation.OUT).select_related("stakeholder").order_by("created_at")


def invitation(token: str) -> Invitation | None:
    """The invitation that a link belongs to, in whatever state."""
    return (
        Invitation.objects.select_related("stakeholder__project", "invited_by")
        .filter(token_hash=token_hash(token))
        .first()
    )


def user_of(email: str) -> User | None:
    return User.objects.filter(email__iexact=email).first()


def member_with(project: Project, email: str) -> User | None:
    """The member whose address this is."""
    if not email:
        return None
    return User.objects.filter(memberships__project=project, email__iexact=email).first()


def members(project: Project) -> QuerySet[Membership]:
    """Everyone who may open the project; `is_last_host` guards the way out."""
    other_hosts = Membership.objects.filter(project=OuterRef("project"), role="host").exclude(pk=OuterRef("pk"))
    return (
        project.memberships.select_related("user")
        .annotate(is_last_host=Q(role="host") & ~Exists(other_hosts))
        .order_by("user__name", "user__email")
    )
