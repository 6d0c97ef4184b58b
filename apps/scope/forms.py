from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.forms import DayField


class FreezeForm(forms.Form):
    decision = forms.CharField(
        label=_("What is being decided"),
        help_text=_("The sentence that people sign. Say what starts, with whom, and what it leaves out."),
        max_length=1200,
        widget=forms.Textarea(attrs={"rows": 4, "data-face": "doc", "data-grow": ""}),
        error_messages={"required": _("Say in a sentence or two what is being decided.")},
    )


class OverruleForm(forms.Form):
    reason = forms.CharField(
        label=_("Why you do it all the same"),
        help_text=_("Your name and this reason stand in the margin, on the page to sign and in the PDF."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "data-grow": "", "data-focus": True}),
        error_messages={"required": _("Give a reason. It stands beside your name.")},
    )


class WaiveForm(forms.Form):
    reason = forms.CharField(
        label=_("Why the team goes on without it"),
        help_text=_("Your name and this reason stand in the scope and in the PDF."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "data-grow": ""}),
        error_messages={"required": _("Give a reason. It stands beside your name.")},
    )
    until = DayField(label=_("Until"), help_text=_("After this day it asks again. Empty: for good."), required=False)
    also = forms.MultipleChoiceField(
        label=_("The same reason goes for"), required=False, widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("One of these is gone: somebody mended it. Tick again.")},
    )  # fmt: skip

    def __init__(self, *args: Any, alike: Iterable[tuple[str, str]] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        choices = list(alike)
        if choices:
            self.fields["also"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["also"]
