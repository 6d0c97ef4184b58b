from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.forms import KeyField, VersionField, within_reach
from apps.workshops import codes
from apps.workshops.agenda import MAX_DOTS
from apps.workshops.enums import Phase, Template
from apps.workshops.models import MAX_CARD


class Moment(forms.SplitDateTimeField):
    """A day and a time in the reader's own zone."""

    def __init__(self, **kwargs: Any) -> None:
        day: dict[str, Any] = {"type": "date", "aria-label": _("Day")}
        time: dict[str, Any] = {"type": "time", "step": "300", "aria-label": _("Time")}
        widget = forms.SplitDateTimeWidget(date_attrs=day, time_attrs=time, date_format="%Y-%m-%d", time_format="%H:%M")
        super().__init__(widget=widget, validators=[within_reach], **kwargs)


class CreateWorkshopForm(forms.Form):
    """`own`: the agendas that the company saved, offered behind those of the product."""

    template = forms.ChoiceField(
        label=_("Start from"), choices=Template.choices, initial=Template.SCOPING, widget=forms.RadioSelect
    )
    title = forms.CharField(label=_("Title"), max_length=120, initial=_("Scoping workshop"))
    purpose = forms.CharField(
        label=_("What people will know at the end"),
        help_text=_("One or two sentences. Everybody reads them in the waiting room."),
        max_length=600,
        required=False,
        widget=forms.Textarea({"rows": 3, "data-face": "doc"}),
    )
    scheduled_at = Moment(label=_("Starts"), required=False)

    def __init__(self, *args: Any, own: list[tuple[str, str]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["template"]
        field.choices = [*Template.choices, *(own or [])]


class ChangeWorkshopForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=120)
    purpose = forms.CharField(
        label=_("What people will know at the end"),
        max_length=600,
        required=False,
        widget=forms.Textarea({"rows": 3, "data-face": "doc"}),
    )
    scheduled_at = Moment(label=_("Starts"), required=False)
    minutes = forms.IntegerField(label=_("Minutes there are"), min_value=5, max_value=600)
    version = VersionField()


class StepForm(forms.Form):
    """The step that the host was looking at when pressing."""

    step = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class MoveForm(StepForm):
    activity = forms.UUIDField(widget=forms.HiddenInput)
    phase = forms.ChoiceField(choices=Phase.choices, widget=forms.HiddenInput)


class TimeForm(forms.Form):
    minutes = forms.TypedChoiceField(choices=[("1", "1"), ("3", "3")], coerce=int)


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Six characters"),
        max_length=20,
        help_text=_("Capitals do not matter. You can paste it."),
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "autofocus": True}
        ),
    )

    def clean_code(self) -> str:
        code = codes.tidy(self.cleaned_data["code"])
        if len(code) != codes.LENGTH:
            raise forms.ValidationError(_("The code has six characters, letters and digits."))
        return code


class NameForm(forms.Form):
    name = forms.CharField(
        label=_("Your name, as the others know you"),
        max_length=60,
        widget=forms.TextInput({"autocomplete": "name", "enterkeyhint": "go"}),
    )
    key = forms.CharField(min_length=32, max_length=64, widget=forms.HiddenInput)

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())


class GuestAddressForm(forms.Form):
    email = forms.EmailField(label=_("E-mail address"), max_length=254)


class AddressForm(forms.Form):
    email = forms.EmailField(
        label=_("Where may the recap go?"), max_length=254, widget=forms.EmailInput({"autocomplete": "email"})
    )


class CardForm(forms.Form):
    """`text` keeps its line breaks; one browser line break is one character."""

    text = forms.CharField(
        max_length=MAX_CARD, widget=forms.Textarea({"rows": 2, "data-grow": True, "enterkeyhint": "done"})
    )
    activity = forms.UUIDField(widget=forms.HiddenInput)
    prompt = forms.CharField(max_length=20, widget=forms.HiddenInput)
    key = KeyField()

    def clean_text(self) -> str:
        return tidy_text(self.cleaned_data["text"])


class ChangeCardForm(forms.Form):
    text = forms.CharField(
        label=_("Your card"), max_length=MAX_CARD, widget=forms.Textarea({"rows": 2, "data-grow": True})
    )
    version = VersionField()

    def clean_text(self) -> str:
        return tidy_text(self.cleaned_data["text"])


class ParkForm(forms.Form):
    text = forms.CharField(label=_("For later"), max_length=MAX_CARD)
    key = KeyField()


class DotsForm(forms.Form):
    target = forms.ChoiceField(choices=[("card", "card"), ("group", "group")], widget=forms.HiddenInput)
    item = forms.UUIDField(widget=forms.HiddenInput)
    dots = forms.IntegerField(min_value=0, max_value=MAX_DOTS, widget=forms.HiddenInput)


class ReadyForm(StepForm):
    ready = forms.TypedChoiceField(choices=[("1", "done"), ("0", "not yet")], coerce=lambda value: value == "1")


class GroupForm(forms.Form):
    name = forms.CharField(label=_("Name of the group"), max_length=80)


class RenameGroupForm(GroupForm):
    version = VersionField()


class RegroupForm(forms.Form):
    """Into which group; empty takes the card out of any."""

    group = forms.UUIDField(required=False)


class RecapForm(forms.Form):
    """Exactly those who were shown and ticked."""

    recipients = forms.TypedMultipleChoiceField(label=_("Who gets the recap"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, seats: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["recipients"]
        field.choices = [(str(seat.pk), seat.name) for seat in seats if seat.address]  # type: ignore[attr-defined]
        field.error_messages["required"] = _("Tick at least one person.")

    def clean_recipients(self) -> list[Any]:
        return [forms.UUIDField().clean(value) for value in self.cleaned_data["recipients"]]


def tidy_text(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
