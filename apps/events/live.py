"""The bell: PostgreSQL NOTIFY says only that a stream has something; the truth is read from the table."""

import json
from typing import Any

from django.db import connection

from apps.events.origin import here

CHANNEL = "live"
MAX_NOTICE_BYTES = 7500


def ring(
    stream: str, name: str, facts: dict[str, Any] | None = None, *, latest: bool = False, nameless: bool = False
) -> None:
    """A passing notice to everyone on `stream` (presence, typing): no row, no replay, sent on commit.

    With `latest` a newer notice of the same name may replace one that has not been sent yet; with `nameless` it does
    not carry the tab that caused it. Raises ValueError when it is over 7500 bytes: what is longer belongs into an event.
    """
    notice: dict[str, Any] = {"s": stream, "n": name, "f": facts, "o": "" if nameless else here().client}
    text = json.dumps({**notice, "l": 1} if latest else notice)
    if len(text.encode()) > MAX_NOTICE_BYTES:
        raise ValueError("A notice is at most 7500 bytes; record an event instead.")
    _notify(text)


def ring_event(stream: str, seq: int) -> None:
    """Tell the stream processes that `stream` has grown to `seq`."""
    _notify(json.dumps({"s": stream, "q": seq}))


def _notify(notice: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, notice])
