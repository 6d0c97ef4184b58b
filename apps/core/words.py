"""Figures as a person would write them."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

_WORDS = [
    gettext_noop("no"), gettext_noop("one"), gettext_noop("two"), gettext_noop("three"), gettext_noop("four"),
    gettext_noop("five"), gettext_noop("six"), gettext_noop("seven"), gettext_noop("eight"), gettext_noop("nine"),
    gettext_noop("ten"), gettext_noop("eleven"), gettext_noop("twelve"), gettext_noop("thirteen"), gettext_noop("fourteen"),
    gettext_noop("fifteen"), gettext_noop("sixteen"), gettext_noop("seventeen"), gettext_noop("eighteen"),
    gettext_noop("nineteen"), gettext_noop("twenty"),
]  # fmt: skip


def count_word(number: int) -> str:
    """`three` up to twenty, figures from there on."""
    return _(_WORDS[number]) if 0 <= number < len(_WORDS) else str(number)


def sentence(words: str) -> str:
    """With a capital letter in front and the rest as it is."""
    return words[:1].upper() + words[1:]
