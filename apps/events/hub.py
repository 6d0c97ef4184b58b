"""One per stream process: hears the bell on one LISTEN connection, reads each stream once, fans out.

Nothing here is the truth: a hub that dies loses nothing, its listeners come back with the last
sequence number they saw and get the rest from the table.
"""

import asyncio
import contextlib
import json
from dataclasses import dataclass, field
from typing import Any

import psycopg
import structlog
from django.db import connections
from psycopg.rows import dict_row

from apps.events.live import CHANNEL

log = structlog.get_logger("live")

QUEUE_LENGTH = 256
REPLAY_LIMIT = 500
MANY = 200
COLLECT_SECONDS = 0.05
RESYNC: dict[str, Any] = {"name": "live:resync"}
Message = dict[str, Any]


@dataclass(eq=False)
class Listener:
    """One open stream. A browser that stops reading costs one bounded queue, not the room."""

    stream: str
    seen: int
    queue: asyncio.Queue[Message] = field(default_factory=lambda: asyncio.Queue(QUEUE_LENGTH))
    # While the past is being read, what happens meanwhile waits here, or it would overtake.
    held: list[Message] | None = field(default_factory=list)

    def give(self, message: Message) -> None:
        """Hand over something that has just happened."""
        if self.held is not None:
            self.held.append(message)
        else:
            self._put(message)

    def catch_up(self, past: list[Message]) -> None:
        """First the past, then what happened while it was read; what is in both arrives once."""
        held, self.held = self.held or [], None
        for message in [*past, *held]:
            self._put(message)

    def _put(self, message: Message) -> None:
        """Queue a message; when the queue is full, all of it becomes one `resync`."""
        seq = message.get("seq")
        if seq is not None and seq <= self.seen:
            return
        if self.queue.full():
            while not self.queue.empty():
                self.queue.get_nowait()
            message = RESYNC
        if seq is not None:
            self.seen = seq
        self.queue.put_nowait(message)


class Hub:
    def __init__(self) -> None:
        self._listeners: dict[str, set[Listener]] = {}
        self._read_to: dict[str, int] = {}
        self._reading: set[str] = set()
        self._again: set[str] = set()
        self._bell: asyncio.Task[None] | None = None
        self._reader: psycopg.AsyncConnection[dict[str, Any]] | None = None
        self._lock = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()

    @contextlib.asynccontextmanager
    async def listen(self, stream: str, since: int | None) -> Any:
        """A listener that has everything after `since` (None: from now on) in its queue, in order."""
        if self._bell is None:
            self._bell = asyncio.create_task(self._hear())
        position = await self.position(stream)
        behind = since is not None and position - since > REPLAY_LIMIT
        listener = Listener(stream, position if since is None or behind else since)
        # First on the list, then the past: what commits in between is in one or in both.
        self._listeners.setdefault(stream, set()).add(listener)
        try:
            past = await self.read(stream, listener.seen)
            listener.catch_up([RESYNC, *past] if behind else past)
            yield listener
        finally:
            self._listeners[stream].discard(listener)
            if not self._listeners[stream]:
                del self._listeners[stream]
                self._read_to.pop(stream, None)

    async def position(self, stream: str) -> int:
        rows = await self._rows("SELECT seq FROM events_stream WHERE name = %s", [stream])
        return int(rows[0]["seq"]) if rows else 0

    async def read(self, stream: str, since: int) -> list[Message]:
        """The messages after `since` in order, at most `REPLAY_LIMIT`."""
        rows = await self._rows(
            "SELECT seq, name, facts, origin FROM events_event WHERE stream = %s AND seq > %s ORDER BY seq LIMIT %s",
            [stream, since, REPLAY_LIMIT],
        )
        return [{"seq": row["seq"], "name": row["name"], "facts": row["facts"], "by": row["origin"]} for row in rows]

    async def close(self) -> None:
        if self._bell:
            self._bell.cancel()
        if self._reader:
            await self._reader.close()

    async def _hear(self) -> None:
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(**_address(), autocommit=True) as ear:
                    await ear.execute(f"LISTEN {CHANNEL}")
                    # Whatever was said while we were deaf is in the table.
                    for stream in list(self._listeners):
                        self._spawn_read(stream)
                    async for notice in ear.notifies():
                        self._take(json.loads(notice.payload))
            except (psycopg.Error, OSError) as error:
                log.warning("lost the bell", error=str(error))
                await asyncio.sleep(1)

    def _take(self, notice: dict[str, Any]) -> None:
        stream = notice["s"]
        listeners = self._listeners.get(stream)
        if not listeners:
            return
        if "q" in notice:
            self._spawn_read(stream)
            return
        message = {"name": notice["n"], "facts": notice["f"], "by": notice.get("o", "")}
        for listener in listeners:
            listener.give(message)

    def _spawn_read(self, stream: str) -> None:
        if stream in self._reading:
            self._again.add(stream)
            return
        self._reading.add(stream)
        task = asyncio.create_task(self._spread(stream))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _spread(self, stream: str) -> None:
        """Read what is new once for everybody; bells that ring meanwhile cost one more read."""
        try:
            while True:
                self._again.discard(stream)
                listeners = self._listeners.get(stream, set())
                if len(listeners) > MANY:
                    await asyncio.sleep(COLLECT_SECONDS)
                since = self._read_to.get(stream) or min((one.seen for one in listeners), default=0)
                news = await self.read(stream, since)
                for message in news:
                    self._read_to[stream] = message["seq"]
                    for listener in list(listeners):
                        listener.give(message)
                if stream not in self._again and len(news) < REPLAY_LIMIT:
                    return
        except (psycopg.Error, OSError) as error:
            log.warning("could not read a stream", stream=stream, error=str(error))
        finally:
            self._reading.discard(stream)

    async def _rows(self, sql: str, values: list[Any]) -> list[dict[str, Any]]:
        async with self._lock:
            if self._reader is None or self._reader.closed:
                self._reader = await psycopg.AsyncConnection.connect(
                    **_address(), autocommit=True, row_factory=dict_row
                )
            cursor = await self._reader.execute(sql, values)
            return await cursor.fetchall()


def _address() -> dict[str, Any]:
    """Where Django's own database is, in psycopg's words."""
    params = connections["default"].get_connection_params()
    return {key: params[key] for key in ("dbname", "user", "password", "host", "port") if params.get(key)}
