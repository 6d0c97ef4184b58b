from decimal import Decimal
from typing import Any

from django import template
from django.utils.formats import number_format

register = template.Library()
CENTS = 100


@register.filter
def amount(value: Any, unit: str = "") -> str:
    """`81,365 €`: thousands parted, decimals only where they say something, a no-break space before the unit."""
    if value is None or value == "":
        return ""
    exact = Decimal(str(value))
    shown = exact.quantize(Decimal(1)) if abs(exact) >= CENTS and exact.as_tuple().exponent == -2 else exact.normalize()
    words = number_format(f"{shown:f}", use_l10n=True, force_grouping=True)
    return f"{words}\N{NO-BREAK SPACE}{unit}" if unit else words
