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
from apps.reviews.queries import Plan

NOT_ASKED = [("", _("not asked")), *Asked.choices]
A_WEEK = timedelta(days=7)


def _sections() -> list[tuple[str, Any]]:
    return [(section.key, section.title) for section in all_sections()]


def _in_a_week() -> Any:
    """A week from today; from a weekend to the Friday before."""
    day = timezone.localdate() + A_WEEK
    return day - timedelta(days=max(0, day.weekday() - 4))


class RoundForm(forms.Form):
    """A new round. Cleans to what `open_round` takes: `people` are pairs of person and what they are asked.

    Sections and people come ticked as the matrix of who does what has them; while nobody has given a letter, all of
    them, but for sections in which nothing stands. `said` are the sections whose approver is not asked, as the sender was told.
    """

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
    said = forms.CharField(required=False)

    def __init__(self, posted: Any, *, members: Iterable[Membership], plan: Plan, me: Any) -> None:
        super().__init__(posted, initial={"sections": plan.ticked})
        self.members, self.plan = list(members), plan
        usual = {member.user_id: "" if member.user_id == me.pk else Asked.COMMENT for member in self.members}
        for member in self.members:
            asked = plan.asks(member.user) if plan.sections else usual[member.user_id]
            self.fields[f"ask-{member.user_id}"] = forms.ChoiceField(
                label=str(member.user), choices=NOT_ASKED, required=False, initial=asked or ""
            )

    def topics(self) -> list[tuple[Any, str]]:
        """The boxes of the sections, and what people have to do with each."""
        return [(box, self.plan.why(box.data["value"])) for box in self["sections"]]

    def people(self) -> list[tuple[Membership, Any, str]]:
        """Members, the field that says what each is asked, and why."""
        return [(member, self[f"ask-{member.user_id}"], self.plan.reason(member.user)) for member in self.members]

    @property
    def count(self) -> int:
        return sum(bool(asked.value()) for _member, asked, _why in self.people())

    @property
    def unasked(self) -> list[tuple[Any, Any]]:
        """Chosen sections whose approver is not asked to approve, as the form stands."""
        approving = [member.user_id for member, asked, _why in self.people() if asked.value() == Asked.APPROVE]
        return self.plan.unasked(self["sections"].value() or [], approving)

    @property
    def told(self) -> str:
        """What this page says of them, to come back with the form."""
        return " ".join(line.key for line, _cells in self.unasked)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        people = [(member.user, asked) for member in self.members if (asked := found.pop(f"ask-{member.user_id}", ""))]
        if not people:
            self.add_error(None, _("Choose at least one person to ask."))
        elif not set(self.told.split()) <= set(found.get("said", "").split()):
            self.add_error(None, _("Not sent yet: look whose approval nobody asks for, then send it again."))
        found.pop("said", None)
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


class SendForm(forms.Form):
    """The buttons under the answers: `rest` is how many sections the second one said it agrees to."""

    rest = forms.IntegerField(required=False, min_value=1)


class DueForm(forms.Form):
    due = DayField(label=_("Answers by"), widget=DayInput({"data-focus": ""}))
    version = VersionField()


class VersionForm(forms.Form):
    version = VersionField()
