"""What the forms of all kinds of activity have in common.

`cleaned_data` of an `AnswerForm` is what `actions.give_answer` takes: `activity`, `target`, `item`, `value`, `text`.
"""

from copy import deepcopy
from typing import Any

from django import forms

from apps.core.forms import KeyField, VersionField

TARGETS = [("", ""), ("item", "item"), ("group", "group"), ("card", "card")]


class AnswerForm(forms.Form):
    """The hidden half of every answer. Subclasses add fields and name those of them that are the `value`."""

    activity = forms.UUIDField(widget=forms.HiddenInput)
    target = forms.ChoiceField(choices=TARGETS, required=False, widget=forms.HiddenInput)
    item = forms.UUIDField(required=False, widget=forms.HiddenInput)

    VALUE: tuple[str, ...] = ()
    # The ids of the fields, for a form that stands once on a screen; none for one that is repeated.
    IDS: str | bool = False
    # What is typed into these and not sent yet is kept on the device.
    DRAFTS: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        about = self.initial.get("activity") or self.data.get("activity", "")
        for name in self.DRAFTS:
            self.fields[name].widget.attrs["data-draft"] = f"{about}:{name}"

    def refill(self, block: dict[str, Any]) -> None:
        """Put what was typed back into what a screen shows; forms that are drawn field by field need nothing."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        value = {name: cleaned[name] for name in self.VALUE}
        about = {name: cleaned[name] for name in ("activity", "target", "item")}
        return {**about, "value": value, "text": cleaned.get("text", "")}


class ItemForm(forms.Form):
    """Words for something people answer about. Subclasses name the fields that are its `details`."""

    text = forms.CharField(max_length=4000)
    key = KeyField()

    DETAILS: tuple[str, ...] = ()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        details = {name: cleaned[name] for name in self.DETAILS}
        return {"text": cleaned["text"], "key": cleaned["key"], "details": details}


class ChangeItemForm(forms.Form):
    """The same words and details as `ItemForm` of a kind, for something that is there already."""

    version = VersionField()

    def __init__(self, base: type[ItemForm], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._details = base.DETAILS
        for name, field in base.base_fields.items():
            if name != "key":
                self.fields[name] = deepcopy(field)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        details = {name: cleaned[name] for name in self._details}
        return {"text": cleaned["text"], "version": cleaned["version"], "details": details}
