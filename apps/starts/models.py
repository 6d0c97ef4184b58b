from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from apps.core.models import Base, Versioned
from apps.projects.models import Project
from apps.starts.enums import Way


class ProjectTemplate(Versioned):
    """Parts of a project that somebody kept for everybody in the company to start from. It stands by itself."""

    name = models.CharField(_("name"), max_length=120)
    about = models.TextField(_("what it is for"), max_length=600, blank=True)
    # Piece → what it packed, see `apps.projects.copying`; without names of people.
    content = models.JSONField(default=dict)
    # The day on which the project began that it was made from: its days are counted from there.
    began: "models.DateField" = models.DateField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = [Lower("name")]
        constraints = [models.UniqueConstraint(Lower("name"), name="one_template_per_name")]

    def __str__(self) -> str:
        return self.name


class Origin(Base):
    """Where a project came from."""

    project = models.OneToOneField(Project, models.CASCADE, related_name="origin")
    source = models.ForeignKey(Project, models.SET_NULL, null=True, related_name="+")
    template = models.ForeignKey(ProjectTemplate, models.SET_NULL, null=True, related_name="+")
    # What the source was called then, and which of the two it was: both outlive it.
    title = models.CharField(max_length=120)
    way = models.CharField(max_length=10, choices=Way)
    pieces = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.title
