from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from apps.core.models import Base, Versioned
from apps.registers import declared
from apps.registers.declared import Register
from apps.registers.enums import Change


class RowQuerySet(models.QuerySet["Row"]):
    def live(self) -> "RowQuerySet":
        return self.filter(removed_at=None)

    def of(self, register: Register) -> "RowQuerySet":
        return self.filter(register=register.key)


class Row(Versioned):
    """One entry of a register. What it may hold is declared, see `apps.registers.declared`."""

    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="rows")
    register = models.CharField(max_length=40)
    number = models.PositiveIntegerField(editable=False)
    position = models.PositiveIntegerField()
    values: Any = models.JSONField(default=dict)
    came_from = models.CharField(max_length=300, blank=True)
    came_from_url = models.CharField(max_length=200, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = RowQuerySet.as_manager()

    class Meta:
        ordering = ["position", "created_at"]
        constraints = [
            models.UniqueConstraint(fields=["project", "register", "number"], name="one_row_per_number_of_a_register")
        ]
        indexes = [
            models.Index(fields=["project", "register", "position"], condition=Q(removed_at=None), name="live_rows")
        ]

    def __str__(self) -> str:
        return str(self.values.get("name", ""))

    def get_absolute_url(self) -> str:
        return reverse("registers:row", args=[self.project_id, self.register, self.pk])

    @property
    def ref(self) -> str:
        """`S3`: short, and the same for ever, wherever the row stands."""
        return f"{self.declared.letter or self.declared.key[:1].upper()}{self.number}"

    @property
    def declared(self) -> Register:
        return declared.register(self.register)

    @property
    def target(self) -> str:
        """What comments call this row."""
        return f"row:{self.pk}"


class RowRevision(Base):
    """What somebody did to a row: `values` is all of it afterwards, `sent` is what they had typed.

    Text that could not be taken, because somebody had changed the same field, is kept here without a version.
    Changes made in one go share a `batch`, so that they can be undone in one go.
    """

    row = models.ForeignKey(Row, models.CASCADE, related_name="revisions")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="row_revisions"
    )
    change = models.CharField(max_length=10, choices=Change)
    version = models.PositiveIntegerField(null=True, blank=True)
    values: Any = models.JSONField(default=dict)
    sent: Any = models.JSONField(default=dict)
    batch = models.UUIDField(null=True, blank=True, db_index=True)
    client_key = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["row", "version"], name="one_revision_per_version_of_a_row"),
            models.UniqueConstraint(
                fields=["author", "client_key"], condition=~Q(client_key=""), name="one_row_revision_per_sending"
            ),
            models.CheckConstraint(
                name="a_row_revision_taken_has_a_version",
                condition=Q(change=Change.KEPT, version=None) | Q(~Q(change=Change.KEPT), version__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["row", "-created_at"])]

    def __str__(self) -> str:
        return f"{self.row_id} {self.version or self.change}"
