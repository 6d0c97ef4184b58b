"""A short lease, renewed while the work goes on: a killed worker is noticed in seconds, a long document is not cut off."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import structlog
from django.db import Error, connection
from django.db.models import QuerySet
from django.utils import timezone

from apps.core.due import State
from apps.exports.models import Export

SECONDS = 20
EVERY = 6
log = structlog.get_logger("exports")


@contextmanager
def held(export: Export) -> Iterator[None]:
    """Renew the lease of this attempt every few seconds until the block ends."""
    over = threading.Event()
    keeper = threading.Thread(target=_keep, args=(export, over), daemon=True)
    keeper.start()
    try:
        yield
    finally:
        over.set()
        keeper.join()


def _keep(export: Export, over: threading.Event) -> None:
    while not over.wait(EVERY):
        try:
            mine(export).update(lease_until=timezone.now() + timedelta(seconds=SECONDS))
        except Error as error:
            log.warning("the lease was not renewed", export=str(export.pk), error=str(error))
        finally:
            connection.close()


def mine(export: Export) -> QuerySet[Export]:
    """The row as long as it is this attempt's."""
    return Export.objects.filter(pk=export.pk, state=State.RUNNING, attempts=export.attempts)
