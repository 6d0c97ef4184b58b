"""Around a vote on the scope: items put on the table, where each goes, and the lines that reach the project."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.forms import KeyField
from apps.workshops.enums import Place
from apps.workshops.forms.room import tidy_text
from apps.workshops.kinds.estimate import UNITS
from apps.workshops.models import MAX_CARD


class PutCardForm(forms.Form):
    text = forms.CharField(label=_("Item"), max_length=MAX_CARD)
    key = KeyField()

    def clean_text(self) -> str:
        return tidy_text(self.cleaned_data["text"])


class SortForm(forms.Form):
    thing = forms.RegexField(r"^(card|group):[0-9a-f-]{36}$")
    place = forms.ChoiceField(choices=[("", ""), *Place.choices], required=False)


class ScopeForm(forms.Form):
    """One line each, as they will stand in the frame."""

    in_scope = forms.CharField(
        label=_("In scope"), max_length=4000, required=False, widget=forms.Textarea({"rows": 5, "data-face": "doc"})
    )
    later = forms.CharField(
        label=_("Later"), max_length=4000, required=False, widget=forms.Textarea({"rows": 3, "data-face": "doc"})
    )
    out_of_scope = forms.CharField(
        label=_("Out of scope"), max_length=4000, required=False, widget=forms.Textarea({"rows": 5, "data-face": "doc"})
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        return {name: [line.strip() for line in words.splitlines() if line.strip()] for name, words in cleaned.items()}


class TakeTasksForm(forms.Form):
    """Which cards."""

    cards = forms.TypedMultipleChoiceField(coerce=UUID, error_messages={"required": _("Tick at least one card.")})

    def __init__(self, *args: Any, cards: list[UUID], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["cards"]
        field.choices = [(str(key), str(key)) for key in cards]


class UnitForm(forms.Form):
    unit = forms.ChoiceField(label=_("Unit"), choices=list(UNITS.items()))
