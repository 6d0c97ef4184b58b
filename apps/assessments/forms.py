from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.assessments.enums import Reply, Verdict
from apps.assessments.triage import Catalog
from apps.core.forms import VersionField
from apps.tables.declared import register

LANDS = ("deliverables", "dependencies", "safeguards", "decisions")
"""The registers that take in what follows from a question of the company's own."""


def _landings() -> list[tuple[str, Any]]:
    return [(key, register(key).title) for key in LANDS]


class TriageForm(forms.Form):
    """One choice a question; what is left out stays open."""

    version = VersionField()

    def __init__(self, *args: Any, asked: Catalog, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        for question in asked.asked.values():
            self.fields[question.key] = forms.ChoiceField(
                label=question.ask,
                help_text=question.help,
                choices=Reply.choices,
                required=False,
                widget=forms.RadioSelect,
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        answers = {key: cleaned[key] for key in self.asked.keys if cleaned.get(key)}
        return {"answers": answers, "version": cleaned.get("version")}

    def groups(self) -> list[tuple[Any, list[Any]]]:
        """The questions as they are asked, group by group."""
        return [(group, [self[question.key] for question in group.questions]) for group in self.asked.groups]


class EditionForm(forms.Form):
    version = VersionField()


class QuestionForm(forms.Form):
    """A question of the company's own."""

    ask = forms.CharField(
        label=_("Question"), max_length=300, help_text=_("So that yes means: something has to be done.")
    )
    help = forms.CharField(label=_("What it means"), max_length=300, required=False)
    follows = forms.CharField(
        label=_("What follows from yes"), max_length=200, help_text=_("As a project takes it into its scope.")
    )
    lands = forms.ChoiceField(label=_("It goes to"), choices=_landings)


class VerdictForm(forms.Form):
    verdict = forms.ChoiceField(label=_("Outcome"), choices=Verdict.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("Conditions, or why"), max_length=2000, required=False, widget=forms.Textarea({"rows": 3})
    )
    version = VersionField()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("verdict") in (Verdict.CONDITIONS, Verdict.REJECT) and not cleaned.get("words"):
            self.add_error("words", _("Say which conditions, or why not."))
        return cleaned


class LandingForm(forms.Form):
    lands = forms.CharField(max_length=40, widget=forms.HiddenInput)


class DutyForm(forms.Form):
    key = forms.CharField(max_length=40, widget=forms.HiddenInput)
