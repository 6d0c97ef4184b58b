"""Forms that remember what the person saw, so that what others changed meanwhile is not undone."""

import json
from typing import Any

from django import forms


class SeenForm(forms.Form):
    """`seen` holds the values of the fields as this person got them; it comes back with what they made of them."""

    seen = forms.CharField(required=False, max_length=20000, widget=forms.HiddenInput)

    WATCHED: tuple[str, ...] = ()

    def clean_seen(self) -> dict[str, Any]:
        try:
            found = json.loads(self.cleaned_data["seen"] or "{}")
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        return {"seen": cleaned["seen"], "said": {name: cleaned[name] for name in self.WATCHED}}


def as_seen(values: dict[str, Any]) -> str:
    return json.dumps(values, sort_keys=True)
