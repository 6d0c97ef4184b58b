from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.forms import DayField
from apps.projects.enums import Autonomy, Direction
from apps.workshops.forms.room import tidy_text
from apps.workshops.forms.seen import SeenForm

SIDES = [("", _("not said")), *Direction.choices]


def _words(label: Any, most: int, **attrs: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=False, widget=forms.TextInput(attrs))


def _number(label: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, max_digits=14, decimal_places=3, required=False)


def _side(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=SIDES, required=False)


class MetricForm(SeenForm):
    """The sheet. Everything may be missing while it is being filled; what is missing is said beside it."""

    name = _words(_("The one number"), 160, **{"data-face": "doc"})
    unit = _words(_("Unit"), 40)
    baseline = _number(_("Today"))
    direction = _side(_("Side"))
    target = _number(_("Target"))
    due = DayField(label=_("By"), required=False)
    source = _words(_("Where the number comes from"), 200)
    owner = _words(_("Who measures it"), 120, list="people")
    guard1_name = _words(_("First guardrail"), 160, **{"data-face": "doc"})
    guard1_direction = _side(_("Side"))
    guard1_limit = _number(_("Limit"))
    guard1_unit = _words(_("Unit"), 40)
    guard2_name = _words(_("Second guardrail"), 160, **{"data-face": "doc"})
    guard2_direction = _side(_("Side"))
    guard2_limit = _number(_("Limit"))
    guard2_unit = _words(_("Unit"), 40)
    must_not = forms.CharField(
        label=_("It must not"),
        help_text=_("One thing a line."),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 3, "data-grow": True, "data-face": "doc"}),
    )
    autonomy = forms.ChoiceField(
        label=_("How far may it go?"), choices=[("", _("not said")), *Autonomy.choices], required=False
    )
    test_owner = _words(_("Who owns the test set"), 120, list="people")

    WATCHED = (
        "name", "unit", "baseline", "direction", "target", "due", "source", "owner",
        "guard1_name", "guard1_direction", "guard1_limit", "guard1_unit",
        "guard2_name", "guard2_direction", "guard2_limit", "guard2_unit",
        "must_not", "autonomy", "test_owner",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Decimals and days as text: that is how the sheet keeps them."""
        cleaned = super().clean()
        if "said" in cleaned:
            cleaned["said"] = {name: _plain(value) for name, value in cleaned["said"].items()}
        return cleaned

    def clean_must_not(self) -> str:
        return tidy_text(self.cleaned_data["must_not"])


def _plain(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, date) else value or ""
