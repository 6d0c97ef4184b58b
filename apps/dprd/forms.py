from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.core.forms import VersionField
from apps.dprd import past
from apps.dprd.enums import Key, State, Way
from apps.dprd.models import LONGEST, ConflictCopy, Section
from apps.projects.models import Project
from apps.projects.sections import all_sections


class SendingKeyField(forms.CharField):
    """Names one sending, so that sending it twice is harmless."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=64, **kwargs)


def new_key() -> str:
    return str(uuid4())


class ProseForm(forms.Form):
    text = forms.CharField(
        label=_("Text"),
        required=False,
        strip=False,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 8, "data-grow": "", "data-face": "doc", "data-focus": "", "spellcheck": "true"}),
        error_messages={"max_length": _("This is longer than a section can be (200,000 characters).")},
    )
    base_version = VersionField()
    base_key = SendingKeyField(required=False)
    client_key = SendingKeyField()
    resolves = forms.ModelMultipleChoiceField(
        queryset=ConflictCopy.objects.none(), required=False, widget=forms.MultipleHiddenInput
    )

    def __init__(self, section: Section, sent: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        start = {"text": section.text, "base_version": section.version, "client_key": new_key()}
        super().__init__(sent, initial=start | (initial or {}))
        if section.is_stored:
            self.fields["resolves"].queryset = section.conflicts.all()  # type: ignore[attr-defined]
        self.fields["text"].widget.attrs["aria-label"] = section.title


class PreviewForm(forms.Form):
    text = forms.CharField(required=False, strip=False, max_length=LONGEST)


class StateForm(forms.Form):
    state = forms.ChoiceField(label=_("State"), choices=State)
    was = forms.ChoiceField(choices=State, widget=forms.HiddenInput)

    def __init__(self, section: Section, sent: Any = None) -> None:
        super().__init__(sent, prefix=section.key, initial={"state": section.state, "was": section.state})


class OwnerForm(forms.Form):
    owner = forms.ModelChoiceField(
        label=_("Owner"), queryset=User.objects.none(), required=False, empty_label=_("nobody")
    )
    was = forms.ModelChoiceField(queryset=User.objects.all(), required=False, widget=forms.HiddenInput)

    def __init__(self, section: Section, sent: Any = None) -> None:
        super().__init__(sent, prefix=section.key, initial={"owner": section.owner_id, "was": section.owner_id})
        members = User.objects.filter(memberships__project=section.project)
        self.fields["owner"].queryset = members.order_by("name")  # type: ignore[attr-defined]


class SettleForm(forms.Form):
    keep = forms.ChoiceField(choices=[(way.value, way.label) for way in (Way.BOTH, Way.MINE, Way.THEIRS)])
    client_key = SendingKeyField()


class RestoreForm(forms.Form):
    version = VersionField()
    client_key = SendingKeyField()


class CompareForm(forms.Form):
    """Which two revisions to compare, and which page of them is open; anything else in the address is ignored."""

    to = forms.UUIDField(required=False)
    since = forms.UUIDField(required=False)
    page = forms.IntegerField(required=False, min_value=1, max_value=100_000)


class PresenceForm(forms.Form):
    client = forms.CharField(max_length=64)
    section = forms.CharField(max_length=40, required=False)
    typing = forms.BooleanField(required=False)
    leave = forms.BooleanField(required=False)

    def clean_section(self) -> str:
        section = self.cleaned_data["section"]
        return section if section in {registered.key for registered in all_sections()} else ""


class ToldForm(forms.Form):
    """What of the project's history is asked for; anything else in the address is ignored."""

    section = forms.ChoiceField(label=_("Section"), required=False)
    person = forms.ModelChoiceField(
        label=_("Person"), queryset=User.objects.none(), required=False, empty_label=_("everybody")
    )
    page = forms.IntegerField(required=False, min_value=1, max_value=100_000, widget=forms.HiddenInput)

    def __init__(self, project: Project, asked: Any) -> None:
        super().__init__(asked)
        self.fields["section"].choices = [("", _("all sections")), *Key.choices]  # type: ignore[attr-defined]
        self.fields["person"].queryset = past.writers(project)  # type: ignore[attr-defined]

    def clean_person(self) -> str:
        return str(self.cleaned_data["person"].pk) if self.cleaned_data["person"] else ""


class SinceForm(forms.Form):
    version = VersionField(required=False)


class SeenForm(forms.Form):
    version = VersionField()


class WhereForm(forms.Form):
    """The words that a reader selected, and which of several equal places they stand in."""

    quote = forms.CharField(max_length=5000, required=False)
    nth = forms.IntegerField(required=False, min_value=0, max_value=10_000)


class SuggestForm(forms.Form):
    text = forms.CharField(
        label=_("The words as you would have them"),
        required=False,
        strip=False,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 4, "data-grow": "", "data-face": "doc", "data-focus": ""}),
    )
    why = forms.CharField(label=_("Why"), max_length=500, required=False)
    base_version = VersionField()
    start = forms.IntegerField(min_value=0, max_value=LONGEST, widget=forms.HiddenInput)
    end = forms.IntegerField(min_value=0, max_value=LONGEST, widget=forms.HiddenInput)


class AcceptEditedForm(forms.Form):
    text = forms.CharField(
        label=_("Text"),
        required=False,
        strip=False,
        max_length=LONGEST,
        widget=forms.Textarea(
            {"rows": 10, "data-grow": "", "data-face": "doc", "data-focus": "", "spellcheck": "true"}
        ),
    )
    base_version = VersionField()


class DeclineForm(forms.Form):
    word = forms.CharField(
        label=_("A word to who suggested it"),
        max_length=500,
        widget=forms.TextInput({"data-focus": ""}),
        error_messages={"required": _("Say why, in a word: they took the trouble to suggest it.")},
    )
