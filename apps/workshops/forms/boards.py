"""The forms that stand on the boards of steps: what the host fills in, and what everybody adds to."""

from typing import Any

from django.forms import Form

from apps.workshops.actions.map import values_of
from apps.workshops.actions.metric import sheet_of
from apps.workshops.enums import Kind
from apps.workshops.forms.framing import StatementForm
from apps.workshops.forms.map import AddEntryForm, ChangeEntryForm
from apps.workshops.forms.metric import MetricForm
from apps.workshops.forms.seen import as_seen
from apps.workshops.models import Activity, Item

ENTRY, CHANGED, SHEET = "entry-%s", "changed-%s", "sheet-%s"


def board_forms(activity: Activity, block: dict[str, Any]) -> dict[str, Form]:
    """For the host's screen."""
    if activity.kind == Kind.FRAMING and block["statement"]:
        item = block["statement"]
        return {"statement_form": StatementForm(initial={"text": item.text, "version": item.version})}
    if activity.kind == Kind.METRIC and block["item"]:
        return {"sheet_form": sheet_form(block["item"])}
    return seat_forms(activity)


def seat_forms(activity: Activity) -> dict[str, Form]:
    """For the screen of a participant."""
    return {"entry_form": entry_form()} if activity.kind == Kind.MAP else {}


def entry_form(data: Any = None) -> AddEntryForm:
    return AddEntryForm(data, auto_id=ENTRY)


def change_entry_form(item: Item, data: Any = None) -> ChangeEntryForm:
    values = values_of(item)
    return ChangeEntryForm(data, initial={**values, "seen": as_seen(values)}, auto_id=CHANGED)


def sheet_form(item: Item, data: Any = None) -> MetricForm:
    values = sheet_of(item)
    return MetricForm(data, initial={**values, "seen": as_seen(values)}, auto_id=SHEET)
