from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.core import figures
from apps.core.forms import DayField, VersionField
from apps.projects.enums import AGAINST, IN_FAVOUR, Autonomy, Direction, Good, Start
from apps.projects.models import Objective, Project


def words(rows: int = 3) -> forms.Textarea:
    """A field for what will stand in the document: serif, and it grows."""
    return forms.Textarea(attrs={"rows": rows, "data-face": "doc", "data-grow": True})


RANKS = ("first", "second", "third", "fourth")


class RankField(forms.ChoiceField):
    def __init__(self, label: Any) -> None:
        super().__init__(label=label, required=False, choices=[("", _("not said yet")), *Good.choices])


class FrameForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=120)
    organisation = forms.CharField(label=_("Organisation"), max_length=120, required=False)
    summary = forms.CharField(
        label=_("In two sentences"), max_length=600, required=False, widget=words(2),
        help_text=_("What people will have, and what it is for. It stands on top of the project and the PDF."),
    )  # fmt: skip
    start = forms.ChoiceField(
        label=_("Where it starts"), choices=Start.choices, widget=forms.RadioSelect,
        help_text=_("Relieving a pain that somebody has today is usually the better bet."),
    )  # fmt: skip
    pain = forms.CharField(
        label=_("The pain or the chance"), max_length=4000, required=False, widget=words(4),
        help_text=_("In plain words, one small and real thing."),
    )  # fmt: skip
    whose = forms.CharField(
        label=_("Whose is it?"), help_text=_("Who feels it today."), max_length=300, required=False, widget=words(2)
    )
    frequency_and_cost = forms.CharField(
        label=_("How often, and what it costs today"),
        max_length=2000,
        required=False,
        widget=words(2),
        help_text=_("Cases a month, minutes or money each."),
    )
    process = forms.CharField(
        label=_("The process it sits in"),
        max_length=2000,
        required=False,
        widget=words(2),
        help_text=_("What happens before it, and after."),
    )
    users = forms.CharField(
        label=_("Who will use it"),
        max_length=2000,
        required=False,
        widget=words(2),
        help_text=_("How many, and how often."),
    )
    expectations = forms.CharField(label=_("What they expect of it"), max_length=2000, required=False, widget=words())
    in_scope = forms.CharField(
        label=_("In scope"), max_length=4000, required=False, widget=words(4), help_text=_("One line each.")
    )
    out_of_scope = forms.CharField(
        label=_("Out of scope"), max_length=4000, required=False, widget=words(4), help_text=_("One line each.")
    )
    later = forms.CharField(
        label=_("Later, perhaps"),
        max_length=4000,
        required=False,
        widget=words(3),
        help_text=_("One line each. What somebody asked for and you put off."),
    )
    must_not = forms.CharField(
        label=_("What it must never do"), max_length=4000, required=False, widget=words(3),
        help_text=_("One line each. What would end the project if it happened once?"),
    )  # fmt: skip
    autonomy = forms.ChoiceField(
        label=_("How far it may go by itself"), required=False, choices=[("", _("not said yet")), *Autonomy.choices]
    )
    signs = forms.MultipleChoiceField(
        label=_("Is a language model the right tool?"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[
            (_("Signals for"), [(sign.value, sign.label) for sign in IN_FAVOUR]),
            (_("Signals against"), [(sign.value, sign.label) for sign in AGAINST]),
        ],
        help_text=_("Tick what is true. Signals against are worth more than signals for."),
    )  # fmt: skip
    alternatives = forms.CharField(
        label=_("What happens without it"), max_length=2000, required=False, widget=words(3),
        help_text=_("If you do nothing, and if you used a rule, a search or a ready-made product instead."),
    )  # fmt: skip
    first = RankField(_("Matters most"))
    second = RankField(_("Second"))
    third = RankField(_("Third"))
    fourth = RankField(_("Gives way first"))
    other_use_cases = forms.CharField(
        label=_("A second use case"), max_length=2000, required=False, widget=words(2),
        help_text=_("One line each. One or two to begin with: each more makes all of them later."),
    )  # fmt: skip
    version = VersionField()

    @classmethod
    def of(cls, data: Any, project: Project) -> "FrameForm":
        initial = {name: getattr(project, name) for name in cls.base_fields if name not in RANKS}
        return cls(data, initial=initial | dict(zip(RANKS, project.ranking, strict=False)))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        order = [cleaned.pop(name, "") for name in RANKS]
        given = [one for one in order if one]
        if len(set(given)) < len(given):
            self.add_error("first", _("Put each of the four in one place."))
        elif order[: len(given)] != given:
            self.add_error("first", _("Leave no place open before one that is taken."))
        left = [one for one in Good.values if one not in given]
        return {**cleaned, "ranking": given + (left if len(left) == 1 else [])}

    @property
    def signals(self) -> list[tuple[Any, Any]]:
        """The ticks for and against, each under its heading."""
        ticks = list(self["signs"])
        return [(_("Signals for"), ticks[: len(IN_FAVOUR)]), (_("Signals against"), ticks[len(IN_FAVOUR) :])]


class NumberField(forms.DecimalField):
    """A figure as people write it: 4,5 is 4.5, 1,200 is 1200, and no browser arrows."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "decimal"}
        super().__init__(max_digits=14, decimal_places=3, required=False, widget=forms.TextInput(attrs=attrs), **kwargs)

    def to_python(self, value: Any) -> Any:
        return super().to_python(figures.plain(value) if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        return f"{value.normalize():f}" if isinstance(value, Decimal) else value


class ObjectiveForm(forms.Form):
    title = forms.CharField(
        label=_("Objective"), max_length=200, widget=forms.TextInput(attrs={"data-face": "doc", "data-focus": True}),
        help_text=_("What changes, for whom."),
    )  # fmt: skip
    metric = forms.CharField(
        label=_("Metric"), max_length=160, required=False, widget=forms.TextInput(attrs={"list": "measures"}),
        help_text=_("From the catalog, or your own: what is counted."),
    )  # fmt: skip
    unit = forms.CharField(label=_("Unit"), max_length=40, required=False, help_text=_("h, %, €"))
    baseline = NumberField(label=_("Today"))
    baseline_source = forms.CharField(label=_("Where today’s value comes from"), max_length=200, required=False)
    baseline_on = DayField(label=_("Measured on"), required=False)
    direction = forms.ChoiceField(label=_("Direction"), choices=[("", _("choose")), *Direction.choices], required=False)
    target = NumberField(label=_("Target"))
    due = DayField(label=_("By"), required=False)
    method = forms.CharField(label=_("How it is measured"), max_length=200, required=False)
    owner = forms.CharField(
        label=_("Who measures"), max_length=120, required=False, widget=forms.TextInput(attrs={"list": "people"})
    )

    def clean_baseline_on(self) -> Any:
        day = self.cleaned_data["baseline_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("That day is still to come. When was today’s value measured?"))
        return day


class ChangeObjectiveForm(ObjectiveForm):
    version = VersionField()

    def look_at(self, name: str) -> None:
        """Begin at this field, where there is one of that name."""
        if name in self.fields and name != "version":
            self.fields["title"].widget.attrs.pop("data-focus", None)
            self.fields[name].widget.attrs["data-focus"] = True

    @classmethod
    def of(cls, data: Any, objective: Objective, said: dict[str, Any]) -> "ChangeObjectiveForm":
        """`said` is what a sentence puts in place of what stands there."""
        return cls(data, initial={name: getattr(objective, name) for name in cls.base_fields} | said)
