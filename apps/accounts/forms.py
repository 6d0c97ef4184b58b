from typing import Any
from zoneinfo import available_timezones

from allauth.account.forms import RequestLoginCodeForm
from allauth.core import context
from django import forms
from django.utils.translation import gettext_lazy as _

from apps.accounts.links import addressee


class SetUpForm(forms.Form):
    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput({"autocomplete": "name"}))
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("You sign in with a code that we send there."),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )


class ProfileForm(forms.Form):
    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput({"autocomplete": "name"}))
    time_zone = forms.ChoiceField(
        label=_("Time zone"), choices=[(zone, zone.replace("_", " ")) for zone in sorted(available_timezones())]
    )
    theme = forms.ChoiceField(
        label=_("Appearance"),
        required=False,
        choices=[("", _("As the device")), ("light", _("Light")), ("dark", _("Dark"))],
    )


class ZoneForm(forms.Form):
    time_zone = forms.CharField(max_length=64)
    language = forms.CharField(max_length=12, required=False)


class CodeForm(RequestLoginCodeForm):
    """Asks for an address; whoever comes from a mail of ours finds theirs filled in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if person := addressee(context.request.GET.get("next", "")):
            self.fields["email"].initial = person.email
