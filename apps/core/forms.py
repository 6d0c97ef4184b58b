"""Forms: how they look, and every outcome of one in one place."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import partial
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid4, uuid5

from django import forms
from django.forms.renderers import TemplatesSetting
from django.http import QueryDict
from django.utils.translation import gettext as _

from apps.core.errors import DomainError, Stale
from apps.core.models import Versioned
from apps.core.once import once

SENDING = "sending"
"""The hidden field that names one sending of a form; `{% sending form %}` draws it."""


class Renderer(TemplatesSetting):
    form_template_name = "components/_form.html"
    field_template_name = "components/_field.html"


class Outcome(IntEnum):
    """What became of a form, as the status to answer with."""

    OPEN = 200
    SAVED = 303
    REFUSED = 409
    INVALID = 422


class VersionField(forms.IntegerField):
    """The version that the person was looking at."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        # The next one must still fit into its column.
        super().__init__(min_value=1, max_value=2**31 - 2, **kwargs)


class KeyField(forms.UUIDField):
    """Drawn with the form, so that the same form sent twice is known."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(initial=uuid4, **kwargs)


class NothingForm(forms.Form):
    """A button: everything is said by where it is sent."""


def within_reach(day: date) -> None:
    """A validator of days and moments: near the ends of the calendar a time zone leads out of it."""
    if not 1900 <= day.year <= 2200:
        raise forms.ValidationError(_("That is too far away."))


class DayInput(forms.DateInput):
    """The browser's own calendar: it takes and gives ISO dates, whatever the language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DayField(forms.DateField):
    widget = DayInput
    default_validators = [within_reach]


def submit(form: forms.Form, action: Callable[..., Any], *args: Any, **more: Any) -> Outcome:
    """Run `action` with what the form holds, and say what became of it.

    A refusal becomes the form's own error, so that what was typed comes back beside it.
    `form.result` is what the action returned; `form.stale` is true when the row had moved on. A form with
    `{% sending form %}` runs it once: sent again, in the same words, it has the row of the first time as its result.
    """
    form.result, form.stale = None, False  # type: ignore[attr-defined]
    if not form.is_bound:
        return Outcome.OPEN
    if not form.is_valid():
        return Outcome.INVALID
    key = _sending(form, (more.get("by"), *args))
    run = partial(action, *args, **form.cleaned_data, **more)
    try:
        form.result = once(key, run) if key else run()  # type: ignore[attr-defined]
    except DomainError as refusal:
        form.stale = isinstance(refusal, Stale)  # type: ignore[attr-defined]
        form.add_error(None, str(refusal))
        return Outcome.REFUSED
    return Outcome.SAVED


def _sending(form: forms.Form, about: Any) -> UUID | None:
    """The name of this sending: by whom, about what, in these words. Other words under the same key are another."""
    if not isinstance(form.data, QueryDict) or not form.data.get(SENDING):
        return None
    rows = [str(getattr(one, "pk", one)) for one in about]
    words = sorted((name, said) for name, said in form.data.lists() if name != "csrfmiddlewaretoken")
    return uuid5(NAMESPACE_OID, repr([rows, words]))


@dataclass(frozen=True)
class Both:
    """A field in two versions: what was saved meanwhile, and what this person typed."""

    label: str
    theirs: str
    mine: str


def show_both(form: forms.Form, row: Versioned) -> list[Both]:
    """After a stale save: the fields that differ from the row as it is now.

    The form takes over the row's version, so that saving again, having seen both, is deliberate.
    """
    if not getattr(form, "stale", False):
        return []
    row.refresh_from_db()
    form.data = QueryDict.copy(form.data) if isinstance(form.data, QueryDict) else dict(form.data)
    form.data["version"] = str(row.version)
    return [
        Both(str(bound.label), _shown(bound.field, theirs), _shown(bound.field, mine))
        for bound in form.visible_fields()
        if (theirs := getattr(row, bound.name, None)) != (mine := form.cleaned_data.get(bound.name))
    ]


def _shown(field: forms.Field, value: Any) -> str:
    """A value in the words that the field's choices give it."""
    for key, words in getattr(field, "choices", ()):
        if str(key) == str(value):
            return str(words)
    return "" if value is None else str(value)
