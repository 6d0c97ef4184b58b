from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.assessments import triage
from apps.assessments.enums import Reply, Verdict
from apps.core.forms import VersionField


class TriageForm(forms.Form):
    """One choice a question; what is left out stays open."""

    version = VersionField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for group in triage.catalog().groups:
            for question in group.questions:
                self.fields[question.key] = forms.ChoiceField(
                    label=question.ask,
                    help_text=question.help,
                    choices=Reply.choices,
                    required=False,
                    widget=forms.RadioSelect,
                )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        answers = {key: cleaned[key] for key in triage.catalog().keys if cleaned.get(key)}
        return {"answers": answers, "version": cleaned.get("version")}

    def groups(self) -> list[tuple[Any, list[Any]]]:
        """The questions as they are asked, group by group."""
        return [(group, [self[question.key] for question in group.questions]) for group in triage.catalog().groups]


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


class DutyForm(forms.Form):
    key = forms.CharField(max_length=40, widget=forms.HiddenInput)
