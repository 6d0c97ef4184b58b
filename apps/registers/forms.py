import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from apps.core.bringing import new_key
from apps.core.forms import DayInput, VersionField
from apps.tables import catalogs, columns
from apps.tables.actions import from_edition
from apps.tables.columns import Column, Links
from apps.tables.declared import Register
from apps.tables.enums import Kind
from apps.tables.models import Entry

UUID_LIKE = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class ValueField(forms.Field):
    """A field for one column: its cleaned value is what the row holds, None when it is empty."""

    def __init__(self, column: Column, links: Links, *, listed: str = "", plain: bool = False) -> None:
        self.column, self.links = column, links
        # Readiness wants it: the form calls it so, and takes the row without it.
        self.asked = column.required
        needed = (column.key == "name" or bool(column.initial)) and not plain
        super().__init__(
            label=column.label,
            help_text="" if plain else column.help,
            required=needed,
            widget=_widget(column, links, listed),
            initial=column.initial or None,
            error_messages={"required": _("Choose one.") if column.initial else _("Give it a name first.")},
        )

    def clean(self, value: Any) -> Any:
        try:
            found = columns.read(self.column, value, self.links)
        except columns.Refused as refusal:
            raise forms.ValidationError(str(refusal)) from None
        if found is None and self.required:
            raise forms.ValidationError(self.error_messages["required"])
        return found


class RowForm(forms.Form):
    """All fields of a row, or the columns asked for; what is cleaned is what the actions take."""

    def __init__(
        self,
        register: Register,
        data: Any = None,
        *,
        only: Iterable[Column] | None = None,
        links: Links | None = None,
        **more: Any,
    ) -> None:
        super().__init__(data, **more)
        self.register = register
        self.shown = list(only if only is not None else register.columns)
        for column in self.shown:
            listed = f"list-{column.key}" if column.suggestions else "people" if column.kind == Kind.PERSON else ""
            self.fields[column.key] = ValueField(column, links or {}, listed=listed)
        self.fields["client_key"] = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
        self.initial.setdefault("client_key", new_key())

    @classmethod
    def of(cls, row: Entry, data: Any = None, **more: Any) -> "RowForm":
        """The form of a row that is there, with the version that the person sees."""
        values = {column.key: columns.typed(column, row.values.get(column.key)) for column in row.declared.columns}
        form = cls(row.declared, data, initial={**values, "version": row.version}, **more)
        form.fields["version"] = VersionField()
        return form

    def clean(self) -> dict[str, Any]:
        """`values`, and what goes beside them."""
        found = super().clean() or {}
        beside: dict[str, Any] = {key: found[key] for key in ("version", "client_key") if key in found}
        values = {column.key: found.get(column.key) for column in self.shown}
        return {"values": {**values, **self._carried()}, **beside} | self._known(found)

    def _known(self, found: dict[str, Any]) -> dict[str, Any]:
        """What the shipped catalog has under a name that was chosen from it, where nothing but a name was asked."""
        if [column.key for column in self.shown] != ["name"] or "version" in self.fields:
            return {}
        known = next((one for one in catalogs.shipped(self.register) if one.name == found.get("name")), None)
        return {"values": known.values, "came_from": from_edition(self.register)} if known else {}

    def _carried(self) -> dict[str, Any]:
        """What was typed with a figure and has a column of its own."""
        typed = {column.key: self[column.key].data for column in self.shown}
        spread = columns.spread(self.register.by_key, typed)
        new = {key: raw for key, raw in spread.items() if raw != typed.get(key)}
        return {key: columns.read(self.register.by_key[key], raw) for key, raw in new.items()}

    @property
    def always(self) -> list[Any]:
        """The short form."""
        return [self[column.key] for column in self.shown if not column.group]

    @cached_property
    def folded(self) -> list[tuple[str, list[Any], bool]]:
        """The rest, under its headings; open when something stands in it already."""
        groups: dict[str, list[Any]] = {}
        for column in self.shown:
            if column.group:
                groups.setdefault(str(column.group), []).append(self[column.key])
        return [
            (title, fields, any(field.value() or field.errors for field in fields)) for title, fields in groups.items()
        ]

    @property
    def suggested(self) -> list[tuple[str, list[str]]]:
        """Lists to choose from while typing, by the id that the fields name."""
        return [(f"list-{column.key}", column.suggestions()) for column in self.shown if column.suggestions]


def _widget(column: Column, links: Links, listed: str) -> forms.Widget:
    if column.kind == Kind.LONG:
        return forms.Textarea(attrs={"rows": 2, "data-face": "doc", "data-grow": True})
    if column.kind == Kind.DAY:
        return DayInput()
    if column.kind in (Kind.CHOICE, Kind.YES_NO, Kind.LINK):
        nothing = [] if column.initial else [("", column.nothing or "—")]
        return forms.Select(choices=[*nothing, *choices(column, links)])
    attrs: dict[str, Any] = {"maxlength": column.longest}
    if column.kind == Kind.NUMBER:
        attrs = {"inputmode": "decimal", "autocomplete": "off"}
    if listed:
        attrs["list"] = listed
    if column.key == "name":
        attrs["data-face"] = "doc"
    return forms.TextInput(attrs=attrs)


def choices(column: Column, links: Links) -> list[tuple[str, str]]:
    if column.kind == Kind.YES_NO:
        return [("yes", str(_("yes"))), ("no", str(_("no")))]
    if column.kind == Kind.LINK:
        return list(links.get(column.to, {}).items())
    return column.words


class MoveForm(forms.Form):
    """`up`, `down`, `first`, or the id of the row to stand after."""

    to = forms.RegexField(r"^(up|down|first|[0-9a-f-]{36})$")


class RowsForm(forms.Form):
    """The rows that somebody ticked."""

    rows = forms.TypedMultipleChoiceField(
        coerce=UUID, required=True, error_messages={"required": _("Tick the rows first.")}
    )

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        sent = self.data.getlist("rows") if hasattr(self.data, "getlist") else self.data.get("rows", [])
        # Which of them are rows of this register is for the action to say.
        self.fields["rows"].choices = [(ident, ident) for ident in sent if UUID_LIKE.fullmatch(str(ident))]  # type: ignore[attr-defined]


class BulkForm(RowForm):
    """What many rows may take at once; a field left alone changes nothing."""

    def __init__(self, register: Register, data: Any = None, **more: Any) -> None:
        super().__init__(register, data, only=[column for column in register.columns if column.in_bulk], **more)
        self.fields.pop("client_key")
        for column in self.shown:
            field = self.fields[column.key]
            field.required, field.initial = False, None
            if isinstance(field.widget, forms.Select):
                field.widget.choices = [("", _("leave as it is")), *choices(column, field.links)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        return {"values": super().clean()["values"]}


class RestoreForm(forms.Form):
    version = VersionField()


class SampleForm(forms.Form):
    """What somebody wants to know about a share, in percent and percentage points."""

    share = forms.DecimalField(
        label=_("The share you expect, in %"), min_value=0, max_value=100, decimal_places=2, initial=95
    )
    within = forms.DecimalField(
        label=_("How exactly you need to know it, in points to either side"),
        min_value=Decimal("0.1"), max_value=50, decimal_places=2, initial=5,
    )  # fmt: skip
    sample = forms.IntegerField(label=_("How many examples you have"), min_value=1, max_value=1_000_000, initial=100)


class CatalogForm(forms.Form):
    known = forms.CharField(max_length=60)


class NewerForm(forms.Form):
    version = VersionField()


class WholeCatalogForm(forms.Form):
    group = forms.CharField(max_length=100, required=False)
