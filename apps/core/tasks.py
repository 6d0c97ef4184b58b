from celery import shared_task

from apps.core import due, health
from apps.core.wake import wake


@shared_task(name="core.do", ignore_result=True, acks_late=True)
def do(label: str, pk: str) -> None:
    due.do(label, pk)


@shared_task(name="core.sweep", ignore_result=True, acks_late=False)
def sweep() -> None:
    health.beat("worker")
    for label, pk in due.waiting():
        wake(do, label, pk)


@shared_task(name="core.beat", ignore_result=True, acks_late=False)
def beat() -> None:
    """Beat published this, so beat lives; a worker took it, so the worker does."""
    health.beat("scheduler")
