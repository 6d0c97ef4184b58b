"""What comments add to the registries: news for mails, and mentions that wait for people."""

from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.comments import kinds, queries
from apps.comments.models import Comment
from apps.projects import needs
from apps.projects.needs import Need


def register() -> None:
    kinds.register()
    needs.register(mentions)


def mentions(user: User) -> list[Need]:
    """Threads in which somebody named this person and they have not looked since; each once."""
    found: dict[Any, Comment] = {}
    for mention in queries.unread_mentions(user):
        found.setdefault(mention.comment.thread_id, mention.comment)
    return [
        Need(
            label=_("Mention"),
            title=_("%(who)s mentions you") % {"who": comment.author or _("Somebody who left")},
            detail=f"{comment.thread.project.title}: “{Truncator(comment.body).chars(120)}”",
            url=comment.thread.get_absolute_url(),
            button=_("Read and answer"),
            since=comment.created_at,
        )
        for comment in found.values()
    ]
