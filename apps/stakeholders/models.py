from datetime import datetime, timedelta
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
    came_from = models.CharField(max_length=300, blank=True)
    came_from_url = models.CharField(max_length=200, blank=True)

    objects = StakeholderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(influence__range=(1, 5)), name="influence_from_1_to_5"),
            models.CheckConstraint(condition=Q(interest__range=(1, 5)), name="interest_from_1_to_5"),
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
        """`product owner, support lead`: the seat, and what the person calls it."""
        found = roles.seat(self.role)
        return ", ".join(part for part in (found.title if found else "", self.own_role) if part)


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
