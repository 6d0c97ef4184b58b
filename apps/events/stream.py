"""`/live/`: a small bare-ASGI app. It asks Django for the session and the right to listen, nothing else.

A stream holds no database connection while it waits.
"""

import asyncio
import contextlib
import json
import random
from collections.abc import Awaitable, Callable
from http.cookies import SimpleCookie
from importlib import import_module
from typing import Any
from urllib.parse import parse_qs

import psycopg
from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth import get_user
from django.db import connection
from django.http import HttpRequest

from apps.events import rights
from apps.events.hub import REPLAY_LIMIT, RESYNC, Hub, Listener, Message

RECHECK_SECONDS = 20.0
# The rights of a thousand people are looked at in turn, not all every twenty seconds; who is shown out is told at once.
RECHECKS_PER_SECOND = 10
RIGHTS_CHANGED = "rights:changed"
Send = Callable[[dict[str, Any]], Awaitable[None]]
Receive = Callable[[], Awaitable[dict[str, Any]]]

hub: Hub | None = None


async def live(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """Answer `/live/?stream=…` with server-sent events and `/live/poll/?stream=…&since=…` with JSON."""
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
        return
    if scope["type"] != "http":
        return
    query = {key: values[0] for key, values in parse_qs(scope["query_string"].decode()).items()}
    stream = query.get("stream", "")
    headers = {name.decode().lower(): value.decode("latin-1") for name, value in scope["headers"]}
    session_key = _session_key(headers.get("cookie", ""))
    if scope["method"] != "GET":
        await _say(send, 405, b"GET only.")
    elif not await _may(session_key, stream):
        # 204 tells EventSource to stop asking.
        await _say(send, 204 if scope["path"] == "/live/" else 403, b"")
    elif scope["path"] == "/live/poll/":
        await _poll(send, stream, _number(query.get("since")))
    elif scope["path"] == "/live/":
        since = _number(headers.get("last-event-id")) or _number(query.get("since"))
        await _stream(receive, send, session_key, stream, since)
    else:
        await _say(send, 404, b"")


async def _stream(receive: Receive, send: Send, session_key: str, stream: str, since: int | None) -> None:
    headers = [
        (b"content-type", b"text/event-stream; charset=utf-8"),
        (b"cache-control", b"no-store"),
        (b"x-accel-buffering", b"no"),
    ]
    async with _hub().listen(stream, since) as listener:
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await _write(send, b"retry: 2000\n\n")
        gone = asyncio.create_task(_until_gone(receive))
        talking = asyncio.create_task(_talk(send, listener, session_key))
        done, waiting = await asyncio.wait({gone, talking}, return_when=asyncio.FIRST_COMPLETED)
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        if talking in done:
            with contextlib.suppress(OSError):
                await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _talk(send: Send, listener: Listener, session_key: str) -> None:
    """Write what comes; look at the rights again now and then, and end when they are gone."""
    loop = asyncio.get_running_loop()
    look = loop.time() + _rest(listener)
    while True:
        frames = await listener.take(RECHECK_SECONDS)
        if loop.time() >= look or any(frame.name == RIGHTS_CHANGED for frame in frames):
            if not await _may(session_key, listener.stream):
                await _write(send, b"event: gone\ndata: {}\n\n")
                return
            look = loop.time() + _rest(listener)
        await _write(send, b"".join(frame.body for frame in frames) or b": still here\n\n")


def _rest(listener: Listener) -> float:
    """Seconds until the rights are looked at again; a little apart, or a room that came in together is looked at together."""
    seconds = max(RECHECK_SECONDS, _hub().crowd(listener.stream) / RECHECKS_PER_SECOND)
    return seconds * random.uniform(0.8, 1.2)  # noqa: S311 - no secret


async def _poll(send: Send, stream: str, since: int | None) -> None:
    position = await _hub().position(stream)
    messages: list[Message] = []
    if since is not None and position - since > REPLAY_LIMIT:
        messages = [RESYNC]
    elif since is not None and position > since:
        messages = await _hub().read(stream, since)
        position = messages[-1]["seq"] if messages else position
    body = json.dumps({"seq": position, "messages": messages}).encode()
    await _say(send, 200, body, b"application/json")


async def _write(send: Send, body: bytes) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": True})


async def _say(send: Send, status: int, body: bytes, content_type: bytes = b"text/plain") -> None:
    headers = [(b"content-type", content_type), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        event = await receive()
        if event["type"] == "lifespan.startup":
            await send({"type": "lifespan.startup.complete"})
        else:
            with contextlib.suppress(psycopg.Error):
                await _hub().close()
            await send({"type": "lifespan.shutdown.complete"})
            return


def _hub() -> Hub:
    global hub
    if hub is None:
        hub = Hub()
    return hub


def _session_key(cookie: str) -> str:
    jar: SimpleCookie = SimpleCookie()
    with contextlib.suppress(Exception):
        jar.load(cookie)
    morsel = jar.get(settings.SESSION_COOKIE_NAME)
    # A quoted cookie may hold a NUL, which PostgreSQL refuses.
    return morsel.value if morsel and "\0" not in morsel.value else ""


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 18 else None


@sync_to_async(thread_sensitive=False)
def _may(session_key: str, stream: str) -> bool:
    try:
        return rights.may_listen(_identity(session_key), stream)
    finally:
        connection.close()


def _identity(session_key: str) -> rights.Identity:
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    user = get_user(request)
    session = {key: request.session[key] for key in request.session.keys()}  # noqa: SIM118 - a session is no dict
    return rights.Identity(user_id=str(user.pk) if user.is_authenticated else None, session=session)
