from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.core.due import DueRow
from apps.core.models import Base
from apps.scope.models import Baseline
from apps.signoffs.enums import Answer


class SignRequest(Base):
    """One person is asked to sign one baseline. Requests with the same `step` may be answered in any order."""

    baseline = models.ForeignKey(Baseline, models.CASCADE, related_name="sign_requests")
    signer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="sign_requests")
    role = models.CharField(_("signs as"), max_length=120)
    step = models.PositiveSmallIntegerField(_("order"), default=1)
    due: "models.DateField" = models.DateField(_("by"), null=True, blank=True)
    answer = models.CharField(max_length=10, choices=Answer, default=Answer.WAITING)
    answered_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True, max_length=2000)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["step", "created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["baseline", "signer"],
                name="one_request_per_signer",
                violation_error_message=_("This person is asked already."),
            ),
            models.CheckConstraint(
                name="an_answer_has_a_time", condition=Q(answer=Answer.WAITING) | Q(answered_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.signer} as {self.role}"

    def get_absolute_url(self) -> str:
        return reverse("signoffs:show", args=[self.baseline.project_id, self.baseline.number])

    @property
    def is_waiting(self) -> bool:
        return self.answer == Answer.WAITING


class SignReminder(DueRow):
    """The next word to a signer whose turn it is: one row a request, due anew after each mail, over with the answer."""

    request = models.OneToOneField(SignRequest, models.CASCADE, related_name="reminder")
    sent = models.PositiveSmallIntegerField(default=0)

    class Meta(DueRow.Meta):
        abstract = False

    def __str__(self) -> str:
        return f"reminder {self.sent + 1} for {self.request_id}"


class SignCode(Base):
    """Six digits sent to the signer's own address: hashed, short-lived, few attempts."""

    request = models.ForeignKey(SignRequest, models.CASCADE, related_name="codes")
    digest = models.CharField(max_length=64)
    expires_at: "models.DateTimeField[datetime, datetime]" = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"code until {self.expires_at:%H:%M}"


class Signature(Base):
    """One person's signature on one fingerprint. The table refuses UPDATE, and DELETE outside a sample.

    Address and browser are personal data beside the audit chain; the chain holds only a commitment.
    """

    request = models.OneToOneField(SignRequest, models.CASCADE, related_name="signature")
    baseline = models.ForeignKey(Baseline, models.CASCADE, related_name="signatures")
    fingerprint = models.CharField(max_length=64)
    name = models.CharField(max_length=120)
    email = models.EmailField(max_length=254)
    role = models.CharField(max_length=120)
    meaning = models.CharField(max_length=40)
    statement = models.TextField()
    statement_hash = models.CharField(max_length=64)
    method = models.CharField(max_length=60)
    signed_at: "models.DateTimeField[datetime, datetime]" = models.DateTimeField()
    ip = models.GenericIPAddressField(null=True, blank=True)
    agent = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["signed_at"]

    def __str__(self) -> str:
        return f"{self.name}, {self.role}"
