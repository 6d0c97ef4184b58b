"""What the clock does for the scope."""

from celery import shared_task

from apps.scope.actions import remember_readiness
from apps.scope.queries import unread_today


@shared_task(name="scope.remember", ignore_result=True)
def remember() -> None:
    """Keep what readiness says today, once a day for each project; run twice it keeps one."""
    for project in unread_today():
        remember_readiness(project)
