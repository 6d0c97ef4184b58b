from django.db import models

from apps.core.models import Base
from apps.projects.models import Project


class Tie(Base):
    """Somebody said that two things of the scope hang together. `one` is the smaller key, so that a tie is there once."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="ties")
    one = models.CharField(max_length=80)
    other = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "one", "other"], name="one_tie_for_a_pair")]

    def __str__(self) -> str:
        return f"{self.one} – {self.other}"
