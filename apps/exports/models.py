from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.core.due import DueRow, State
from apps.scope.models import Baseline


class Stage(models.TextChoices):
    """How far the making of a file has come."""

    QUEUED = "queued", _("Waiting for the worker")
    DRAWING = "drawing", _("Drawing the pages")
    SEALING = "sealing", _("Sealing")
    READY = "ready", _("Ready")


class Export(DueRow):
    """A sealed PDF of a baseline with the signatures it had. One row, one file, however often it is tried."""

    baseline = models.ForeignKey(Baseline, models.CASCADE, related_name="exports")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.QUEUED)
    signed = models.PositiveSmallIntegerField(default=0)
    tell_signers = models.BooleanField(default=False)
    file = models.CharField(max_length=120, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta(DueRow.Meta):
        abstract = False

    def __str__(self) -> str:
        return f"PDF of {self.baseline}"

    def get_absolute_url(self) -> str:
        return reverse("exports:download", args=[self.baseline.project_id, self.pk])

    @property
    def is_ready(self) -> bool:
        return self.state == State.DONE

    @property
    def is_under_way(self) -> bool:
        return self.state in {State.QUEUED, State.RUNNING}

    @property
    def steps(self) -> list[tuple[str, str]]:
        """Each stage with done, now or open."""
        stages = list(Stage)
        here = stages.index(Stage(self.stage))
        return [
            (str(stage.label), "done" if place < here or self.is_ready else "now" if place == here else "open")
            for place, stage in enumerate(stages)
        ]
