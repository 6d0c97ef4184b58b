"""Names in what people write: "@Karin Åström", "@karin@norrwater.example", or "@Karin" when there is one Karin."""

import re
from collections import Counter
from collections.abc import Iterable

from django.utils.html import escape, linebreaks
from django.utils.safestring import SafeString, mark_safe

from apps.accounts.models import User

BEFORE, AFTER = r"(?<![\w@.])@", r"(?![\w@])"


def mentioned(body: str, people: Iterable[User]) -> list[User]:
    """Who is meant, in the order of their names; a longer name wins over a shorter one that it begins with."""
    names = _names(people)
    if not names:
        return []
    folded = {name.casefold(): user for name, user in names.items()}
    # Letters that only look alike match without case, but are nobody's name.
    found = {user for match in _pattern(names).finditer(body) if (user := folded.get(match[1].casefold()))}
    return sorted(found, key=lambda user: (user.name, str(user.pk)))


def drawn(body: str, people: Iterable[User]) -> SafeString:
    """The words as HTML, safe, with the names of `people` marked."""
    html = linebreaks(body, autoescape=True)
    names = {escape(name): user for name, user in _names(people).items()}
    if names:
        html = _pattern(names).sub(r'<b class="mention">@\1</b>', html)
    return mark_safe(html)  # noqa: S308 - escaped by linebreaks


def _names(people: Iterable[User]) -> dict[str, User]:
    """Everything that a person may be called, as they write it; first names only where they are one person's."""
    found = list(people)
    firsts = Counter(user.short_name.casefold() for user in found)
    names: dict[str, User] = {}
    for user in found:
        if firsts[user.short_name.casefold()] == 1:
            names[user.short_name] = user
    for user in found:
        names |= {name: user for name in (user.name.strip(), user.email) if name}
    return names


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    ways = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(f"{BEFORE}({ways}){AFTER}", re.IGNORECASE)
