from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.workshops.enums import Standing
from apps.workshops.forms.base import ItemForm
from apps.workshops.forms.seen import SeenForm

INFLUENCE = [("", _("not said")), ("1", _("1 little")), ("2", "2"), ("3", "3"), ("4", "4"), ("5", _("5 a lot"))]
AFFECTED = [("", _("not said")), ("1", _("1 hardly")), ("2", "2"), ("3", "3"), ("4", "4"), ("5", _("5 every day"))]


def _step(label: Any, choices: list[Any]) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, choices=choices, coerce=int, empty_value=None, required=False)


class EntryForm(forms.Form):
    """A person or a team, and where they stand."""

    text = forms.CharField(
        label=_("Person or team"),
        max_length=120,
        widget=forms.TextInput({"list": "people", "autocomplete": "off", "data-face": "doc"}),
    )
    influence = _step(_("Influence"), INFLUENCE)
    affected = _step(_("Affected"), AFFECTED)
    standing = forms.ChoiceField(
        label=_("Has what say"), choices=[("", _("no mark")), *Standing.choices], required=False
    )
    missing = forms.BooleanField(label=_("Not at this table, and must be heard"), required=False)

    DETAILS: tuple[str, ...] = ("influence", "affected", "standing", "missing")

    def clean_text(self) -> str:
        return " ".join(self.cleaned_data["text"].split())


class AddEntryForm(EntryForm, ItemForm):
    """Somebody new on the map."""


class ChangeEntryForm(SeenForm, EntryForm):
    WATCHED = ("text", *EntryForm.DETAILS)


class TakeForm(forms.Form):
    """Which entries go into the register."""

    entries = forms.TypedMultipleChoiceField(
        coerce=str, widget=forms.CheckboxSelectMultiple, error_messages={"required": _("Tick at least one.")}
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["entries"].choices = choices  # type: ignore[attr-defined]
