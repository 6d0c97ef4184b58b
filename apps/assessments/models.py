from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.assessments.enums import Verdict
from apps.core.models import Versioned
from apps.projects.models import Project


class Triage(Versioned):
    """Ten minutes of questions about law: the answers, and what somebody made of the result."""

    project = models.OneToOneField(Project, models.CASCADE, related_name="triage")
    # Question → yes, no or unsure; the questions of `edition`.
    answers = models.JSONField(default=dict)
    edition = models.CharField(max_length=20)
    # How each question was asked then, and what followed: read on until somebody takes a newer edition.
    asked = models.JSONField(default=dict)
    outcome = models.JSONField(default=dict)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    verdict = models.CharField(_("outcome"), max_length=12, choices=Verdict, blank=True)
    words = models.TextField(_("conditions or reason"), max_length=2000, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"Triage of {self.project}"
