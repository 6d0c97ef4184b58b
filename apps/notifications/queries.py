from collections.abc import Iterable
from typing import Any

from apps.accounts.models import User
from apps.notifications import news
from apps.notifications.enums import Pace
from apps.notifications.models import Message, Preference


def with_mail(rows: Iterable[Any], kind: str) -> list[Any]:
    """`rows`, each with `mail`: the newest mail about it (`kind:<pk>`), None when there is none. One query."""
    found = list(rows)
    newest = _newest(f"{kind}:{row.pk}" for row in found)
    for row in found:
        row.mail = newest.get(f"{kind}:{row.pk}")
    return found


def paces(user: User) -> dict[str, Pace]:
    """How often this person wants mail, by kind."""
    chosen = dict(Preference.objects.filter(user=user).values_list("kind", "pace"))
    return {kind.key: Pace(chosen.get(kind.key, kind.pace)) for kind in news.kinds()}


def paces_of(users: Iterable[User], kind: str) -> dict[Any, Pace]:
    """How often each of these people wants mail about one kind, by their key."""
    people = list(users)
    chosen = dict(Preference.objects.filter(user__in=people, kind=kind).values_list("user_id", "pace"))
    return {user.pk: Pace(chosen.get(user.pk, news.kind(kind).pace)) for user in people}


def _newest(abouts: Iterable[str]) -> dict[str, Message]:
    return {mail.about: mail for mail in _about(abouts).order_by("about", "-created_at").distinct("about")}


def _about(abouts: Iterable[str]) -> Any:
    return Message.objects.filter(about__in=list(abouts)).defer("text", "html")
