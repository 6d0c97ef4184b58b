from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower
from django.urls import reverse

from apps.accounts.models import User
from apps.accounts.tokens import token_hash
from apps.core.reads import read
from apps.projects import sections
from apps.projects.enums import Role
from apps.projects.models import Membership, Project
from apps.stakeholders import calls, roles
from apps.stakeholders.calls import Fact, Trigger
from apps.stakeholders.enums import Answer
from apps.stakeholders.models import Call, Invitation, SeatNote, Stakeholder
from apps.stakeholders.roles import Seat
from apps.tables import catalogs
from apps.tables.models import OwnEntry

OWN = "seats"
"""What the company's own seats are kept under."""


@dataclass(frozen=True)
class Register:
    """The people of a project and what is missing among them."""

    people: list[Stakeholder]
    empty: list[Seat]

    @property
    def to_invite(self) -> int:
        return sum(is_invitable(person) for person in self.people)


def register(project: Project) -> Register:
    people = at_the_table(project)
    wanted = {trigger.seat for call in answers(project) if call.answer == Answer.SEAT and (trigger := calls.trigger(call.key))}  # fmt: skip
    empty = roles.empty_seats({person.role for person in people}, wanted)
    words = [person.own_role for person in people]
    own = [seat for seat in own_seats(project) if seat.is_needed and not roles.is_taken(seat.title, words)]
    return Register(people, [*empty, *own])


def noted(project: Project, empty: Iterable[Seat]) -> list[tuple[Seat, SeatNote | None]]:
    """Empty seats, each with what is being done about it."""
    notes = {note.seat: note for note in project.seat_notes.select_related("by")}
    return [(seat, notes.get(seat.key)) for seat in empty]


def own_seats(project: Project) -> list[Seat]:
    """What the company added to the seats of the catalog, for all its projects."""
    return sections.once(project, "own seats", lambda _project: [_seat(entry) for entry in catalogs.own_entries(OWN)])


def _seat(entry: OwnEntry) -> Seat:
    said = entry.values
    return Seat(catalogs.own_key(entry), entry.name, said["duty"], said["why_empty"], said["seat"], Role.REVIEWER)


def seats_of(project: Project, users: Iterable[User]) -> dict[Any, str]:
    """What the register calls each of these users, by their key; who is not in it is left out."""
    people = project.stakeholders.filter(user__in=list(users))
    return {person.user_id: person.seat_title for person in people if person.seat_title}


def answers(project: Project) -> list[Call]:
    """What was said to calls for more people."""
    return sections.once(project, "calls", _answers)


def _answers(project: Project) -> list[Call]:
    return read(project, "calls", project.calls.select_related("by").order_by("created_at"))


@dataclass(frozen=True)
class Called:
    """A seat that something calls for; `answer` is what somebody said to it."""

    trigger: Trigger
    because: list[Fact]
    person: Stakeholder | None
    answer: Call | None

    @property
    def is_waived(self) -> bool:
        return self.answer is not None and self.answer.answer == Answer.WAIVED

    @property
    def is_wanted(self) -> bool:
        """Its seat stands at the table already, taken or not."""
        return self.trigger.asks_for.is_needed or (self.answer is not None and self.answer.answer == Answer.SEAT)

    @property
    def is_unmet(self) -> bool:
        return not (self.person or self.is_waived or self.is_wanted)


def called(project: Project) -> list[Called]:
    """Everything that calls for a seat, with who takes it or what was said; what is unmet first."""
    return sections.once(project, "called", _called)


def _called(project: Project) -> list[Called]:
    by_seat: dict[str, Stakeholder] = {}
    for person in at_the_table(project):
        by_seat.setdefault(person.role, person)
    said = {call.key: call for call in answers(project)}
    found = [
        Called(trigger, because, by_seat.get(trigger.seat), said.get(trigger.key))
        for trigger, because in calls.called(calls.facts(project))
    ]
    return sorted(found, key=lambda one: not one.is_unmet)


def at_the_table(project: Project) -> list[Stakeholder]:
    """Everybody in the register, loaded once while all sections are read."""
    return sections.once(project, "people", _people)


def _people(project: Project) -> list[Stakeholder]:
    return read(project, "stakeholders", everybody(project))


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


MOST_KNOWN = 500
"""People of other projects that are offered at once, those of the newest projects first."""


@dataclass(frozen=True)
class Known:
    """Somebody who stands in another project; `is_here` when in this one too."""

    person: Stakeholder
    is_here: bool


def known(project: Project, reader: User) -> list[Known]:
    """The people of the other projects of `reader`, each once: as they stand in the newest of them."""
    others = (
        Stakeholder.objects.filter(project__memberships__user=reader)
        .exclude(project=project)
        .select_related("project")
        .order_by("-project__created_at", "project__title", Lower("name"))
    )
    here = {_identity(name, email) for name, email in project.stakeholders.values_list("name", "email")}
    found: dict[str, Known] = {}
    for person in others[: MOST_KNOWN * 2]:
        identity = _identity(person.name, person.email)
        found.setdefault(identity, Known(person, identity in here))
    return list(found.values())[:MOST_KNOWN]


def _identity(name: str, email: str) -> str:
    """Who has the same address is the same person; without one the name has to do."""
    return (email or name).casefold()
