from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.forms import DayField, VersionField
from apps.risks import catalog
from apps.risks.enums import Impact, Likelihood, Response, State
from apps.risks.models import Risk

LIVE = [choice for choice in State.choices if choice[0] != State.CLOSED]


def words(rows: int = 2) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "data-face": "doc", "data-grow": True})


def rating(label: Any, choices: Any, **more: Any) -> forms.TypedChoiceField:
    """One to five with its word; empty is None."""
    numbered: list[tuple[Any, Any]] = [("", _("not rated")), *((value, f"{value} {word}") for value, word in choices)]
    return forms.TypedChoiceField(label=label, choices=numbered, coerce=int, empty_value=None, required=False, **more)


class RiskForm(forms.Form):
    title = forms.CharField(
        label=_("Risk"), max_length=160, widget=forms.TextInput(attrs={"data-face": "doc", "data-focus": True}),
        help_text=_("What might happen, in a few words."),
    )  # fmt: skip
    cause = forms.CharField(label=_("Because"), max_length=1000, required=False, widget=words())
    event = forms.CharField(label=_("it happens that"), max_length=1000, required=False, widget=words())
    consequence = forms.CharField(label=_("so that"), max_length=1000, required=False, widget=words())
    category = forms.CharField(label=_("Category"), max_length=40, required=False)
    likelihood = rating(
        _("Likelihood"),
        Likelihood.choices,
        help_text=_("As things are today. Leave both empty until somebody can judge."),
    )
    impact = rating(_("Impact"), Impact.choices)
    response = forms.ChoiceField(label=_("Response"), choices=Response.choices, initial=Response.REDUCE)
    mitigation = forms.CharField(label=_("What is done about it"), max_length=2000, required=False, widget=words(3))
    mitigation_due = DayField(label=_("By"), required=False)
    residual_likelihood = rating(_("Likelihood after"), Likelihood.choices)
    residual_impact = rating(_("Impact after"), Impact.choices)
    owner = forms.CharField(
        label=_("Owner"), max_length=120, required=False, widget=forms.TextInput(attrs={"list": "people"}),
        help_text=_("Who answers for it. One name."),
    )  # fmt: skip
    state = forms.ChoiceField(label=_("State"), choices=LIVE, initial=State.OPEN)
    trigger = forms.CharField(
        label=_("Early sign"), max_length=300, required=False, help_text=_("What one would see first.")
    )

    def __init__(self, data: Any = None, *, people: Iterable[str] = (), **more: Any) -> None:
        super().__init__(data, **more)
        self.people = list(people)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        self._rate_both("likelihood", "impact", _("Rate both likelihood and impact, or neither."))
        self._rate_both("residual_likelihood", "residual_impact", _("Rate both after mitigation, or neither."))
        if found.get("residual_impact") and not found.get("impact") and not self.errors:
            self.add_error("likelihood", _("Rate it as it is today first, then after mitigation."))
        return found

    def _rate_both(self, likelihood: str, impact: str, words: Any) -> None:
        """A field that was refused for itself has its own words."""
        found = self.cleaned_data
        if likelihood in found and impact in found and (found[likelihood] is None) != (found[impact] is None):
            self.add_error(impact if found[impact] is None else likelihood, words)


class ChangeRiskForm(RiskForm):
    version = VersionField()

    @classmethod
    def of(cls, data: Any, risk: Risk, people: Iterable[str]) -> "ChangeRiskForm":
        initial = {name: getattr(risk, name) for name in cls.base_fields}
        form = cls(data, people=people, initial=initial)
        if risk.is_closed:
            form.fields["state"].choices = State.choices  # type: ignore[attr-defined]
        if risk.rating is None and (usual := catalog.usual(risk.catalog_id)):
            said = {"likely": Likelihood(usual[0]).label, "grave": Impact(usual[1]).label}
            form.fields["likelihood"].help_text = _("The catalog says: usually “%(likely)s” and “%(grave)s”. Judge your own.") % said  # fmt: skip
        return form


class CloseRiskForm(forms.Form):
    note = forms.CharField(
        label=_("Why it is closed"), max_length=1000, widget=words(),
        help_text=_("It can no longer happen, or it did and is dealt with."),
    )  # fmt: skip
    version = VersionField()
