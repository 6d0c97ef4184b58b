"""Words for what cards become, mended before they leave the room."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.dprd.enums import Key
from apps.projects import sections
from apps.workshops.enums import Became
from apps.workshops.models import MAX_CARD, Card

LONGEST_TITLE = 160


class OutcomeForm(forms.Form):
    """`from_text` gives the fields that a card's words fill."""

    heading: Any
    lands: Any
    button: Any

    @classmethod
    def from_text(cls, text: str) -> dict[str, str]:
        return {"title": text[:LONGEST_TITLE]}


class RiskForm(OutcomeForm):
    heading = _("Make it a risk")
    lands = _("It lands in the risk register, unrated. Somebody rates it there.")
    button = _("Add the risk")

    title = forms.CharField(
        label=_("Risk"), max_length=LONGEST_TITLE, widget=forms.TextInput({"data-face": "doc", "data-focus": True})
    )
    cause = forms.CharField(
        label=_("Why it could happen"), max_length=MAX_CARD, required=False, widget=forms.Textarea({"rows": 2})
    )
    consequence = forms.CharField(
        label=_("What it would mean"), max_length=2000, required=False, widget=forms.Textarea({"rows": 2})
    )

    @classmethod
    def from_text(cls, text: str) -> dict[str, str]:
        """A long card: its beginning as the title, all of it as the explanation."""
        return {"title": text} if len(text) <= LONGEST_TITLE else {"title": text[:LONGEST_TITLE], "cause": text}


class ObjectiveForm(OutcomeForm):
    heading = _("Make it an objective")
    lands = _("It lands among the objectives, still without a number.")
    button = _("Add the objective")

    title = forms.CharField(
        label=_("Objective"),
        max_length=200,
        help_text=_("Number, date and owner come in the frame."),
        widget=forms.TextInput({"data-face": "doc", "data-focus": True}),
    )

    @classmethod
    def from_text(cls, text: str) -> dict[str, str]:
        return {"title": text[:200]}


class RowForm(OutcomeForm):
    """A row of a register by its name; the rest of its columns are filled in there."""

    lands = _("It lands as a draft in its table, where the rest is filled in; the card stays its source.")
    button = _("Add it")

    title = forms.CharField(
        label=_("In one sentence"), max_length=200, widget=forms.TextInput({"data-face": "doc", "data-focus": True})
    )

    @classmethod
    def from_text(cls, text: str) -> dict[str, str]:
        return {"title": text[:200]}


class DataForm(RowForm):
    heading = _("Make it a data source")


class DependencyForm(RowForm):
    heading = _("Make it a dependency")


class ConstraintForm(RowForm):
    heading = _("Make it a constraint")


class MetricForm(RowForm):
    heading = _("Make it an evaluation metric")


class DecisionForm(RowForm):
    heading = _("Make it a decision")


class LaterForm(RowForm):
    heading = _("Put it off")
    lands = _("It lands in the scope under “Later, perhaps”, where the document says it; the card stays its source.")
    button = _("Put it there")


class WordsForm(OutcomeForm):
    section = forms.ChoiceField(label=_("Section"))
    text = forms.CharField(
        label=_("Words"),
        max_length=MAX_CARD,
        widget=forms.Textarea({"rows": 5, "data-face": "doc", "data-focus": True}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["section"].choices = self.places()  # type: ignore[attr-defined]

    @classmethod
    def places(cls) -> list[tuple[str, str]]:
        raise NotImplementedError

    @classmethod
    def from_text(cls, text: str) -> dict[str, str]:
        return {"text": text}


class PassageForm(WordsForm):
    heading = _("Make it a passage")
    lands = _("It lands at the end of the section; the card stays its source.")
    button = _("Add the passage")

    @classmethod
    def places(cls) -> list[tuple[str, str]]:
        return [(key, str(sections.section(key).title)) for key in Key.values]


class CommentForm(WordsForm):
    heading = _("Make it a comment")
    lands = _("It opens a thread on the section, where the others can answer.")
    button = _("Add the comment")

    @classmethod
    def places(cls) -> list[tuple[str, str]]:
        return [(section.key, str(section.title)) for section in sections.all_sections()]


OUTCOMES: dict[str, type[OutcomeForm]] = {
    Became.RISK: RiskForm,
    Became.OBJECTIVE: ObjectiveForm,
    Became.DATA: DataForm,
    Became.DEPENDENCY: DependencyForm,
    Became.CONSTRAINT: ConstraintForm,
    Became.METRIC: MetricForm,
    Became.DECISION: DecisionForm,
    Became.LATER: LaterForm,
    Became.PASSAGE: PassageForm,
    Became.COMMENT: CommentForm,
}


class PlaceForm(forms.Form):
    """One card of several: what it becomes, in which words, and where when words need a place."""

    LEFT = "left"

    kind = forms.ChoiceField(label=_("Becomes"), required=False)
    section = forms.ChoiceField(label=_("In"), required=False)
    text = forms.CharField(
        label=_("Words"), max_length=MAX_CARD, widget=forms.Textarea({"rows": 2, "data-face": "doc", "data-grow": True})
    )

    def __init__(self, card: Card, posted: Any = None, *, auto_id: str) -> None:
        super().__init__(posted, prefix=str(card.pk), initial={"text": card.text}, auto_id=auto_id)
        self.card = card
        kinds = [(kind, Became(kind).label) for kind in OUTCOMES]
        self.fields["kind"].choices = [("", _("Not yet")), *kinds, (self.LEFT, _("Stays a card"))]  # type: ignore[attr-defined]
        self.fields["section"].choices = CommentForm.places()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """`words` are what the form of the chosen kind would have given."""
        cleaned = super().clean() or self.cleaned_data
        form = OUTCOMES.get(cleaned.get("kind", ""))
        if self.errors or form is None:
            return {**cleaned, "words": {}}
        made = form({**form.from_text(cleaned["text"]), "section": cleaned["section"]})
        if not made.is_valid():
            if "section" in made.errors:
                raise forms.ValidationError({"section": _("A passage needs a section of text. Choose another one.")})
            raise forms.ValidationError([word for words in made.errors.values() for word in words])
        return {**cleaned, "words": made.cleaned_data}


_LETTERS = {Became.RISK: "R", Became.OBJECTIVE: "O", Became.DATA: "D", Became.DEPENDENCY: "N", Became.CONSTRAINT: "C",
            Became.METRIC: "M", Became.DECISION: "E", Became.LATER: "L", Became.PASSAGE: "S", Became.COMMENT: "T"}  # fmt: skip


def becomes(first: str = "") -> list[tuple[str, str, str]]:
    """What a card can become: kind, word and the key that chooses it; what the step is meant for comes first."""
    kinds = [(kind, str(kind.label), _LETTERS[kind]) for kind in Became if kind in OUTCOMES]
    return sorted(kinds, key=lambda each: each[0] != first)
