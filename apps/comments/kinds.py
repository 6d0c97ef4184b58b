"""What comments tell people by mail."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.accounts.models import User
from apps.comments import queries, targets
from apps.comments.models import Comment
from apps.notifications import news
from apps.notifications.enums import Pace
from apps.notifications.news import Kind, Said, Story

MENTION, ANSWER, OWN = "mention", "answer", "own"
BEFORE = 6
"""Earlier comments of the thread in a mail."""


def register() -> None:
    news.register(
        Kind(
            MENTION,
            gettext_lazy("Somebody mentions you"),
            gettext_lazy("Your name with an @ in a comment."),
            tell_mention,
        )
    )
    news.register(
        Kind(
            ANSWER,
            gettext_lazy("Somebody answers where you took part"),
            gettext_lazy("New comments in threads that you wrote in or were mentioned in."),
            tell_answer,
            Pace.DAILY,
        )
    )
    news.register(
        Kind(
            OWN,
            gettext_lazy("Somebody comments on what is yours"),
            gettext_lazy("New threads about sections, rows and risks that you own."),
            tell_own,
            Pace.DAILY,
        )
    )


def tell_mention(abouts: Sequence[str], user: User) -> dict[str, Story]:
    return _tell(abouts, user, _("%(who)s mentions you"), _("%(who)s mentions you in “%(title)s”"))


def tell_answer(abouts: Sequence[str], user: User) -> dict[str, Story]:
    return _tell(abouts, user, _("%(who)s answers"), _("%(who)s answers in “%(title)s”"))


def tell_own(abouts: Sequence[str], user: User) -> dict[str, Story]:
    return _tell(abouts, user, _("%(who)s comments"), _("%(who)s comments on “%(title)s”"))


def _tell(abouts: Sequence[str], user: User, headline: str, subject: str) -> dict[str, Story]:
    found = queries.tellable([about.partition(":")[2] for about in abouts], user)
    return {f"comment:{comment.pk}": _story(comment, headline, subject) for comment in found}


def _story(comment: Comment, headline: str, subject: str) -> Story:
    thread = comment.thread
    place = targets.place(thread.project, thread.target)
    who = _name(comment)
    earlier = [each for each in thread.comments.all() if (each.created_at, each.pk) < (comment.created_at, comment.pk)]
    return Story(
        group=thread.project.title,
        where=f"{thread.project.title}, {place.title}" if place else thread.project.title,
        headline=headline % {"who": who},
        subject=subject % {"who": who, "title": place.title if place else thread.project.title},
        said=_said(comment),
        path=thread.get_absolute_url(),
        button=_("Read and answer"),
        before=[_said(each) for each in earlier[-BEFORE:]],
        quote=thread.quote,
    )


def _said(comment: Comment) -> Said:
    return Said(_name(comment), comment.created_at, comment.body)


def _name(comment: Comment) -> str:
    return str(comment.author or _("Somebody who left"))
