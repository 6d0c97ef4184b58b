from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.workshops.forms.base import AnswerForm


class CheckinForm(AnswerForm):
    """Who somebody is here, and one word."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=60,
        required=False,
        widget=forms.TextInput({"autocomplete": "name", "data-mine": "seatName"}),
    )
    title = forms.CharField(
        label=_("Your part in this"),
        help_text=_("Pick one, or say it in your words: “agent, on the phone Monday to Wednesday”."),
        max_length=60,
        required=False,
        widget=forms.TextInput({"list": "parts", "autocomplete": "off", "data-mine": "seatTitle"}),
    )
    word = forms.CharField(
        label=_("How do you come in? One word."),
        max_length=40,
        widget=forms.TextInput({"data-face": "doc", "autocomplete": "off", "enterkeyhint": "send"}),
    )

    VALUE = ("name", "title", "word")
    IDS = "answer-%s"
    DRAFTS = ("title", "word")

    def clean_name(self) -> str:
        return _one_line(self.cleaned_data["name"])

    def clean_title(self) -> str:
        return _one_line(self.cleaned_data["title"])

    def clean_word(self) -> Any:
        return _one_line(self.cleaned_data["word"])


def _one_line(text: str) -> str:
    return " ".join(text.split())
