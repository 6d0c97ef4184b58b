"""What an app's own rows inherit so that they stand in a table: values under columns, and all of their history."""

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse

from apps.core.models import Base, Versioned
from apps.tables import declared
from apps.tables.columns import Value, Values
from apps.tables.declared import Register
from apps.tables.enums import Change


class Entry(Versioned):
    """A row of a table. Who inherits has `project`, `position`, `came_from`, `came_from_url`, and a `Revision` with
    a foreign key `row` to it that is called `revisions` from here.

    `values` are read and written whole; `value_fields` are the fields of the model in which they lie.
    """

    NOUN: ClassVar[str]
    """What events, live names and comments call it."""
    ADDED: ClassVar[str] = "added"
    values: Any
    project: Any
    revisions: Any
    came_from: Any

    owner_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="%(class)ss_owned"
    )
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @classmethod
    def of_project(cls, project: Any, register: Register) -> models.QuerySet[Any]:
        """All of them in their order, those that were removed too."""
        raise NotImplementedError

    @classmethod
    def begin(cls, project: Any, register: Register) -> Self:
        """A new one, not saved. The project is locked, so that a number is given once."""
        raise NotImplementedError

    @classmethod
    def owned_by_name(cls, project: Any, name: str) -> models.QuerySet[Any]:
        """Those whose owner is written like this, and nobody is linked."""
        raise NotImplementedError

    @property
    def declared(self) -> Register:
        raise NotImplementedError

    @property
    def value_fields(self) -> list[str]:
        return ["values"]

    @property
    def name(self) -> str:
        return str(self.values.get("name", ""))

    @property
    def topic(self) -> str:
        """What comments call it."""
        return f"{self.NOUN}:{self.pk}"

    @property
    def catalog_id(self) -> str:
        """The entry of a shipped catalog that it was made from, where the model keeps that."""
        return ""

    def note_known(self, ident: str) -> list[str]:
        """Keep which entry of a shipped catalog it is made from; the names of the fields to save."""
        return []

    @property
    def address(self) -> str:
        """Where it is changed in its table."""
        return reverse("registers:row", args=[self.project_id, self.declared.key, self.pk])  # type: ignore[attr-defined]

    def get_absolute_url(self) -> str:
        return self.address


class Live(models.Manager[Any]):
    """Without what was removed, which only its history still knows."""

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().filter(removed_at=None)


class FieldEntry(Entry):
    """An entry whose values lie in fields of its model, each called like its column; the name is its `title`."""

    REGISTER: ClassVar[str]

    objects: Any = Live()
    everything: Any = models.Manager()

    class Meta:
        abstract = True

    @classmethod
    def of_project(cls, project: Any, register: Register) -> models.QuerySet[Any]:
        return cls.everything.filter(project=project).order_by("position", "created_at")

    @classmethod
    def begin(cls, project: Any, register: Register) -> Self:
        return cls(project=project)

    @classmethod
    def owned_by_name(cls, project: Any, name: str) -> models.QuerySet[Any]:
        return cls.everything.filter(project=project, owner_user=None, owner__iexact=name)

    @classmethod
    def field_of(cls, column: str) -> str:
        return "title" if column == "name" else column

    @property
    def declared(self) -> Register:
        return declared.register(self.REGISTER)

    @property
    def value_fields(self) -> list[str]:
        return [self.field_of(column.key) for column in self.declared.columns]

    @property
    def values(self) -> Values:
        kept = {column.key: _kept(getattr(self, self.field_of(column.key))) for column in self.declared.columns}
        return {key: value for key, value in kept.items() if value}

    @values.setter
    def values(self, values: Values) -> None:
        for column in self.declared.columns:
            field: Any = self._meta.get_field(self.field_of(column.key))
            value = values.get(column.key)
            setattr(self, field.name, field.get_default() if value is None else field.to_python(value))

    def would_hold(self, **fields: Any) -> dict[str, Value | None]:
        """The values of the columns in `fields`, None where one is empty, if the fields were set to these."""
        other = type(self)(**{field: value for field, value in fields.items() if field in self.value_fields})
        held = other.values
        return {
            column.key: held.get(column.key) for column in self.declared.columns if self.field_of(column.key) in fields
        }


def _kept(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, date) else str(value)


class Revision(Base):
    """What somebody did to a row: `values` is all of it afterwards, `sent` is what they had typed.

    Text that could not be taken, because somebody had changed the same field, is kept here without a version.
    Changes made in one go share a `batch`, so that they can be undone in one go.
    """

    row: Any
    row_id: Any
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    change = models.CharField(max_length=10, choices=Change)
    version = models.PositiveIntegerField(null=True, blank=True)
    values: Any = models.JSONField(default=dict)
    sent: Any = models.JSONField(default=dict)
    batch = models.UUIDField(null=True, blank=True, db_index=True)
    client_key = models.CharField(max_length=64, blank=True)

    class Meta:
        abstract = True
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["row", "version"], name="one_%(class)s_per_version"),
            models.UniqueConstraint(
                fields=["author", "client_key"], condition=~Q(client_key=""), name="one_%(class)s_per_sending"
            ),
            models.CheckConstraint(
                name="a_%(class)s_taken_has_a_version",
                condition=Q(change=Change.KEPT, version=None) | Q(~Q(change=Change.KEPT), version__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["row", "-created_at"])]

    def __str__(self) -> str:
        return f"{self.row_id} {self.version or self.change}"


class OwnEntry(Base):
    """What a company added to a catalog, for all its projects. `register` is the table or the list that it belongs to,
    `values` are as a row has them."""

    register = models.CharField(max_length=40)
    name = models.CharField(max_length=300)
    values: Any = models.JSONField(default=dict)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = [Lower("name")]
        constraints = [models.UniqueConstraint("register", Lower("name"), name="one_own_entry_per_name")]

    def __str__(self) -> str:
        return self.name
