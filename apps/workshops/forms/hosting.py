"""What hosts send about the people in the room."""

from django import forms
from django.utils.translation import gettext_lazy as _


class YesNo(forms.TypedChoiceField):
    """A button that says on or off."""

    def __init__(self) -> None:
        super().__init__(choices=[("1", "on"), ("0", "off")], coerce=lambda value: value == "1")


class LockForm(forms.Form):
    locked = YesNo()


class HostForm(forms.Form):
    host = YesNo()


class RenameSeatForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=60)

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())
