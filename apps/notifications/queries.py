from collections.abc import Iterable
from typing import Any

from apps.notifications.models import Message


def with_mail(rows: Iterable[Any], kind: str) -> list[Any]:
    """`rows`, each with `mail`: the newest mail about it (`kind:<pk>`), None when there is none. One query."""
    found = list(rows)
    newest = _newest(f"{kind}:{row.pk}" for row in found)
    for row in found:
        row.mail = newest.get(f"{kind}:{row.pk}")
    return found


def lost(abouts: Iterable[str]) -> list[Message]:
    """Every mail about one of these that did not leave, the oldest first."""
    return [mail for mail in _about(abouts).order_by("created_at") if mail.is_lost]


def _newest(abouts: Iterable[str]) -> dict[str, Message]:
    return {mail.about: mail for mail in _about(abouts).order_by("about", "-created_at").distinct("about")}


def _about(abouts: Iterable[str]) -> Any:
    return Message.objects.filter(about__in=list(abouts)).defer("text", "html")
