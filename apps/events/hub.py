"""One per stream process: hears the bell on one LISTEN connection, reads each stream once, fans out.

Nothing here is the truth: a hub that dies loses nothing, its listeners come back with the last
sequence number they saw and get the rest from the table.
"""

import asyncio
import contextlib
import json
import time
from collections import deque
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field
from typing import Any

import psycopg
import structlog
from asgiref.sync import sync_to_async
from django.db import connection, connections
from psycopg.rows import dict_row

from apps.events import pushes
from apps.events.live import CHANNEL

log = structlog.get_logger("live")

# How its connections are called in pg_stat_activity.
NAME = "scoperoom live"
QUEUE_LENGTH = 256
REPLAY_LIMIT = 500
# Few listeners hear at once; with many, what comes within this time of the last message travels together.
FEW = 60
COLLECT_SECONDS_PER_LISTENER = 0.0001
LONGEST_COLLECTION = 0.15
# Drawing takes at most a third of a core.
PAUSE_PER_DRAWING = 2.0
LONGEST_REST = 0.3
Message = dict[str, Any]


@dataclass(frozen=True)
class Frame:
    """A message in the form in which it goes to every browser; made once."""

    seq: int | None
    name: str
    body: bytes


def frame(message: Message) -> Frame:
    seq = message.get("seq")
    head = f"id: {seq}\n" if seq is not None else ""
    return Frame(seq, message["name"], f"{head}data: {json.dumps(message)}\n\n".encode())


RESYNC: Message = {"name": "live:resync"}
_RESYNC = frame(RESYNC)


@dataclass(eq=False)
class Listener:
    """One open stream. A browser that stops reading costs one bounded queue, not the room."""

    stream: str
    seen: int
    _waiting: deque[Frame] = field(default_factory=deque)
    _something: asyncio.Event = field(default_factory=asyncio.Event)
    # While the past is being read, what happens meanwhile waits here, or it would overtake.
    _held: list[Frame] | None = field(default_factory=list)

    def give(self, frames: Iterable[Frame]) -> None:
        """Hand over what has just happened."""
        if self._held is not None:
            self._held.extend(frames)
        else:
            self._put(frames)

    def catch_up(self, past: Iterable[Frame]) -> None:
        """First the past, then what happened while it was read; what is in both arrives once."""
        held, self._held = self._held or [], None
        self._put([*past, *held])

    async def take(self, seconds: float) -> list[Frame]:
        """Everything that waits, in order; nothing when nothing came within `seconds`."""
        # one timer and no cancelling: a full room waits thousands of times a second
        bell = asyncio.get_running_loop().call_later(seconds, self._something.set)
        try:
            await self._something.wait()
        finally:
            bell.cancel()
        self._something.clear()
        frames = list(self._waiting)
        self._waiting.clear()
        return frames

    def _put(self, frames: Iterable[Frame]) -> None:
        """Queue what is new; when the queue is full, all of it becomes one `resync`."""
        for one in frames:
            if one.seq is not None and one.seq <= self.seen:
                continue
            self.seen = self.seen if one.seq is None else one.seq
            if len(self._waiting) >= QUEUE_LENGTH:
                self._waiting.clear()
                one = _RESYNC
            self._waiting.append(one)
        if self._waiting:
            self._something.set()


@dataclass(eq=False)
class Channel:
    """A stream that somebody listens to."""

    name: str
    listeners: set[Listener] = field(default_factory=set)
    read_to: int | None = None
    rung: bool = False
    # Passing notices by name where the newest says it all, else one by one.
    notices: dict[Any, Message] = field(default_factory=dict)
    task: asyncio.Task[None] | None = None
    quiet_until: float = 0.0

    def collect(self, drawing: float) -> None:
        """Let the next messages wait for each other for a while, longer the more listen."""
        many = len(self.listeners)
        pause = min(many * COLLECT_SECONDS_PER_LISTENER, LONGEST_COLLECTION) if many > FEW else 0.0
        self.quiet_until = time.monotonic() + max(pause, min(drawing * PAUSE_PER_DRAWING, LONGEST_REST))


class Hub:
    def __init__(self) -> None:
        self._channels: dict[str, Channel] = {}
        self._bell: asyncio.Task[None] | None = None
        self._reader: psycopg.AsyncConnection[dict[str, Any]] | None = None
        self._lock = asyncio.Lock()

    @contextlib.asynccontextmanager
    async def listen(self, stream: str, since: int | None) -> AsyncIterator[Listener]:
        """A listener that has everything after `since` (None: from now on) in its queue, in order."""
        if self._bell is None:
            self._bell = asyncio.create_task(self._hear())
        position = await self.position(stream)
        behind = since is not None and position - since > REPLAY_LIMIT
        listener = Listener(stream, position if since is None or behind else since)
        # First on the list, then the past: what commits in between is in one or in both.
        channel = self._channels.setdefault(stream, Channel(stream))
        channel.listeners.add(listener)
        try:
            past = [self._frame(channel, message) for message in await self.read(stream, listener.seen)]
            listener.catch_up([_RESYNC, *past] if behind else past)
            yield listener
        finally:
            channel.listeners.discard(listener)
            if not channel.listeners:
                self._channels.pop(stream, None)

    def crowd(self, stream: str) -> int:
        """How many listen to it here."""
        channel = self._channels.get(stream)
        return len(channel.listeners) if channel else 0

    async def position(self, stream: str) -> int:
        rows = await self._rows("SELECT seq FROM events_stream WHERE name = %s", [stream])
        return int(rows[0]["seq"]) if rows else 0

    async def read(self, stream: str, since: int) -> list[Message]:
        """The messages after `since` in order, at most `REPLAY_LIMIT`."""
        return [_message(row) for row in await self._events(stream, since)]

    async def close(self) -> None:
        tasks = [task for task in (self._bell, *(one.task for one in self._channels.values())) if task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._reader:
            await self._reader.close()

    async def _hear(self) -> None:
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(**_address(), autocommit=True) as ear:
                    await ear.execute(f"LISTEN {CHANNEL}")
                    # Whatever was said while we were deaf is in the table.
                    for channel in list(self._channels.values()):
                        self._ring(channel)
                    async for notice in ear.notifies():
                        self._take(json.loads(notice.payload))
            except (psycopg.Error, OSError) as error:
                log.warning("lost the bell", error=str(error))
                await asyncio.sleep(1)

    def _take(self, notice: dict[str, Any]) -> None:
        channel = self._channels.get(notice["s"])
        if channel is None:
            return
        if "q" in notice:
            self._ring(channel)
            return
        message = {"name": notice["n"], "facts": notice["f"], "by": notice.get("o", "")}
        channel.notices[notice["n"] if notice.get("l") else len(channel.notices)] = message
        self._start(channel)

    def _ring(self, channel: Channel) -> None:
        channel.rung = True
        self._start(channel)

    def _start(self, channel: Channel) -> None:
        if channel.task is None or channel.task.done():
            channel.task = asyncio.create_task(self._spread(channel))

    async def _spread(self, channel: Channel) -> None:
        """Read and draw what is new once for everybody; bells that ring meanwhile are answered in the next round."""
        try:
            while channel.listeners and (channel.rung or channel.notices):
                await asyncio.sleep(max(0.0, channel.quiet_until - time.monotonic()))
                channel.rung, drawing = False, 0.0
                frames: list[Frame] = []
                rows = await self._news(channel)
                if rows:
                    frames, drawing = await self._drawn(channel, rows)
                notices, channel.notices = channel.notices, {}
                frames += [self._frame(channel, message) for message in notices.values()]
                for listener in channel.listeners:
                    listener.give(frames)
                channel.collect(drawing)
        except (psycopg.Error, OSError) as error:
            # The bell hears of the same trouble, and rings for everybody when it is over.
            log.warning("could not read a stream", stream=channel.name, error=str(error))

    async def _news(self, channel: Channel) -> list[dict[str, Any]]:
        """What nobody on this channel has been told yet."""
        if channel.read_to is None:
            channel.read_to = min((one.seen for one in channel.listeners), default=0)
        rows = await self._events(channel.name, channel.read_to)
        if rows:
            channel.read_to = rows[-1]["seq"]
        channel.rung = channel.rung or len(rows) == REPLAY_LIMIT
        return rows

    async def _drawn(self, channel: Channel, rows: list[dict[str, Any]]) -> tuple[list[Frame], float]:
        """The rows as frames, with what is drawn for everybody, and the seconds of a core that drawing took."""
        drawings: dict[int, dict[str, str]] = {}
        took = 0.0
        if pushes.is_drawn(channel.name):
            news = [pushes.News(row["seq"], row["name"], row["subject"], row["facts"]) for row in rows]
            drawings, took = await _draw(channel.name, news)
        messages = [_message(row) for row in rows]
        for message in messages:
            message.update(drawings.get(message["seq"], {}))
        return [self._frame(channel, message) for message in messages], took

    def _frame(self, channel: Channel, message: Message) -> Frame:
        """With how many hear it here, so that those who must ask spread out."""
        return frame({**message, "crowd": len(channel.listeners)})

    async def _events(self, stream: str, since: int) -> list[dict[str, Any]]:
        return await self._rows(
            "SELECT seq, name, subject, facts, origin FROM events_event WHERE stream = %s AND seq > %s "
            "ORDER BY seq LIMIT %s",
            [stream, since, REPLAY_LIMIT],
        )

    async def _rows(self, sql: str, values: list[Any]) -> list[dict[str, Any]]:
        async with self._lock:
            try:
                return await self._ask(sql, values)
            except psycopg.OperationalError:
                # The database may have been restarted since the last question.
                return await self._ask(sql, values)

    async def _ask(self, sql: str, values: list[Any]) -> list[dict[str, Any]]:
        if self._reader is None or self._reader.closed:
            self._reader = await psycopg.AsyncConnection.connect(**_address(), autocommit=True, row_factory=dict_row)
        cursor = await self._reader.execute(sql, values)
        return await cursor.fetchall()


def _message(row: dict[str, Any]) -> Message:
    return {"seq": row["seq"], "name": row["name"], "facts": row["facts"], "by": row["origin"]}


@sync_to_async(thread_sensitive=False)
def _draw(stream: str, news: list[pushes.News]) -> tuple[dict[int, dict[str, str]], float]:
    """What is drawn, and the work it was: on a busy machine the clock on the wall would say too much."""
    started = time.thread_time()
    try:
        drawn = {seq: pushes.carried(html) for seq, html in pushes.drawn(stream, news).items()}
        return drawn, time.thread_time() - started
    except Exception:
        # Whatever is wrong with a picture, the message goes out: browsers ask for what was not drawn.
        log.exception("could not draw", stream=stream)
        return {}, 0.0
    finally:
        connection.close()


def _address() -> dict[str, Any]:
    """Where Django's own database is, in psycopg's words."""
    params = connections["default"].get_connection_params()
    address = {key: params[key] for key in ("dbname", "user", "password", "host", "port") if params.get(key)}
    return {**address, "application_name": NAME}
