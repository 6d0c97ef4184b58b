"""What a person chooses about mail, and what upper apps have to tell."""

from collections.abc import Iterable

from django.db import transaction

from apps.accounts.models import User
from apps.notifications import letters, queries
from apps.notifications.enums import Pace
from apps.notifications.models import Notice, Preference


@transaction.atomic
def notify(people: Iterable[User], *, kind: str, about: str) -> None:
    """Have these people told of `about`, each as they chose for this kind; the same thing is told once to each."""
    found = sorted(people, key=lambda user: user.pk)
    wanted = queries.paces_of(found, kind)
    for user in found:
        pace = wanted[user.pk]
        if pace == Pace.NEVER:
            continue
        notice, made = Notice.objects.get_or_create(recipient=user, about=about, defaults={"kind": kind, "pace": pace})
        if made and pace == Pace.NOW:
            letters.at_once(notice)
        elif made:
            letters.await_digest(user)


@transaction.atomic
def choose_paces(user: User, **chosen: str) -> None:
    """How often mail comes, by kind. What waits is told, or not, as chosen now."""
    for kind, pace in chosen.items():
        Preference.objects.update_or_create(user=user, kind=kind, defaults={"pace": pace})


@transaction.atomic
def stop(user: User, *, kind: str) -> None:
    """No more mail of this kind; `digest` stands for the kinds that come once a day. Safe to ask twice."""
    paces = queries.paces(user)
    daily = [key for key, pace in paces.items() if pace == Pace.DAILY]
    for key in daily if kind == letters.DIGEST else [kind]:
        Preference.objects.update_or_create(user=user, kind=key, defaults={"pace": Pace.NEVER})
