"""Consent: what to decide, and what people say to it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.core.forms import DayField
from apps.workshops.enums import Consent
from apps.workshops.forms.base import AnswerForm, ItemForm
from apps.workshops.forms.room import MoveForm, StepForm

REASONS = {Consent.CONCERN: "concern", Consent.OBJECT: "objection"}


class ConsentFields(forms.Form):
    """One of three; who doubts says why. Each reason stands inside its choice."""

    choice = forms.ChoiceField(
        label=_("Your answer"), choices=Consent.choices, error_messages={"required": _("Choose one of the three.")}
    )
    concern = forms.CharField(label=_("Your concern"), max_length=2000, required=False, widget=forms.Textarea)
    objection = forms.CharField(label=_("Your reason"), max_length=2000, required=False, widget=forms.Textarea)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        field = REASONS.get(cleaned.get("choice", ""))
        if field == "concern" and not cleaned.get(field):
            self.add_error(field, _("Write your concern, so that it goes on record with the decision."))
        if field == "objection" and not cleaned.get(field):
            self.add_error(field, _("Write why it would do harm. An objection without a reason cannot be answered."))
        return {**cleaned, "text": cleaned.get(field, "") if field else ""}


class ConsentForm(AnswerForm, ConsentFields):
    VALUE = ("choice",)

    def clean(self) -> dict[str, Any]:
        said = ConsentFields.clean(self)
        if self.errors:
            return said
        about = {name: said[name] for name in ("activity", "target", "item")}
        return {**about, "value": {"choice": said["choice"]}, "text": said["text"]}

    def refill(self, block: dict[str, Any]) -> None:
        for row in block.get("rows", []):
            row.said = {name: self.data.get(name, "") for name in ("choice", "concern", "objection")}
            row.errors = {name: words[0] for name, words in self.errors.items()}


class VoiceForm(ConsentFields):
    """The same from somebody who was not there."""

    @property
    def row(self) -> dict[str, dict[str, Any]]:
        """What the three answers show: what was said or typed, and what is wrong with it."""
        said = {name: self[name].value() or "" for name in self.fields}
        return {"said": said, "errors": {name: words[0] for name, words in self.errors.items()}}

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        return said if self.errors else {"choice": said["choice"], "text": said["text"]}


class ProposalForm(ItemForm):
    text = forms.CharField(
        label=_("Proposal"),
        max_length=1000,
        help_text=_("One sentence that can be agreed to."),
        widget=forms.Textarea({"rows": 2, "data-face": "doc", "data-grow": True}),
    )
    who = forms.CharField(label=_("From"), max_length=60, required=False)

    DETAILS = ("who",)


class AbsentFields(forms.Form):
    """Who was not there may answer until a day."""

    absent = forms.TypedMultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    until = DayField(label=_("Until the end of"), required=False)

    def __init__(self, *args: Any, members: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["absent"].choices = [(str(user.pk), user.name or user.email) for user in members]  # type: ignore[attr-defined]
        self._keys = {str(user.pk): user.pk for user in members}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        if cleaned["absent"] and not cleaned["until"]:
            self.add_error("until", _("Until when may they answer?"))
        elif cleaned["absent"] and cleaned["until"] < timezone.localdate():
            self.add_error("until", _("That day is over. Choose a later one."))
        return {**cleaned, "absent": [self._keys[key] for key in cleaned["absent"]]}


class CloseProposalForm(AbsentFields):
    """The host closes it by hand."""


class MoveOnForm(AbsentFields, MoveForm):
    """The room goes on, and a proposal that is open closes with that."""


class EndForm(AbsentFields, StepForm):
    """The same at the end."""


class HandOnForm(forms.Form):
    """Not decided: who looks after it, by when."""

    owner = forms.CharField(label=_("Who"), max_length=120)
    due = DayField(label=_("By"))
