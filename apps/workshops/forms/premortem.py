"""Risks out of a pre-mortem, several at once and in mended words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from apps.workshops.forms.room import StepForm
from apps.workshops.kinds.premortem import APART, HIGHEST, TOP, Rated

LONGEST = 160


class OrderForm(forms.Form):
    order = forms.ChoiceField(choices=[(APART, APART), (HIGHEST, HIGHEST)])


class RateAgainForm(StepForm):
    thing = forms.RegexField(r"^(card|group):[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")


@dataclass(frozen=True)
class RiskRow:
    """The fields about one rated reason; the gravest ask for an owner, a first step and a reason to stop."""

    one: Rated
    rating: tuple[int, int]
    take: BoundField
    title: BoundField
    owner: BoundField | None
    mitigation: BoundField | None
    stop: BoundField | None


class RisksForm(forms.Form):
    """`cleaned_data["risks"]` lists what was ticked: the rated thing and the words of its risk."""

    def __init__(self, found: Sequence[Rated], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._found = {each.pk.hex: each for each in found}
        for place, (key, each) in enumerate(self._found.items()):
            self._ask(key, each, top=place < TOP)

    @property
    def rows(self) -> list[RiskRow]:
        return [RiskRow(each, each.spread.rating, *self._bound(key)) for key, each in self._found.items()]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        ticked = [(key, each) for key, each in self._found.items() if cleaned[f"take_{key}"]]
        if not ticked:
            raise forms.ValidationError(_("Tick at least one of them."))
        return {"risks": [(each.key, self._words(key, each)) for key, each in ticked]}

    def _ask(self, key: str, each: Rated, *, top: bool) -> None:
        self.fields[f"take_{key}"] = forms.BooleanField(required=False, initial=True)
        self.fields[f"title_{key}"] = forms.CharField(
            label=_("Risk"),
            max_length=LONGEST,
            initial=each.title[:LONGEST],
            widget=forms.TextInput({"data-face": "doc"}),
        )
        if top:
            self.fields[f"owner_{key}"] = forms.CharField(label=_("Owner"), max_length=120, required=False)
            self.fields[f"mitigation_{key}"] = forms.CharField(label=_("First step"), max_length=2000, required=False)
            self.fields[f"stop_{key}"] = forms.CharField(label=_("We stop when"), max_length=300, required=False)

    def _bound(self, key: str) -> tuple[Any, ...]:
        names = ("take", "title", "owner", "mitigation", "stop")
        return tuple(self[f"{name}_{key}"] if f"{name}_{key}" in self.fields else None for name in names)

    def _words(self, key: str, each: Rated) -> dict[str, Any]:
        likely, impact = each.spread.rating
        said = self.cleaned_data
        return {
            "title": said[f"title_{key}"],
            "cause": each.row.detail[:1000],
            "likelihood": likely,
            "impact": impact,
            "owner": said.get(f"owner_{key}", ""),
            "mitigation": said.get(f"mitigation_{key}", ""),
            "trigger": said.get(f"stop_{key}", ""),
        }
