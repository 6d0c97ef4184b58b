from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.tracing.web import Web, grouped

WORDS: dict[str, Any] = {
    "objective": _("Objectives"),
    "deliverable": _("Deliverables"),
    "metric": _("Evaluation metrics"),
    "test_set": _("Evaluation sets"),
    "signal": _("Signals watched"),
    "data_source": _("Data sources"),
    "component": _("Components"),
    "risk": _("Risks"),
    "safeguard": _("Safeguards"),
    "dependency": _("Dependencies"),
    "decision": _("Decisions"),
    "card": _("Cards"),
}
KINDS: dict[str, Any] = {
    "objective": _("Objective"),
    "deliverable": _("Deliverable"),
    "metric": _("Evaluation metric"),
    "test_set": _("Evaluation set"),
    "signal": _("Signal"),
    "data_source": _("Data source"),
    "component": _("Component"),
    "risk": _("Risk"),
    "safeguard": _("Safeguard"),
    "dependency": _("Dependency"),
    "decision": _("Decision"),
    "card": _("Card"),
}
WITHOUT: dict[str, Any] = {
    "metric": _("no evaluation metric would measure these any more:"),
    "deliverable": _("nothing that is handed over would serve these any more:"),
    "test_set": _("these would be measured on no evaluation set any more:"),
    "signal": _("no signal would watch these any more:"),
    "safeguard": _("no safeguard would stand against these any more:"),
    "data_source": _("these would have no data source any more:"),
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
