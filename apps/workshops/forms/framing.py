from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.forms import VersionField
from apps.workshops.enums import Shape
from apps.workshops.forms.base import AnswerForm
from apps.workshops.forms.room import tidy_text
from apps.workshops.models import MAX_CARD

SCALE = [(n, str(n)) for n in range(1, 6)]


def whole(value: Any) -> int:
    return int(value)


class ClarityForm(AnswerForm):
    """How clear the problem is, from 1 to 5."""

    clarity = forms.TypedChoiceField(
        label=_("How clear is it, from 1 to 5?"),
        choices=SCALE,
        coerce=whole,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a number from 1 to 5.")},
    )

    VALUE = ("clarity",)
    IDS = "answer-%s"


class ObjectionForm(ClarityForm):
    """The same with one objection, which becomes a card without a name."""

    text = forms.CharField(
        label=_("What is wrong or missing? One thing."),
        max_length=MAX_CARD,
        required=False,
        widget=forms.Textarea({"rows": 2, "data-grow": True, "data-face": "doc"}),
    )

    def clean_text(self) -> str:
        return tidy_text(self.cleaned_data["text"])


class FitForm(AnswerForm):
    """What the problem wants, and why."""

    shape = forms.ChoiceField(
        label=_("What does this problem want?"),
        choices=Shape.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the four.")},
    )
    text = forms.CharField(
        label=_("Because"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 2, "data-grow": True, "data-face": "doc"}),
    )

    VALUE = ("shape",)
    IDS = "answer-%s"
    DRAFTS = ("text",)

    def clean_text(self) -> str:
        return tidy_text(self.cleaned_data["text"])


class StatementForm(forms.Form):
    """The problem in words. `replace` is the version of other words that this person has seen and drops."""

    text = forms.CharField(
        label=_("The problem, without its solution"),
        max_length=MAX_CARD,
        required=False,
        widget=forms.Textarea({"rows": 5, "data-grow": True, "data-face": "doc"}),
    )
    version = VersionField()
    replace = VersionField(required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        version = cleaned["replace"] or cleaned["version"]
        return {"text": tidy_text(cleaned["text"]), "version": version}


class KeepForm(forms.Form):
    """Write the statement into the project that was on the screen."""

    version = VersionField()
