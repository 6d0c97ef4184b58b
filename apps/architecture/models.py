from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.architecture.enums import Lane, Zone
from apps.core.models import Versioned
from apps.projects.models import Project


class Component(Versioned):
    """A box of the diagram."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="components")
    lane = models.CharField(_("lane"), max_length=12, choices=Lane)
    name = models.CharField(_("name"), max_length=60)
    detail = models.CharField(_("what it does"), max_length=80, blank=True)
    zone = models.CharField(_("stands in"), max_length=8, choices=Zone, default=Zone.OURS)
    personal = models.BooleanField(_("keeps personal data"), default=False)
    position = models.PositiveSmallIntegerField(default=0)
    client_key = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ["position", "created_at"]
        constraints = [
            models.UniqueConstraint(fields=["project", "client_key"], name="one_component_for_a_submit"),
        ]

    def __str__(self) -> str:
        return self.name


class Flow(Versioned):
    """An arrow from one component to another, and what travels on it."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="flows")
    source = models.ForeignKey(Component, models.CASCADE, related_name="outgoing")
    target = models.ForeignKey(Component, models.CASCADE, related_name="incoming")
    carries = models.CharField(_("what travels"), max_length=80, blank=True)
    personal = models.BooleanField(_("personal data travel"), default=False)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(source=F("target")),
                name="a_flow_joins_two_components",
                violation_error_message=_("A flow goes from one component to another."),
            ),
            models.UniqueConstraint(fields=["source", "target", "carries"], name="a_flow_is_drawn_once"),
        ]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"

    @property
    def crosses(self) -> bool:
        """Whether it passes a trust boundary. Needs both ends to be loaded."""
        return self.source.zone != self.target.zone
