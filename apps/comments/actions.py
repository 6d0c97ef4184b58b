from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.comments import kinds, queries, targets
from apps.comments.mentions import mentioned
from apps.comments.models import Comment, Mention, Thread
from apps.core.errors import DomainError
from apps.events.log import record
from apps.notifications.actions import notify
from apps.projects.models import Project
from apps.projects.queries import member_users

CHANGED = "comments:changed"


@transaction.atomic
def open_thread(
    project: Project,
    *,
    target: str,
    body: str,
    quote: str = "",
    quote_start: int | None = None,
    before: str = "",
    after: str = "",
    by: User,
) -> Thread:
    """Say something about `target`, or about the passage `quote` in it, which stands between `before` and `after`."""
    place = targets.place(project, target)
    if place is None:
        raise DomainError(_("What you comment on is not there any more."))
    thread = Thread.objects.create(
        project=project,
        target=target,
        section=place.section,
        quote=quote,
        quote_start=quote_start,
        quote_before=before[-80:],
        quote_after=after[:80],
    )
    _say(thread, body, by, owners=[*place.owners, *targets.owners(project, place.section)])
    return thread


@transaction.atomic
def reply(thread: Thread, *, body: str, by: User) -> Comment:
    """Answer in a thread, which one has read then; a resolved one opens again, since something is left to say."""
    locked = _locked(thread)
    comment = _say(locked, body, by)
    look(locked.project, upto=[comment.pk], by=by)
    if not locked.is_open:
        _settle(locked, at=None, by=None)
    return comment


@transaction.atomic
def resolve(thread: Thread, *, by: User) -> Thread:
    locked = _locked(thread)
    if not locked.is_open:
        raise DomainError(_("This is resolved already."))
    _settle(locked, at=timezone.now(), by=by)
    _record("comment.resolved", locked, locked, by)
    return locked


@transaction.atomic
def reopen(thread: Thread, *, by: User) -> Thread:
    locked = _locked(thread)
    if locked.is_open:
        raise DomainError(_("This is open already."))
    _settle(locked, at=None, by=None)
    _record("comment.reopened", locked, locked, by)
    return locked


def look(project: Project, *, upto: list[Any], by: User) -> None:
    """Remember that these comments, and what stands before them in their threads, were on the person's screen.

    A look never goes back, whatever order the browser's messages arrive in.
    """
    seen = list(Comment.objects.filter(pk__in=upto, thread__project=project).values_list("thread_id", "created_at"))
    newest = {thread: max(at for other, at in seen if other == thread) for thread, _at in seen}
    with connection.cursor() as cursor:
        for thread, at in sorted(newest.items()):
            cursor.execute(
                "INSERT INTO comments_look AS seen (thread_id, user_id, at) VALUES (%s, %s, %s) "
                "ON CONFLICT (thread_id, user_id) DO UPDATE SET at = GREATEST(seen.at, EXCLUDED.at)",
                [thread, by.pk, at],
            )


def _say(thread: Thread, body: str, by: User, *, owners: Any = ()) -> Comment:
    """Write it down, record it, and have those told whom it concerns; nobody is told twice of one comment."""
    comment = Comment.objects.create(thread=thread, author=by, body=body)
    members = {user.pk: user for user in member_users(thread.project) if user != by}
    named = mentioned(body, members.values())
    _record("comment.added", comment, thread, by, named=bool(named))
    Mention.objects.bulk_create(Mention(comment=comment, user=user) for user in named)
    about = f"comment:{comment.pk}"
    took_part = [members[pk] for pk in queries.took_part(thread) if pk in members]
    answer_for = [members[user.pk] for user in owners if user.pk in members]
    told: set[Any] = set()
    for kind, people in ((kinds.MENTION, named), (kinds.ANSWER, took_part), (kinds.OWN, answer_for)):
        fresh = [user for user in dict.fromkeys(people) if user.pk not in told]
        notify(fresh, kind=kind, about=about)
        told |= {user.pk for user in fresh}
    return comment


def _locked(thread: Thread) -> Thread:
    return Thread.objects.select_related("project").select_for_update(of=("self",)).get(pk=thread.pk)


def _settle(thread: Thread, *, at: Any, by: User | None) -> None:
    thread.resolved_at, thread.resolved_by = at, by
    thread.save(update_fields=["resolved_at", "resolved_by", "updated_at"])


def _record(kind: str, subject: Comment | Thread, thread: Thread, by: User, *, named: bool = False) -> None:
    record(
        kind,
        subject=subject,
        by=by,
        stream=f"project:{thread.project_id}",
        changed=CHANGED,
        facts={"target": thread.target, "section": thread.section} | ({"named": True} if named else {}),
        target=thread.target,
    )
