from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.core.forms import DayField, VersionField
from apps.projects.forms import NumberField
from apps.projects.models import Objective, Project
from apps.projects.queries import objectives
from apps.results import formula
from apps.results.models import Benefit, Measurement


class ValueForm(forms.Form):
    value = NumberField(label=_("Measured"))
    day = DayField(label=_("On"), initial=timezone.localdate)
    source = forms.CharField(
        label=_("Where it comes from"), max_length=200, help_text=_("The report, the sample, the survey.")
    )
    remark = forms.CharField(label=_("Remark"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"].required = True


class CorrectValueForm(ValueForm):
    version = VersionField()

    @classmethod
    def of(cls, data: Any, measurement: Measurement) -> "CorrectValueForm":
        return cls(data, initial={name: getattr(measurement, name) for name in cls.base_fields})


class BenefitForm(forms.Form):
    title = forms.CharField(
        label=_("What gets better"), max_length=160, help_text=_("Time of agents saved on the eleven topics"),
        widget=forms.TextInput(attrs={"data-face": "doc", "data-focus": True}),
    )  # fmt: skip
    formula = forms.CharField(
        label=_("How it adds up in a year"), max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5, "data-face": "doc", "data-grow": True}),
        help_text=_("One factor a line: a number, then what it counts. Begin a line with ÷ to divide."),
    )  # fmt: skip
    unit = forms.CharField(label=_("Unit of the result"), max_length=20, initial="€")
    objective = forms.ModelChoiceField(
        queryset=Objective.objects.none(), label=_("Belongs to"), required=False, empty_label=_("no objective")
    )
    owner = forms.CharField(
        label=_("Owner"), max_length=120, required=False, help_text=_("Who answers for the figure.")
    )
    assumptions = forms.CharField(
        label=_("Assumptions"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 3, "data-face": "doc", "data-grow": True}),
        help_text=_("What must hold for it to be true."),
    )  # fmt: skip

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["objective"].queryset = objectives(project)  # type: ignore[attr-defined]

    def clean_formula(self) -> str:
        words: str = self.cleaned_data["formula"]
        try:
            formula.result(formula.read(words))
        except formula.Unreadable as why:
            raise forms.ValidationError(str(why)) from why
        return words


class ChangeBenefitForm(BenefitForm):
    version = VersionField()

    @classmethod
    def of(cls, data: Any, benefit: Benefit) -> "ChangeBenefitForm":
        initial = {name: getattr(benefit, name) for name in cls.base_fields}
        return cls(data, initial=initial, project=benefit.project)
