from django.db import models

from apps.core.ids import uuid7


class Base(models.Model):
    """What every row has."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True


class Versioned(Base):
    """A row that people edit: `save_version` refuses to overwrite what they have not seen."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


class Heartbeat(models.Model):
    """The last sign of life of a process that nobody watches (worker, beat)."""

    name = models.CharField(max_length=40, primary_key=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Sending(models.Model):
    """A form that was taken: under its key it is not taken again, and `made` names the row that it made."""

    key = models.UUIDField(primary_key=True)
    made = models.CharField(max_length=100, blank=True)

    def __str__(self) -> str:
        return self.made
