"""Words for what a snapshot of the triage holds as keys."""

from django import template

from apps.assessments import queries
from apps.assessments.enums import Need, Tier, Verdict
from apps.tables import declared

register = template.Library()


@register.filter
def tier_word(key: str) -> str:
    return str(Tier(key).label)


@register.filter
def need_word(key: str) -> str:
    return str(Need(key).label)


@register.filter
def table_title(key: str) -> str:
    """The title of the table that something lands in."""
    return str(declared.register(key).title)


@register.filter
def verdict_word(key: str) -> str:
    return str(Verdict(key).label)


@register.filter
def seat_of(key: str) -> str:
    """The seat that a duty asks for."""
    return queries.SEATS.get(key, "")
