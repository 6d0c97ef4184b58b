"""Doing the same thing many times at once, each in a thread with a database connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection


def run_together(count: int, work: Callable[[], Any]) -> list[Any]:
    """Start `work` in `count` threads at the same moment; what each returned, or the error it raised."""
    start = Barrier(count)

    def one() -> Any:
        try:
            start.wait(10)
            return work()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return [future.result() for future in [pool.submit(one) for _ in range(count)]]
