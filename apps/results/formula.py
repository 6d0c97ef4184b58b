"""A benefit in plain words: factors that are multiplied, `4.8 min less a reply × 3,350 mails a month × 12 ÷ 60 × 46 €`.

Factors stand on lines of their own or behind ×, * or ÷; a line that begins with ÷ or / divides. Each is a number and
the words that say what it counts. `55 %` is 0.55.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from apps.core import figures

MOST_FACTORS = 12
_GREATEST = Decimal(10) ** 12
_CENT = Decimal("0.01")
_SPLIT = re.compile(r"\n|(?=[×*·÷])|(?<=\s)(?=[xX/]\s*[-−]?\d)")
_FACTOR = re.compile(
    r"\s*(?P<sign>[×*·xX÷/=])?\s*"
    r"(?P<number>[-−]?(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d+)?|\d[\d.,]*))"
    r"[ \u00a0\u202f]*(?P<words>.*?)\s*",
    re.DOTALL,
)
_TWO_NUMBERS = re.compile(r"(?:[-–−/]|\bto\b)\s*\d")


class Unreadable(ValueError):
    """The formula cannot be computed; the message is a sentence for the person."""


@dataclass(frozen=True)
class Factor:
    """`sign` is × or ÷, `words` what the number counts. The first factor of a formula is multiplied with one."""

    sign: str
    value: Decimal
    words: str

    @property
    def counts(self) -> Decimal:
        """The number that is computed with: of `55 %` it is 0.55."""
        return self.value / 100 if self.words.startswith("%") else self.value


def read(text: str) -> tuple[Factor, ...]:
    """The factors of a formula. Raises `Unreadable` for a line without a number, a division by nothing, or too many."""
    lines = [line.strip() for line in _SPLIT.split(text.replace("\r", "")) if line.strip()]
    if not lines:
        raise Unreadable(_("Write at least one number and what it counts."))
    if len(lines) > MOST_FACTORS:
        raise Unreadable(
            _("More than %(most)d factors: nobody follows that. Split it in two.") % {"most": MOST_FACTORS}
        )
    return tuple(_factor(line) for line in lines)


def result(factors: Sequence[Factor]) -> Decimal:
    """The product, to the cent. Raises `Unreadable` when it is out of bounds."""
    product = Decimal(1)
    for factor in factors:
        product = product / factor.counts if factor.sign == "÷" else product * factor.counts
        if abs(product) >= _GREATEST:
            raise Unreadable(_("The result is out of bounds. Is a factor twice in it?"))
    return product.quantize(_CENT, ROUND_HALF_UP)


def _factor(line: str) -> Factor:
    found = _FACTOR.fullmatch(line)
    if not found:
        raise Unreadable(_("“%(line)s”: begin with a number, then say what it counts.") % {"line": line[:60]})
    if _TWO_NUMBERS.match(found["words"]):
        raise Unreadable(_("“%(line)s”: one number, as 0.5 or 25, no fraction and no range.") % {"line": line[:60]})
    sign = "÷" if found["sign"] in ("÷", "/") else "×"
    value = _number(found["number"])
    if value is None or abs(value) >= _GREATEST:
        raise Unreadable(_("“%(number)s” is not a number to compute with.") % {"number": found["number"][:30]})
    if sign == "÷" and not value:
        raise Unreadable(_("“%(line)s”: nothing can be divided by zero.") % {"line": line[:60]})
    return Factor(sign, value, found["words"][:120])


def _number(words: str) -> Decimal | None:
    digits = figures.plain(words.rstrip(".,"))
    return Decimal(digits) if re.fullmatch(r"-?\d+(?:\.\d+)?", digits) else None
