"""The bell: PostgreSQL NOTIFY says only that a stream has something; the truth is read from the table."""

import json
from typing import Any

from django.db import connection, transaction

from apps.events.origin import here

CHANNEL = "live"
MAX_NOTICE_BYTES = 7500


def ring(stream: str, name: str, facts: dict[str, Any] | None = None) -> None:
    """A passing notice to everyone on `stream` (presence, typing): no row, no replay, sent on commit.

    Raises ValueError when it is over 7500 bytes: what is longer belongs into an event.
    """
    notice = json.dumps({"s": stream, "n": name, "f": facts, "o": here().client})
    if len(notice.encode()) > MAX_NOTICE_BYTES:
        raise ValueError("A notice is at most 7500 bytes; record an event instead.")
    _notify(notice)


def ring_event(stream: str, seq: int) -> None:
    """Tell the stream processes that `stream` has grown to `seq`."""
    _notify(json.dumps({"s": stream, "q": seq}))


def _notify(notice: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, notice])
