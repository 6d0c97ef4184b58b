from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.core.models import Base, Versioned
from apps.projects import road
from apps.projects.enums import Autonomy, Direction, Role, Start
from apps.tables.models import FieldEntry, Revision


class Project(Versioned):
    """One scoping effort, with one scope document."""

    title = models.CharField(_("title"), max_length=120)
    summary = models.TextField(_("in two sentences"), max_length=600, blank=True)
    organisation = models.CharField(_("organisation"), max_length=120, blank=True)
    start = models.CharField(max_length=10, choices=Start, default=Start.PAIN)
    pain = models.TextField(blank=True, max_length=4000)
    whose = models.CharField(blank=True, max_length=300)
    frequency_and_cost = models.TextField(blank=True, max_length=2000)
    process = models.TextField(blank=True, max_length=2000)
    users = models.TextField(blank=True, max_length=2000)
    expectations = models.TextField(blank=True, max_length=2000)
    in_scope = models.TextField(blank=True, max_length=4000)
    out_of_scope = models.TextField(blank=True, max_length=4000)
    later = models.TextField(blank=True, max_length=4000)
    must_not = models.TextField(blank=True, max_length=4000)
    autonomy = models.CharField(max_length=10, choices=Autonomy, blank=True)
    # Signals that were ticked, and what happens without an LLM.
    signs = models.JSONField(default=list, blank=True)
    alternatives = models.TextField(blank=True, max_length=2000)
    # What is good enough, what matters most first.
    ranking = models.JSONField(default=list, blank=True)
    other_use_cases = models.TextField(blank=True, max_length=2000)
    time_zone = models.CharField(max_length=64, default="UTC")
    is_sample = models.BooleanField(default=False)
    archived_at = models.DateTimeField(null=True, blank=True)
    members: "models.ManyToManyField[Any, Any]" = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="Membership", related_name="projects"
    )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("overview:project", args=[self.pk])

    @property
    def stream(self) -> str:
        return f"project:{self.pk}"

    @property
    def road(self) -> list[road.Step]:
        """Where the project stands; costs nothing for a project that the door loaded."""
        return road.steps(self)


class Membership(Base):
    project = models.ForeignKey(Project, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "user"],
                name="one_membership_each",
                violation_error_message=_("This person is a member already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} as {self.role}"


class Objective(FieldEntry):
    """A change that can be measured, or a sentence on its way to becoming one."""

    REGISTER = "objectives"
    NOUN = "objective"

    project = models.ForeignKey(Project, models.CASCADE, related_name="objectives")
    position = models.PositiveIntegerField(default=0)
    title = models.CharField(_("objective"), max_length=200)
    metric = models.CharField(_("metric"), max_length=160, blank=True)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    baseline = models.DecimalField(_("today"), max_digits=14, decimal_places=3, null=True, blank=True)
    baseline_source = models.CharField(_("where today's value comes from"), max_length=200, blank=True)
    baseline_on: "models.DateField[date | None, date | None]" = models.DateField(
        _("measured on"), null=True, blank=True
    )
    direction = models.CharField(_("direction"), max_length=10, choices=Direction, blank=True)
    target = models.DecimalField(_("target"), max_digits=14, decimal_places=3, null=True, blank=True)
    due: "models.DateField[date | None, date | None]" = models.DateField(_("by"), null=True, blank=True)
    method = models.CharField(_("how it is measured"), max_length=200, blank=True)
    owner = models.CharField(_("who measures"), max_length=120, blank=True)
    came_from = models.CharField(max_length=300, blank=True)
    came_from_url = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["position", "created_at"]

    def __str__(self) -> str:
        return self.title

    @property
    def baseline_words(self) -> str:
        return self._figure(self.baseline)

    @property
    def target_words(self) -> str:
        signs: dict[str, str] = {Direction.AT_MOST: "≤", Direction.AT_LEAST: "≥"}
        return f"{signs.get(self.direction, '')} {self._figure(self.target)}".strip()

    def _figure(self, value: Decimal | None) -> str:
        """`2.4 %` with a no-break space and without trailing zeros."""
        return "" if value is None else f"{value.normalize():f}\N{NO-BREAK SPACE}{self.unit}".strip()


class ObjectiveRevision(Revision):
    """What an objective has been."""

    row = models.ForeignKey(Objective, models.CASCADE, related_name="revisions")
