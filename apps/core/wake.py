"""Waking a worker is a courtesy: what must happen is a row that the sweep finds anyway."""

import time
from typing import Any

import structlog
from celery import Task, current_app
from kombu.exceptions import OperationalError

log = structlog.get_logger("wake")

_deaf_until = 0.0
PAUSE_SECONDS = 5.0


def wake(task: Task, *args: Any) -> None:
    """Publish `task` now if the broker listens. Never raises, never waits long, never repeats.

    After a failure the broker is left alone for a few seconds, so that a page with ten
    wake-ups does not wait ten times for a dead socket.
    """
    global _deaf_until
    if time.monotonic() < _deaf_until:
        return
    try:
        with current_app.producer_or_acquire() as producer:
            task.apply_async(args=args, retry=False, producer=producer)
    except (OperationalError, OSError) as error:
        _deaf_until = time.monotonic() + PAUSE_SECONDS
        log.warning("broker is not listening", task=task.name, error=str(error))
