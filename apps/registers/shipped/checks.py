"""Checks that several registers share."""

from datetime import date

from django.utils.dateparse import parse_date

from apps.tables.columns import Values
from apps.tables.declared import Check


def without(*keys: str) -> Check:
    """None of these fields says anything."""

    def check(values: Values, today: date) -> bool:
        return not any(values.get(key) not in (None, "") for key in keys)

    return check


def passed(values: Values, key: str, today: date) -> bool:
    """The day in that field is over."""
    day = parse_date(str(values.get(key, "")))
    return day is not None and day < today
