"""Who could be invited, who was, and who has sent something ahead: whether, never what."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from apps.projects.models import Membership
from apps.stakeholders.models import Stakeholder
from apps.workshops.actions.invites import Asked
from apps.workshops.around import ENOUGH
from apps.workshops.enums import State
from apps.workshops.models import Activity, Errand, Invite, Workshop


@dataclass(frozen=True)
class Ahead:
    """How many of those who were asked have sent something, and who has not yet."""

    answered: list[Invite]
    missing: list[Invite]
    reminder: datetime | None
    few: bool

    @property
    def asked(self) -> int:
        return len(self.answered) + len(self.missing)


def invites(workshop: Workshop) -> list[Invite]:
    return list(workshop.invites.select_related("seat", "user"))


def has_guests(workshop: Workshop) -> bool:
    """Whether somebody without an account was invited, whose calendar knows the meeting by who called it."""
    return workshop.invites.filter(user=None).exists()


def asks_ahead(workshop: Workshop) -> bool:
    """Whether a step is planned for input before the meeting."""
    return any(step.plan.ahead and not step.skipped for step in workshop.activities.all())


def offered(workshop: Workshop) -> list[Asked]:
    """The members of the project and the people of its register that have an address and no invitation yet."""
    sent = set(workshop.invites.values_list("email", flat=True))
    members = Membership.objects.filter(project=workshop.project_id).select_related("user").order_by("user__name", "id")
    found = {
        each.user.email.lower(): Asked(
            each.user.name or each.user.email, each.user.email, each.user.pk, each.user.time_zone
        )
        for each in members
        if each.user_id != workshop.host_id and each.user.is_active
    }
    hosts = {workshop.host.email.lower()} if workshop.host else set()
    for person in Stakeholder.objects.filter(project=workshop.project_id).exclude(email="").order_by("name", "id"):
        found.setdefault(person.email.lower(), Asked(person.name, person.email, None, person.time_zone))
    return [asked for key, asked in found.items() if key not in sent | hosts]


def ahead(workshop: Workshop, rows: list[Activity], people: list[Invite]) -> Ahead | None:
    """What the plan says of input ahead; None when nobody was asked for any."""
    asked = [invite for invite in people if invite.asked_ahead]
    if not asked or workshop.state not in (State.DRAFT, State.OPEN):
        return None
    answered = [invite for invite in asked if invite.has_contributed]
    missing = [invite for invite in asked if not invite.has_contributed]
    waiting = [row for row in rows if row.plan.ahead and not row.skipped and row.visited_at is None]
    added = any(row.plan.more.get("live_writing") for row in waiting)
    few = _is_soon(workshop) and bool(waiting) and not added and len(answered) < ENOUGH * len(asked)
    return Ahead(answered, missing, _next_reminder(workshop), few)


def _is_soon(workshop: Workshop) -> bool:
    """Until the day before there is time to write."""
    start = workshop.scheduled_at
    return workshop.state == State.OPEN or start is None or start - timezone.now() < timedelta(days=1)


def _next_reminder(workshop: Workshop) -> datetime | None:
    rows = Errand.objects.filter(workshop=workshop, invite__isnull=False, for_start=workshop.scheduled_at)
    rows = rows.filter(state="queued", due_at__gt=timezone.now())
    return rows.order_by("due_at").values_list("due_at", flat=True).first()
