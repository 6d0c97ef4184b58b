"""Browsers without a screen, many in one process: streams that count what they hear, forms that are sent."""

import asyncio
import re
import secrets
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

TOLD = re.compile(rb"(?:^|\n)id: (\d+)\n")
MARK = re.compile(rb"bench(\d+)x")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass
class Heard:
    """When each marked post reached how many screens: the first and the last arrival, and every delay."""

    sent: dict[int, float] = field(default_factory=dict)
    delays: list[float] = field(default_factory=list)
    last: dict[int, float] = field(default_factory=dict)
    screens: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    # Later screens show the same cards again; they are no arrival.
    over: bool = False

    def note(self, mark: int, at: float) -> None:
        if mark in self.sent and not self.over:
            self.delays.append((at - self.sent[mark]) * 1000)
            self.last[mark] = max(self.last.get(mark, 0.0), at)
            self.screens[mark] += 1

    @property
    def to_all(self) -> list[float]:
        """Milliseconds from the press to the last screen, for each post."""
        return [(at - self.sent[mark]) * 1000 for mark, at in self.last.items()]


class Stream(asyncio.Protocol):
    """One open stream of one browser. Notes each sequence number; reads no more than it must."""

    def __init__(self, ear: "Ear") -> None:
        self.ear = ear
        self.rest = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        transport.write(self.ear.request())  # type: ignore[attr-defined]

    def data_received(self, data: bytes) -> None:
        at = time.perf_counter()
        whole, _, self.rest = (self.rest + data).rpartition(b"\n\n")
        if whole:
            self.ear.take(whole, at)

    def connection_lost(self, error: Exception | None) -> None:
        self.ear.closed.set()


@dataclass(eq=False)
class Ear:
    """The stream of one browser over all its connections: what it heard, in order."""

    base: str
    path: str
    cookie: str
    heard: Heard
    on_message: Callable[[bytes, float], None] | None = None
    since: int | None = None
    seqs: list[int] = field(default_factory=list)
    marks: set[int] = field(default_factory=set)
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    closed: asyncio.Event = field(default_factory=asyncio.Event)
    resyncs: int = 0
    reopened: int = 0
    transport: asyncio.BaseTransport | None = None

    def request(self) -> bytes:
        last = self.seqs[-1] if self.seqs else self.since
        again = f"Last-Event-ID: {last}\r\n" if last is not None else ""
        host = urlsplit(self.base).netloc
        return f"GET {self.path} HTTP/1.1\r\nHost: {host}\r\nCookie: {self.cookie}\r\n{again}\r\n".encode()

    async def open(self) -> None:
        place = urlsplit(self.base)
        self.ready.clear()
        self.closed.clear()
        loop = asyncio.get_running_loop()
        self.transport, _ = await loop.create_connection(lambda: Stream(self), place.hostname, place.port)
        await asyncio.wait_for(self.ready.wait(), 30)

    def close(self) -> None:
        if self.transport:
            self.transport.abort()  # type: ignore[attr-defined]

    async def again(self) -> None:
        """Lose the connection and come back a moment later, as a phone does."""
        self.close()
        await self.closed.wait()
        await asyncio.sleep(0.3)
        self.reopened += 1
        await self.open()

    def take(self, chunk: bytes, at: float) -> None:
        if b"retry:" in chunk:
            self.ready.set()
        self.resyncs += chunk.count(b'"live:resync"')
        self.seqs += [int(seq) for seq in TOLD.findall(chunk)]
        for mark in {int(found) for found in MARK.findall(chunk)} - self.marks:
            self.marks.add(mark)
            self.heard.note(mark, at)
        if self.on_message:
            self.on_message(chunk, at)

    @property
    def faults(self) -> tuple[int, int]:
        """How many messages are missing, and how many came twice or late."""
        expected = range(self.seqs[0], self.seqs[-1] + 1) if self.seqs else []
        return len(set(expected) - set(self.seqs)), sum(b <= a for a, b in zip(self.seqs, self.seqs[1:], strict=False))


@dataclass
class Person:
    """Somebody with a phone: cookies, the token of their forms, and a connection for what they send."""

    base: str
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""
    client: str = field(default_factory=lambda: secrets.token_urlsafe(9))
    _wire: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def cookie(self) -> str:
        return "; ".join(f"{key}={value}" for key, value in self.cookies.items())

    async def get(self, path: str) -> tuple[int, str, dict[str, str]]:
        return await self.ask("GET", path)

    async def post(self, path: str, data: dict[str, object], *, htmx: bool = True) -> tuple[int, str, float]:
        """Status, answer, and the milliseconds until the answer was there."""
        body = urlencode({"csrfmiddlewaretoken": self.token, **data}).encode()
        started = time.perf_counter()
        status, text, _ = await self.ask("POST", path, body, htmx=htmx)
        return status, text, (time.perf_counter() - started) * 1000

    async def ask(
        self, method: str, path: str, body: bytes = b"", *, htmx: bool = False
    ) -> tuple[int, str, dict[str, str]]:
        async with self._turn:
            try:
                return await self._ask(method, path, body, htmx=htmx)
            except (OSError, asyncio.IncompleteReadError):
                # The server closes a connection that was idle; the browser asks again.
                self.hang_up()
                return await self._ask(method, path, body, htmx=htmx)

    async def _ask(self, method: str, path: str, body: bytes, *, htmx: bool) -> tuple[int, str, dict[str, str]]:
        place = urlsplit(self.base)
        if self._wire is None:
            self._wire = await asyncio.open_connection(place.hostname, place.port, limit=2**22)
        reader, writer = self._wire
        lines = [
            f"{method} {path} HTTP/1.1",
            f"Host: {place.netloc}",
            f"Cookie: {self.cookie}",
            f"X-Client: {self.client}",
        ]
        lines += ["HX-Request: true"] if htmx else []
        lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"] if body else []
        writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        status, headers = int(head[0].split()[1]), {}
        for line in head[1:]:
            name, _, value = line.partition(": ")
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";")[0]
            headers[name.lower()] = value
        text = (await self._body(reader, headers)).decode() if status != 204 else ""
        if token := TOKEN.search(text):
            self.token = token[1]
        if headers.get("connection", "").lower() == "close":
            self.hang_up()
        return status, text, headers

    async def _body(self, reader: asyncio.StreamReader, headers: dict[str, str]) -> bytes:
        if "content-length" in headers:
            return await reader.readexactly(int(headers["content-length"]))
        parts = []
        while size := int(await reader.readline(), 16):
            parts.append(await reader.readexactly(size))
            await reader.readline()
        await reader.readline()
        return b"".join(parts)

    def hang_up(self) -> None:
        if self._wire:
            self._wire[1].close()
        self._wire = None


def new_key() -> str:
    return str(uuid4())
