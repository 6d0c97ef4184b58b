from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.forms import DayField, KeyField, VersionField


class SettleForm(forms.Form):
    """Who looks after something, and by when."""

    owner = forms.CharField(
        label=_("Who"), max_length=120, widget=forms.TextInput({"list": "names", "autocomplete": "off"})
    )
    due = DayField(label=_("By"))


class ActionForm(SettleForm):
    text = forms.CharField(label=_("What"), max_length=300)
    key = KeyField()

    field_order = ["text", "owner", "due"]


class ChangeActionForm(SettleForm):
    text = forms.CharField(label=_("What"), max_length=300)
    version = VersionField()

    field_order = ["text", "owner", "due"]


class DropForm(forms.Form):
    why = forms.CharField(label=_("Why it is dropped"), max_length=300)
