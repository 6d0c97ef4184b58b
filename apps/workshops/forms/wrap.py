from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.workshops.forms.base import AnswerForm
from apps.workshops.forms.framing import SCALE, whole
from apps.workshops.forms.room import tidy_text


class WrapForm(AnswerForm):
    """Is the recap right, and was it worth the time?"""

    recorded = forms.ChoiceField(
        label=_("Is it recorded correctly?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say yes, or no and what is wrong.")},
    )
    text = forms.CharField(
        label=_("What is wrong?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 2, "data-grow": True, "data-face": "doc"}),
    )
    worth = forms.TypedChoiceField(
        label=_("Was it worth the time, from 1 to 5?"),
        choices=SCALE,
        coerce=whole,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )

    VALUE = ("recorded", "worth")
    IDS = "answer-%s"

    def clean_text(self) -> str:
        return tidy_text(self.cleaned_data["text"])

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("recorded") == "no" and not said.get("text"):
            self.add_error("text", _("Say in a few words what is wrong, so that it can be mended."))
        return super().clean()
