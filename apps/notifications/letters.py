"""Mails of news: one about one thing at once, or one a day about everything that waits for a person."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.accounts.links import addressed
from apps.accounts.models import User
from apps.core.due import State, claim, finish
from apps.core.hours import is_working_time, next_morning
from apps.notifications import news, outbox, queries, stopping
from apps.notifications.enums import Pace
from apps.notifications.models import Letter, Message, Notice
from apps.notifications.news import Story

LEASE_SECONDS = 60
# Whoever is reading along right now has read it by then, and gets no mail.
AT_ONCE = timedelta(seconds=20)
DIGEST = "digest"


@dataclass(frozen=True)
class Group:
    """What there is to tell of one project."""

    title: str
    stories: Sequence[Story]


def at_once(notice: Notice) -> None:
    """Have the notice told in a moment."""
    Letter.objects.create(
        effect_key=f"notice:{notice.pk}",
        recipient=notice.recipient,
        notice=notice,
        due_at=timezone.now() + AT_ONCE,
    )


def await_digest(user: User) -> None:
    """See to it that a digest is due on this person's next working morning."""
    zone = ZoneInfo(user.time_zone)
    morning = next_morning(timezone.now(), zone)
    while not _is_awaited(user, morning):
        morning = next_morning(morning, zone)


@transaction.atomic
def write(letter_id: str) -> None:
    """Put a letter into the outbox, if there is still something to tell. Safe to run twice."""
    letter = claim(Letter, letter_id, lease_seconds=LEASE_SECONDS)
    if letter is None:
        return
    if letter.notice:
        _write_notice(letter, letter.notice)
    else:
        _write_digest(letter)


def _is_awaited(user: User, morning: datetime) -> bool:
    """False when the digest of that day was written already. The lock keeps it from being written meanwhile."""
    letter, _made = Letter.objects.select_for_update(of=("self",)).get_or_create(
        effect_key=f"digest:{user.pk}:{morning.date()}", defaults={"recipient": user, "due_at": morning}
    )
    return bool(letter.state == State.QUEUED)


def _write_notice(letter: Letter, about: Notice) -> None:
    notice = Notice.objects.select_for_update(of=("self",)).get(pk=about.pk)
    pace = queries.paces(letter.recipient).get(notice.kind, Pace.NEVER)
    if notice.settled_at is None and pace == Pace.DAILY:
        notice.pace = Pace.DAILY
        notice.save(update_fields=["pace", "updated_at"])
        await_digest(letter.recipient)
        finish(letter, State.DONE, "Waits for the digest, as the person chose meanwhile.")
        return
    waiting = [notice] if notice.settled_at is None and pace == Pace.NOW else []
    told = _told(waiting, letter.recipient)
    if told:
        _send(letter.recipient, told, stop=notice.kind, key=f"letter:{letter.pk}")
    _settle([notice], told)
    finish(letter, State.DONE, "" if told else "Nothing was left to tell.")


def _write_digest(letter: Letter) -> None:
    user, zone = letter.recipient, ZoneInfo(letter.recipient.time_zone)
    now = timezone.now()
    key = f"digest:{user.pk}:{timezone.localtime(now, zone).date()}"
    if not is_working_time(now, zone) or Message.objects.filter(effect_key=key).exists():
        letter.due_at = next_morning(now, zone)
        letter.save(update_fields=["due_at"])
        finish(letter, State.QUEUED)
        return
    waiting = Notice.objects.select_for_update(of=("self",)).filter(recipient=user, settled_at=None, pace=Pace.DAILY)
    notices = list(waiting.order_by("created_at"))
    paces = queries.paces(user)
    told = _told([notice for notice in notices if paces.get(notice.kind, Pace.NEVER) != Pace.NEVER], user)
    if told:
        _send(user, told, stop=DIGEST, key=key)
    _settle(notices, told)
    finish(letter, State.DONE, "" if told else "Nothing was left to tell.")


def _told(notices: Sequence[Notice], user: User) -> dict[str, Story]:
    """What is still worth telling, by what it is about, the oldest first."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for notice in notices:
        by_kind[notice.kind].append(notice.about)
    found: dict[str, Story] = {}
    for kind, abouts in by_kind.items():
        found |= news.kind(kind).tell(abouts, user)
    return dict(sorted(found.items(), key=lambda item: item[1].said.at))


def _settle(notices: Sequence[Notice], told: dict[str, Any]) -> None:
    now = timezone.now()
    for notice in notices:
        notice.settled_at, notice.told = notice.settled_at or now, notice.told or notice.about in told
    Notice.objects.bulk_update(notices, ["settled_at", "told"])


def _send(user: User, told: dict[str, Story], *, stop: str, key: str) -> None:
    stories = [replace(story, path=addressed(story.path, user)) for story in told.values()]
    groups = _groups(stories)
    stop_path = reverse("notifications:stop", args=[stopping.token(user, stop)])
    with timezone.override(ZoneInfo(user.time_zone)):
        outbox.send(
            to=user,
            subject=stories[0].subject if stop != DIGEST else _subject(groups, len(stories)),
            template="mail/news",
            context={
                "is_digest": stop == DIGEST,
                "groups": groups,
                "stop_path": stop_path,
                "paces_path": addressed(reverse("notifications:paces"), user),
            },
            effect_key=key,
            headers={
                "List-Unsubscribe": f"<{settings.PUBLIC_URL}{stop_path}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            },
        )


def _groups(stories: Sequence[Story]) -> list[Group]:
    by_title = sorted(stories, key=lambda story: story.group)
    return [Group(title, list(found)) for title, found in groupby(by_title, key=lambda story: story.group)]


def _subject(groups: Sequence[Group], count: int) -> str:
    things = ngettext("%(n)d thing for you", "%(n)d things for you", count) % {"n": count}
    if len(groups) == 1:
        return _("%(things)s in “%(title)s”") % {"things": things, "title": groups[0].title}
    return _("%(things)s in %(n)d projects") % {"things": things, "n": len(groups)}
