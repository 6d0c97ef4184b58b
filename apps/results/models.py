from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.core.models import Versioned
from apps.projects.models import Objective, Project


class Measurement(Versioned):
    """What was measured of an objective on one day. It stands beside the document and changes nothing that was signed.

    `objective` is the id that baselines know the objective by: what was measured outlives the row in the draft.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="measurements")
    objective = models.UUIDField(editable=False)
    day: "models.DateField" = models.DateField(_("measured on"))
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=3)
    source = models.CharField(_("where it comes from"), max_length=200)
    remark = models.CharField(_("remark"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["day", "created_at"]
        constraints = [
            models.UniqueConstraint(fields=["project", "objective", "day"], name="one_measurement_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.value} on {self.day}"


class Benefit(Versioned):
    """What the project is worth in a year: a formula in plain words, who answers for it, what it takes for granted."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="benefits")
    position = models.PositiveIntegerField(default=0)
    title = models.CharField(_("what gets better"), max_length=160)
    # One factor a line, see `apps.results.formula`.
    formula = models.TextField(_("how it adds up in a year"), max_length=1000)
    unit = models.CharField(_("unit of the result"), max_length=20, default="€")
    objective = models.ForeignKey(Objective, models.SET_NULL, null=True, blank=True, related_name="benefits")
    owner = models.CharField(_("owner"), max_length=120, blank=True)
    assumptions = models.TextField(_("assumptions"), max_length=1000, blank=True)

    class Meta:
        ordering = ["position", "created_at"]

    def __str__(self) -> str:
        return self.title
