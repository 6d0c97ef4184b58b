import json
from datetime import date, datetime
from functools import cached_property
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.core.models import Base
from apps.projects.models import Project


class Baseline(Base):
    """The scope at one moment, numbered and immutable: the table refuses UPDATE, and DELETE outside a sample.

    `canonical` is the snapshot as RFC 8785 JSON and the only truth; everything shown is read from it.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="baselines")
    number = models.PositiveIntegerField()
    canonical = models.TextField()
    fingerprint = models.CharField(max_length=64)
    # No constraint: erasing an account must not touch what was signed. The name stands in the snapshot.
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, db_constraint=False, related_name="frozen_baselines"
    )
    frozen_at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "number"],
                name="one_baseline_per_number",
                violation_error_message=_("Somebody froze the scope at the same moment. Look at theirs first."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.project_id} baseline {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("scope:show", args=[self.project_id, self.number])

    @cached_property
    def snapshot(self) -> dict[str, Any]:
        return json.loads(self.canonical)

    @property
    def decision(self) -> str:
        return self.snapshot["decision"]

    @property
    def frozen_by_name(self) -> str:
        return self.snapshot["frozen_by"]

    @property
    def is_whole(self) -> bool:
        """True while the text still has the fingerprint it was stored with."""
        return sha256(self.canonical.encode()).hexdigest() == self.fingerprint

    @property
    def blockers(self) -> list[dict[str, Any]]:
        """Serious findings that nobody had waived when the scope was frozen."""
        return [found for found in self.snapshot["findings"] if found["waiver"] is None]

    @property
    def waived(self) -> list[dict[str, Any]]:
        return [found for found in self.snapshot["findings"] if found["waiver"] is not None]


class Waiver(Base):
    """A signed reason to go on in spite of a finding that blocks sign-off."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="waivers")
    finding = models.CharField(max_length=64)
    message = models.CharField(max_length=400)
    reason = models.TextField(_("reason"), max_length=1000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at: "models.DateTimeField[datetime, datetime]" = models.DateTimeField()
    # The last day on which it counts.
    until = models.DateField(_("holds until"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "finding"],
                name="one_waiver_per_finding",
                violation_error_message=_("This finding is waived already."),
            )
        ]

    def __str__(self) -> str:
        return f"Waived: {self.message}"

    def holds(self, today: date) -> bool:
        return self.until is None or today <= self.until


class Reading(models.Model):
    """What readiness said at the end of a day, so that tomorrow can say what changed."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="readings")
    day = models.DateField()
    # Keys of the findings that nobody had waived, with their words.
    findings = models.JSONField(default=dict)
    score = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "day"], name="one_reading_a_day")]

    def __str__(self) -> str:
        return f"{self.project_id} on {self.day}: {self.score}"
