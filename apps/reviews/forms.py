from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.core.forms import DayField, DayInput, VersionField
from apps.projects.models import Membership
from apps.projects.sections import all_sections
from apps.reviews.enums import NEEDS_WORDS, Answer, Asked
from apps.reviews.models import Response

NOT_ASKED = [("", _("not asked")), *Asked.choices]
A_WEEK = timedelta(days=7)


def _sections() -> list[tuple[str, Any]]:
    return [(section.key, section.title) for section in all_sections()]


def _in_a_week() -> Any:
    """A week from today; from a weekend to the Friday before."""
    day = timezone.localdate() + A_WEEK
    return day - timedelta(days=max(0, day.weekday() - 4))


class RoundForm(forms.Form):
    """A new round. Cleans to what `open_round` takes: `people` are pairs of person and what they are asked."""

    title = forms.CharField(label=_("Title"), max_length=120, required=False)
    note = forms.CharField(
        label=_("What they should look at"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 3, "data-grow": ""}),
    )
    due = DayField(label=_("Answers by"), initial=_in_a_week)
    sections = forms.MultipleChoiceField(
        label=_("Sections"),
        choices=_sections,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one section.")},
    )

    def __init__(self, posted: Any, *, members: Iterable[Membership], me: Any) -> None:
        super().__init__(posted, initial={"sections": [key for key, _title in _sections()]})
        self.members = list(members)
        for member in self.members:
            self.fields[f"ask-{member.user_id}"] = forms.ChoiceField(
                label=str(member.user),
                choices=NOT_ASKED,
                required=False,
                initial="" if member.user_id == me.pk else Asked.COMMENT,
            )

    def people(self) -> list[tuple[Membership, Any]]:
        """Members and the field that says what each is asked."""
        return [(member, self[f"ask-{member.user_id}"]) for member in self.members]

    @property
    def count(self) -> int:
        return sum(bool(asked.value()) for _member, asked in self.people())

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        people = [(member.user, asked) for member in self.members if (asked := found.pop(f"ask-{member.user_id}", ""))]
        if not people:
            self.add_error(None, _("Choose at least one person to ask."))
        return {**found, "people": people}


class AnswerForm(forms.Form):
    """An answer to one section, as a draft: words may still be missing."""

    answer = forms.ChoiceField(choices=Answer.choices, required=False, widget=forms.RadioSelect)
    text = forms.CharField(max_length=4000, required=False)
    version = VersionField()

    @classmethod
    def of(cls, response: Response, posted: Any = None) -> "AnswerForm":
        """The fields carry the section in their names, so that one page can hold many."""
        initial = {"answer": response.answer, "text": response.text, "version": response.version}
        return cls(posted, initial=initial, prefix=response.section)

    def picked(self) -> str:
        return self["answer"].value() or ""


class SentForm(AnswerForm):
    """An answer on its way to the table."""

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if found.get("answer") in NEEDS_WORDS and not found.get("text", "").strip():
            words = {
                Answer.RESERVATIONS: _("Say what your reservation is."),
                Answer.OBJECT: _("Say what you object to."),
            }
            self.add_error("text", words[Answer(found["answer"])])
        return found


class DueForm(forms.Form):
    due = DayField(label=_("Answers by"), widget=DayInput({"data-focus": ""}))
    version = VersionField()


class VersionForm(forms.Form):
    version = VersionField()
