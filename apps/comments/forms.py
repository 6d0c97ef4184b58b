from uuid import UUID

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

TARGET = RegexValidator(
    r"^[a-z_]{1,40}:[A-Za-z0-9_-]{1,64}(?:/[a-z_]{1,40})?$", _("There is nothing of that name to comment on.")
)


class TargetForm(forms.Form):
    target = forms.CharField(max_length=120, validators=[TARGET])


class CommentForm(forms.Form):
    target = forms.CharField(max_length=120, validators=[TARGET], widget=forms.HiddenInput)
    quote = forms.CharField(
        label=_("About these words (optional)"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 2, "data-face": "doc", "data-quote": ""}),
    )
    body = forms.CharField(
        label=_("Comment"),
        max_length=4000,
        widget=forms.Textarea({"rows": 3, "data-grow": ""}),
        error_messages={"required": _("Write your comment first.")},
    )
    # What stands around the quoted words; the page fills it in, and nobody who types them needs it.
    before = forms.CharField(max_length=200, required=False, strip=False, widget=forms.HiddenInput)
    after = forms.CharField(max_length=200, required=False, strip=False, widget=forms.HiddenInput)


class ReplyForm(forms.Form):
    body = forms.CharField(
        label=_("Reply"),
        max_length=4000,
        widget=forms.Textarea({"rows": 2, "data-grow": ""}),
        error_messages={"required": _("Write your reply first.")},
    )


class LookForm(forms.Form):
    """Comments that stood on somebody's screen, separated by commas."""

    upto = forms.CharField(max_length=4000)

    def clean_upto(self) -> list[UUID]:
        try:
            return [UUID(key) for key in self.cleaned_data["upto"].split(",")]
        except ValueError:
            raise forms.ValidationError(_("There is no such comment.")) from None
