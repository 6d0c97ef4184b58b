from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.core.forms import DayField


class AskForm(forms.Form):
    """Whom to ask, as what, in which order."""

    signers = forms.ModelMultipleChoiceField(
        queryset=User.objects.none(),
        label=_("Who signs"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one person.")},
    )
    role = forms.CharField(
        label=_("They sign as"),
        help_text=_("Empty: as what they are in the register, for example sponsor."),
        max_length=120,
        required=False,
    )
    step = forms.IntegerField(
        label=_("Order"),
        help_text=_("Who has the same number may sign in any order; 2 is asked when every 1 has signed."),
        min_value=1,
        max_value=20,
        initial=1,
    )
    due = DayField(label=_("By"), required=False)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signers"].queryset = people  # type: ignore[attr-defined]


class SignForm(forms.Form):
    code = forms.CharField(
        label=_("1. The code we sent you"),
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "maxlength": "12", "pattern": "[0-9 ]*"}
        ),
        max_length=12,
        error_messages={"required": _("Type the six digits from the mail.")},
    )
    name = forms.CharField(
        label=_("2. Your name, as you sign"),
        widget=forms.TextInput(attrs={"autocomplete": "name", "data-face": "doc"}),
        max_length=120,
        error_messages={"required": _("Type your name.")},
    )
    agreed = forms.BooleanField(required=True, error_messages={"required": _("Tick that you have read the baseline.")})

    def clean_code(self) -> str:
        digits = "".join(self.cleaned_data["code"].split())
        if not (digits.isdecimal() and digits.isascii() and len(digits) == 6):
            raise forms.ValidationError(_("The code has six digits."))
        return digits


class DeclineForm(forms.Form):
    reason = forms.CharField(
        label=_("Why you do not sign"),
        help_text=_("The host reads it, and it stays with this baseline."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "data-face": "doc", "data-grow": ""}),
        error_messages={"required": _("Say why, so that it can be mended.")},
    )
