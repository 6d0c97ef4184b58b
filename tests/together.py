"""Doing several things at once, each in a thread with a database connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection

from apps.core.errors import DomainError


def together(*jobs: Callable[[], Any]) -> list[Any]:
    """Start all jobs at the same moment; what each returned, or the refusal it got. Any other error is raised."""
    start = Barrier(len(jobs))

    def run(job: Callable[[], Any]) -> Any:
        try:
            start.wait(10)
            return job()
        except DomainError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def run_together(count: int, work: Callable[[], Any]) -> list[Any]:
    """The same thing `count` times at once."""
    return together(*[work] * count)
