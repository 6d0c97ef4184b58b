"""How people write figures, the same rule everywhere: in forms, in tables, in sentences and in formulas."""

import re

_SPACES = re.compile(r"[ \t\u00a0\u202f]+")
_THOUSANDS = re.compile(r"[-+]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?")


def plain(words: str) -> str:
    """A figure as computers write it: `1 234,5`, `1.234,5` and `1,234.5` become `1234.5`.

    A comma before exactly three digits parts thousands, as in 1,200, unless there would be a zero before it; any other
    comma is the decimal sign, and so is a point that stands alone. What is no figure comes back as no figure.
    """
    words = _SPACES.sub("", words).replace("\N{MINUS SIGN}", "-")
    if _THOUSANDS.fullmatch(words):
        return words.replace(",", "")
    if "," in words and "." in words:
        words = words.replace("." if words.rindex(",") > words.rindex(".") else ",", "")
    return words.replace(",", ".")
