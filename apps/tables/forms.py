"""Forms that know the fields of an entry's model, when two people saved."""

from typing import Any

from django import forms
from django.http import QueryDict

from apps.core.forms import Both
from apps.tables import columns, queries
from apps.tables.merging import merge
from apps.tables.models import FieldEntry


class UndoForm(forms.Form):
    """The button says it all; `again` when it takes an undoing back."""

    again = forms.BooleanField(required=False)


def show_clashes(form: forms.Form, entry: FieldEntry) -> list[Both]:
    """After a refused save: the fields that both changed. The form takes over what others changed elsewhere, and the
    version, so that saving again, having seen both, is deliberate."""
    if not getattr(form, "stale", False):
        return []
    sent, version = entry.would_hold(**form.cleaned_data), form.cleaned_data["version"]
    entry.refresh_from_db()
    merged = merge(queries.base_values(entry, version) or {}, sent, entry.values)
    mine = {clash.key: clash.mine for clash in merged.clashes}
    data: Any = QueryDict.copy(form.data) if isinstance(form.data, QueryDict) else dict(form.data)
    for key in sent:
        data[entry.field_of(key)] = columns.typed(entry.declared.by_key[key], mine.get(key, merged.values.get(key)))
    data["version"] = str(entry.version)
    form.data = data
    by_key = entry.declared.by_key
    return [
        Both(
            str(form[entry.field_of(clash.key)].label),
            columns.show(by_key[clash.key], clash.theirs),
            columns.show(by_key[clash.key], clash.mine),
        )
        for clash in merged.clashes
    ]
