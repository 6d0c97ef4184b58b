from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.comments.models import Comment, Thread
from apps.core.errors import DomainError
from apps.events.log import record
from apps.projects.models import Project

CHANGED = "comments:changed"


@transaction.atomic
def open_thread(
    project: Project, *, target: str, body: str, quote: str = "", quote_start: int | None = None, by: User
) -> Thread:
    """Say something about `target`, or about the passage `quote` in it."""
    thread = Thread.objects.create(project=project, target=target, quote=quote, quote_start=quote_start)
    comment = Comment.objects.create(thread=thread, author=by, body=body)
    _record("comment.added", comment, thread, by)
    return thread


@transaction.atomic
def reply(thread: Thread, *, body: str, by: User) -> Comment:
    """Answer in a thread; a resolved one opens again, since something is left to say."""
    locked = _locked(thread)
    comment = Comment.objects.create(thread=thread, author=by, body=body)
    if not locked.is_open:
        _settle(locked, at=None, by=None)
    _record("comment.added", comment, thread, by)
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


def _locked(thread: Thread) -> Thread:
    return Thread.objects.select_related("project").select_for_update(of=("self",)).get(pk=thread.pk)


def _settle(thread: Thread, *, at: Any, by: User | None) -> None:
    thread.resolved_at, thread.resolved_by = at, by
    thread.save(update_fields=["resolved_at", "resolved_by", "updated_at"])


def _record(kind: str, subject: Comment | Thread, thread: Thread, by: User) -> None:
    record(
        kind,
        subject=subject,
        by=by,
        stream=f"project:{thread.project_id}",
        changed=CHANGED,
        facts={"target": thread.target},
        target=thread.target,
    )
