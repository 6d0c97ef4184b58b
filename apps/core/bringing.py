"""Forms that bring a block of cells: pasted, or as a file. Both clean to `grid`."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core import cells

LARGEST_FILE = 4 * 1024 * 1024


def new_key() -> str:
    return uuid4().hex


class PasteForm(forms.Form):
    text = forms.CharField(
        label=_("Rows from a spreadsheet"),
        max_length=1_000_000,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "wrap": "off"}),
        help_text=_("Copy the cells there, with or without the line of heads, and paste them here."),
        error_messages={"required": _("Paste the rows first.")},
    )
    client_key = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.initial.setdefault("client_key", new_key())

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if "text" in found:
            try:
                found["grid"] = cells.from_text(found["text"])
            except cells.Unreadable as unreadable:
                self.add_error("text", str(unreadable))
        return found


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_("A spreadsheet (.xlsx, its first sheet) or .csv, 4 MB at most."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.tsv,.txt"}),
        error_messages={"required": _("Choose a file first."), "empty": _("This file is empty.")},
    )

    def clean_file(self) -> Any:
        brought = self.cleaned_data["file"]
        if brought.size > LARGEST_FILE:
            raise forms.ValidationError(_("This file is larger than 4 MB."))
        try:
            grid = cells.from_file(brought.name, brought.read())
        except cells.Unreadable as unreadable:
            raise forms.ValidationError(str(unreadable)) from None
        if not grid:
            raise forms.ValidationError(_("This file is empty."))
        return grid
