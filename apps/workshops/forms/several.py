"""Answers about several things, sent together: fields are called `name:target:key`."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.workshops.forms.base import TARGETS, AnswerForm, ItemForm

MOST = 250
"""So many fields of answers are read; more than a full board has."""


class SeveralForm(AnswerForm):
    """Subclasses say which fields each thing has, and may check those of one thing against each other."""

    EACH: dict[str, forms.Field] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._things: dict[tuple[str, UUID], dict[str, str]] = {}
        for name in [key for key in self.data if key.count(":") == 2][:MOST]:
            self._take(name)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.errors:
            return cleaned
        answers = []
        for (target, key), names in self._things.items():
            value = {name: self.cleaned_data[full] for name, full in names.items()}
            trouble = self.trouble(value)
            if trouble:
                self.add_error(names[trouble[0]], trouble[1])
            answers.append({"target": target, "item": key, "value": self.kept(value)})
        return {"activity": cleaned["activity"], "answers": answers}

    def trouble(self, value: dict[str, Any]) -> tuple[str, Any] | None:
        """What does not fit together about one thing: the field and a sentence."""
        return None

    def kept(self, value: dict[str, Any]) -> dict[str, Any]:
        """The answer as it is stored; empty when nothing was said about this thing."""
        return {name: each for name, each in value.items() if each is not None}

    def refill(self, block: dict[str, Any]) -> None:
        """Put back what was typed, and what is wrong with it, into the rows of a screen."""
        for row in block.get("rows", []):
            for name in self.EACH:
                full = f"{name}:{row.key}"
                if full in self.data:
                    row.said[name] = self.data[full]
                if full in self.errors:
                    row.errors[name] = self.errors[full][0]

    def _take(self, full: str) -> None:
        name, target, key = full.split(":")
        if name not in self.EACH or (target, target) not in TARGETS:
            return
        try:
            thing = (target, UUID(key))
        except ValueError:
            return
        known = self.EACH[name]
        self.fields[full] = type(known)(**self._arguments(known))
        self._things.setdefault(thing, {})[name] = full

    def _arguments(self, known: forms.Field) -> dict[str, Any]:
        return {"label": known.label, "required": False, **getattr(known, "limits", {})}


def _between(kind: type[forms.Field], label: Any, least: Any, most: Any, **more: Any) -> forms.Field:
    limits = {"min_value": least, "max_value": most, **more}
    field = kind(label=label, required=False, **limits)
    field.limits = limits  # type: ignore[attr-defined]
    return field


class TaskForm(ItemForm):
    """Something to estimate."""

    text = forms.CharField(label=_("Task"), max_length=300)


class RatingsForm(SeveralForm):
    """Likelihood and impact; one of them alone is kept and not counted yet."""

    EACH = {
        "likelihood": _between(forms.IntegerField, _("How likely"), 1, 5),
        "impact": _between(forms.IntegerField, _("How bad"), 1, 5),
    }


class EstimatesForm(SeveralForm):
    """Three numbers for each task, all of them or none."""

    EACH = {
        name: _between(forms.DecimalField, label, Decimal(0), Decimal(1_000_000), max_digits=9, decimal_places=2)
        for name, label in (("low", _("Low")), ("likely", _("Likely")), ("high", _("High")))
    }

    def trouble(self, value: dict[str, Any]) -> tuple[str, Any] | None:
        low, likely, high = value.get("low"), value.get("likely"), value.get("high")
        if low is None or likely is None or high is None:
            missing = [name for name in self.EACH if value.get(name) is None]
            some = len(missing) < len(self.EACH)
            return (missing[0], _("Give all three numbers, or leave all three empty.")) if some else None
        if likely < low:
            return "likely", _("Likely is below low. Low is the best case, so it is the smallest of the three.")
        if high < likely:
            return "high", _("High is below likely. High is the worst case, so it is the largest of the three.")
        if high == 0:
            return "high", _("Nothing takes no time. If it is already done, leave it empty.")
        return None

    def kept(self, value: dict[str, Any]) -> dict[str, Any]:
        return {name: float(each) for name, each in value.items() if each is not None}
