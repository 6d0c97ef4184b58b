from typing import Any

from django.db import models
from django.db.models import Max, Q

from apps.tables import declared
from apps.tables.declared import Register
from apps.tables.models import Entry, Revision


class RowQuerySet(models.QuerySet["Row"]):
    def live(self) -> "RowQuerySet":
        return self.filter(removed_at=None)

    def of(self, register: Register) -> "RowQuerySet":
        return self.filter(register=register.key)


class Row(Entry):
    """One entry of a register. What it may hold is declared, see `apps.tables.declared`."""

    NOUN = "row"

    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="rows")
    register = models.CharField(max_length=40)
    number = models.PositiveIntegerField(editable=False)
    position = models.PositiveIntegerField()
    values: Any = models.JSONField(default=dict)
    came_from = models.CharField(max_length=300, blank=True)
    came_from_url = models.CharField(max_length=200, blank=True)

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

    @classmethod
    def of_project(cls, project: Any, register: Register) -> RowQuerySet:
        found: RowQuerySet = project.rows.of(register)
        return found

    @classmethod
    def owned_by_name(cls, project: Any, name: str) -> RowQuerySet:
        found: RowQuerySet = project.rows.filter(owner_user=None, values__owner__iexact=name)
        return found

    @classmethod
    def begin(cls, project: Any, register: Register) -> "Row":
        last = cls.of_project(project, register).aggregate(number=Max("number", default=0))
        return cls(project=project, register=register.key, number=last["number"] + 1)

    @property
    def ref(self) -> str:
        """`S3`: short, and the same for ever, wherever the row stands."""
        return f"{self.declared.letter or self.declared.key[:1].upper()}{self.number}"

    @property
    def declared(self) -> Register:
        return declared.register(self.register)


class RowRevision(Revision):
    """What a row of a register has been."""

    row = models.ForeignKey(Row, models.CASCADE, related_name="revisions")
