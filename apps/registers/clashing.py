"""After a refused save: both values side by side, and a form that saves deliberately when it is sent again."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from apps.core.bringing import new_key
from apps.registers.forms import RowForm
from apps.tables import columns
from apps.tables import queries as tables
from apps.tables.columns import Column, Links
from apps.tables.merging import Clash, merge


@dataclass(frozen=True)
class Both:
    """A field in two versions, in words: what was saved meanwhile and by whom, and what this person typed."""

    column: Column
    theirs: str
    mine: str
    who: Any = None

    @property
    def label(self) -> str:
        return str(self.column.label)


def show_clashes(form: RowForm, row: Any, links: Links) -> list[Both]:
    """The fields that two people changed. The form takes over what others changed elsewhere, and the row's version."""
    if not getattr(form, "stale", False):
        return []
    row.refresh_from_db()
    sent, version = form.cleaned_data["values"], form.cleaned_data["version"]
    base = tables.base_values(row, version) or {}
    merged = merge(base, sent, row.values)
    mine = {clash.key: clash.mine for clash in merged.clashes}
    data: Any = QueryDict.copy(form.data) if isinstance(form.data, QueryDict) else dict(form.data)
    for column in form.shown:
        data[column.key] = columns.typed(column, mine.get(column.key, merged.values.get(column.key)))
    data["version"], data["client_key"] = str(row.version), new_key()
    form.data = data
    who = tables.last_author(row)
    return [_both(clash, row, links, who) for clash in merged.clashes]


def _both(clash: Clash, row: Any, links: Links, who: Any) -> Both:
    column = row.declared.by_key[clash.key]
    return Both(column, columns.show(column, clash.theirs, links), columns.show(column, clash.mine, links), who)
