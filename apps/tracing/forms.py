from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.tracing.web import Web, grouped

WORDS: dict[str, Any] = {
    "objective": _("Objectives"),
    "metric": _("Evaluation metrics"),
    "data_source": _("Data sources"),
    "component": _("Components"),
    "risk": _("Risks"),
    "dependency": _("Dependencies"),
    "decision": _("Decisions"),
    "card": _("Cards"),
}


class TieForm(forms.Form):
    one = forms.ChoiceField(label=_("This"))
    other = forms.ChoiceField(label=_("hangs together with"))

    def __init__(self, found: Web, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (str(WORDS[kind]), [(thing.key, thing.title[:80]) for thing in inside])
            for kind, inside in grouped(list(found.things.values()))
        ]
        for name in ("one", "other"):
            self.fields[name].choices = [("", _("choose")), *choices]  # type: ignore[attr-defined]
