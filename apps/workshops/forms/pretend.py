"""What somebody who does not exist would send: any form that asks for choices, numbers or words, filled in."""

import random
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from apps.workshops.forms.answers import answer_form
from apps.workshops.models import Activity

_pick = random.SystemRandom()


def pretended(
    activity: Activity, phase: str, *, name: str, target: tuple[str, Any] = ("", "")
) -> dict[str, Any] | None:
    """What the form of this phase would hand to its action; None when it asks nothing or cannot be guessed."""
    ask = answer_form(activity, phase)
    if ask is None:
        return None
    about = {"activity": str(activity.pk), "target": target[0], "item": str(target[1])}
    sent = {key: _value(field) for key, field in ask.base_fields.items() if key not in about}
    if "name" in sent:
        sent["name"] = name
    form = ask({**about, **{key: value for key, value in sent.items() if value is not None}})
    return form.cleaned_data if form.is_valid() else None


def _value(field: forms.Field) -> Any:
    choices = [key for key, _label in getattr(field, "choices", []) if key not in ("", None)]
    if choices:
        picked = _pick.choice(choices)
        return [picked] if isinstance(field, forms.MultipleChoiceField) else picked
    if isinstance(field, forms.BooleanField):
        return "on" if _pick.random() > 0.3 else None
    if isinstance(field, forms.IntegerField | forms.FloatField | forms.DecimalField):
        low = int(getattr(field, "min_value", None) or 1)
        high = int(min(getattr(field, "max_value", None) or low + 8, low + 8))
        return _pick.randint(low, high)
    if isinstance(field, forms.CharField) and not isinstance(field, forms.EmailField | forms.URLField):
        if (field.max_length or 1000) <= 60:
            return _pick.choice([_("Ready"), _("Curious"), _("Careful")])
        return _pick.choice([_("It is not said for whom"), _("The number is missing"), _("Too long to repeat")])
    return None
