"""Whom to ask, from when until when, and calling it off."""

from email.utils import getaddresses
from typing import Any

from django import forms
from django.core.validators import validate_email
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from apps.workshops.actions.invites import Asked
from apps.workshops.forms.room import Moment

MOST = 200


class InviteForm(forms.Form):
    """Exactly those who are ticked, and those whose address is typed.

    `cleaned_data` is what `actions.invite_people` takes.
    """

    people = forms.MultipleChoiceField(
        label=_("Who gets the invitation"), required=False, widget=forms.CheckboxSelectMultiple
    )
    more = forms.CharField(
        label=_("More people, one address a line"),
        help_text=_("An address, with a name before it if you like, as mail programs write it."),
        max_length=8000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    ahead = forms.BooleanField(label=_("Ask them to write something before the meeting"), required=False)

    show_mail = forms.BooleanField(label=_("Show my own e-mail address in the calendars of guests"), required=False)

    def __init__(self, *args: Any, offered: list[Asked], ahead: bool, mail: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {asked.email.lower(): asked for asked in offered}
        field: Any = self.fields["people"]
        field.choices = [(key, f"{asked.name}, {asked.email}") for key, asked in self.offered.items()]
        if not ahead:
            del self.fields["ahead"]
        if not mail:
            del self.fields["show_mail"]

    def clean_more(self) -> list[Asked]:
        lines = [line.strip().rstrip(",;") for line in self.cleaned_data["more"].splitlines() if line.strip()]
        if len(lines) > MOST:
            raise forms.ValidationError(_t("That is more than %(most)d people.") % {"most": MOST})
        return [_asked(line) for line in lines]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        people = {key: self.offered[key] for key in cleaned["people"]}
        people |= {asked.email.lower(): people.get(asked.email.lower(), asked) for asked in cleaned["more"]}
        if not people:
            raise forms.ValidationError(_t("Tick at least one person, or type an address."))
        ticked = {name: bool(cleaned.get(name)) for name in ("ahead", "show_mail")}
        return {"people": list(people.values()), **ticked}


class AroundForm(forms.Form):
    ahead_from = Moment(label=_("Input ahead opens"), required=False)
    after_until = Moment(label=_("Input stays open until"), required=False)


class CallOffForm(forms.Form):
    word = forms.CharField(
        label=_("A word to everybody"),
        help_text=_("Why, and what happens instead."),
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )


def _asked(line: str) -> Asked:
    """One line as a mail program writes it. Raises ValidationError for what is no address."""
    name, email = next(iter(getaddresses([line])), ("", ""))
    try:
        validate_email(email)
    except forms.ValidationError:
        raise forms.ValidationError(_t("“%(line)s” is no address.") % {"line": line[:80]}) from None
    return Asked(name=name or email.split("@")[0], email=email)
