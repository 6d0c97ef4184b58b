"""Forms that remember what the person saw, so that what others changed meanwhile is not undone."""

import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from apps.core.forms import Both
from apps.workshops.weaving import weave


class SeenForm(forms.Form):
    """`seen` holds the values of the fields as this person got them; it comes back with what they made of them."""

    seen = forms.CharField(required=False, max_length=20000, widget=forms.HiddenInput)

    WATCHED: tuple[str, ...] = ()
    # What somebody else changed to something else meanwhile.
    clashes: tuple[Both, ...] = ()

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

    def look_again(self, now: Mapping[str, Any]) -> None:
        """After a refusal: show what clashes with what stands `now`. Saving once more is then deliberate."""
        seen, said = self.cleaned_data["seen"], self.cleaned_data["said"]
        _woven, names = weave(now, seen, said)
        self.clashes = tuple(
            Both(str(self.fields[name].label), self._told(name, now.get(name)), self._told(name, said[name]))
            for name in names
        )
        self._remember({**seen, **{name: now.get(name) for name in names}})

    def go_on(self) -> None:
        """After a save: what stands in the fields is what this person has seen."""
        self._remember(self.cleaned_data["said"])

    def _remember(self, values: Mapping[str, Any]) -> None:
        data = QueryDict(mutable=True)
        data.update(self.data)
        data["seen"] = as_seen(dict(values))
        self.data = data

    def _told(self, name: str, value: Any) -> str:
        """A value in the words that its field's choices give it."""
        for key, words in getattr(self.fields[name], "choices", ()):
            if value not in (None, "") and str(key) == str(value):
                return str(words)
        return "" if value in (None, False) else str(value)


def as_seen(values: dict[str, Any]) -> str:
    return json.dumps(values, sort_keys=True)
