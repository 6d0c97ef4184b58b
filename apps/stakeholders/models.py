from datetime import date, datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.core.models import Base, Versioned
from apps.projects.enums import Role
from apps.projects.models import Membership, Project
from apps.stakeholders import roles
from apps.stakeholders.enums import Answer, Letter


class StakeholderQuerySet(QuerySet["Stakeholder"]):
    def with_access(self) -> "StakeholderQuerySet":
        """With `is_member`, and `invitation_id` and `invited_until` of the invitation that is still out."""
        member = Membership.objects.filter(project=OuterRef("project"), user=OuterRef("user"))
        out = Invitation.objects.filter(Invitation.OUT, stakeholder=OuterRef("pk"))
        return self.annotate(
            is_member=Exists(member),
            invitation_id=Subquery(out.values("pk")[:1]),
            invited_until=Subquery(out.values("expires_at")[:1]),
        )


class Stakeholder(Versioned):
    """A person in the project's register, member or not."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="stakeholders")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="stakeholders"
    )
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail address"), max_length=254, blank=True)
    organisation = models.CharField(_("organisation"), max_length=120, blank=True)
    unit = models.CharField(_("unit"), max_length=120, blank=True)
    role = models.CharField(_("seat"), max_length=40, blank=True)
    own_role = models.CharField(_("role in your words"), max_length=120, blank=True)
    influence = models.PositiveSmallIntegerField(_("influence"), default=3)
    interest = models.PositiveSmallIntegerField(_("interest"), default=3)
    remarks = models.TextField(_("remarks"), max_length=1000, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True)
    # Days of the week at work, 1 is Monday; empty: as most people.
    days = models.CharField(_("works on"), max_length=7, blank=True)
    availability = models.CharField(_("when to reach them"), max_length=200, blank=True)
    away_from: "models.DateField[date | None, date | None]" = models.DateField(_("away from"), null=True, blank=True)
    away_until: "models.DateField[date | None, date | None]" = models.DateField(_("away until"), null=True, blank=True)
    came_from = models.CharField(max_length=300, blank=True)
    came_from_url = models.CharField(max_length=200, blank=True)

    objects = StakeholderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(influence__range=(1, 5)), name="influence_from_1_to_5"),
            models.CheckConstraint(condition=Q(interest__range=(1, 5)), name="interest_from_1_to_5"),
            models.CheckConstraint(
                condition=Q(away_from=None, away_until=None) | Q(away_until__gte=models.F("away_from")),
                name="back_after_going_away",
            ),
            models.UniqueConstraint(
                "project",
                Lower("email"),
                condition=~Q(email=""),
                name="one_stakeholder_per_address",
                violation_error_message=_("Somebody with this address is in the register already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def seat_title(self) -> str:
        """`Product owner, support lead`: the seat, and what the person calls it; what both say is said once."""
        found = roles.seat(self.role)
        return roles.said_once(found.title if found else "", self.own_role.strip())


class Duty(Base):
    """What a person of the register has to do with a section. Whoever keeps its text is responsible without a row."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="duties")
    section = models.CharField(max_length=20)
    person = models.ForeignKey(Stakeholder, models.CASCADE, related_name="duties")
    letter = models.CharField(max_length=2, choices=Letter)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "section"], name="one_letter_a_person_and_section"),
            models.UniqueConstraint(
                fields=["project", "section"],
                condition=Q(letter__in=["A", "AR"]),
                name="one_answers_for_a_section",
            ),
            models.CheckConstraint(condition=Q(letter__in=Letter.values), name="a_known_letter"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.letter} in {self.section}"


class Call(Base):
    """What became of a reason to have one more seat at the table."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="calls")
    key = models.CharField(max_length=40)
    answer = models.CharField(max_length=10, choices=Answer)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "key"], name="one_answer_to_a_call"),
            models.CheckConstraint(
                condition=~Q(answer="waived") | ~Q(reason=""), name="a_seat_is_waived_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.answer}"


class SeatNote(Base):
    """What is being done about an empty seat."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="seat_notes")
    seat = models.CharField(max_length=60)
    words = models.CharField(_("what is being done about it"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "seat"], name="one_note_on_a_seat")]

    def __str__(self) -> str:
        return f"{self.seat}: {self.words}"


class Invitation(Base):
    """A way in for one person, by a link that was mailed to them. Only the hash of its token is kept."""

    VALID_FOR: ClassVar[timedelta] = timedelta(days=14)
    OUT: ClassVar[Q] = Q(accepted_at=None, withdrawn_at=None)

    stakeholder = models.ForeignKey(Stakeholder, models.CASCADE, related_name="invitations")
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    email = models.EmailField(max_length=254)
    role = models.CharField(max_length=10, choices=Role)
    token_hash = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_at: "models.DateTimeField[datetime | None, datetime | None]" = models.DateTimeField(null=True, blank=True)
    withdrawn_at: "models.DateTimeField[datetime | None, datetime | None]" = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["stakeholder"],
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="one_invitation_out",
                violation_error_message=_("This person has an invitation already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.email} as {self.role}"

    @property
    def state(self) -> str:
        """open, used, withdrawn or expired."""
        if self.accepted_at:
            return "used"
        if self.withdrawn_at:
            return "withdrawn"
        return "expired" if self.expires_at <= timezone.now() else "open"
