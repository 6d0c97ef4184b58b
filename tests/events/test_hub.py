"""The hub by itself: what it does when a listener, a drawing or the database lets it down."""

import asyncio
import base64
import json
import zlib

import pytest
from asgiref.sync import sync_to_async
from django.db import connection

from apps.events import hub as hub_module
from apps.events import live, pushes
from apps.events.hub import QUEUE_LENGTH, Frame, Hub, Listener
from apps.events.log import record

STREAM = "bench:1"


def frames(*seqs):
    return [Frame(seq, "risks:changed", b"data: %d\n\n" % seq) for seq in seqs]


def caught_up(seen=0):
    listener = Listener("project:1", seen)
    listener.catch_up([])
    return listener


def taken(listener):
    return [frame.seq or frame.name for frame in asyncio.run(listener.take(1))]


def test_what_happens_while_the_past_is_read_does_not_overtake_it_and_arrives_once():
    listener = Listener("project:1", 2)

    listener.give(frames(4, 5))
    listener.catch_up(frames(3, 4))
    listener.give(frames(5, 6))

    assert taken(listener) == [3, 4, 5, 6]


def test_who_stops_reading_gets_one_resync_and_goes_on_from_there():
    listener = caught_up()

    for seq in range(1, QUEUE_LENGTH + 3):
        listener.give(frames(seq))

    assert taken(listener) == ["live:resync", QUEUE_LENGTH + 2]


def test_nothing_to_take_is_nothing():
    assert asyncio.run(caught_up().take(0.01)) == []


def told(seq=1, **more):
    return record("risk.raised", subject="risk:1", by=None, stream=STREAM, **more)


async def aside(what, *args, **more):
    """Do it in another thread, and leave no connection there."""

    def call():
        try:
            return what(*args, **more)
        finally:
            connection.close()

    return await sync_to_async(call)()


def run(scene):
    """Play a scene with a hub of its own."""

    async def play():
        hub = Hub()
        try:
            return await scene(hub)
        finally:
            await hub.close()

    return asyncio.run(play())


async def next_messages(listener, count):
    found = []
    while len(found) < count:
        frames = await listener.take(5)
        assert frames, f"only {found}"
        found += [json.loads(frame.body.split(b"data: ", 1)[1]) for frame in frames]
    return found


@pytest.fixture
def drawing(monkeypatch):
    """What is drawn for streams of the tests."""
    calls = []

    def register(draw):
        def counted(ident, news):
            calls.append([one.seq for one in news])
            return draw(ident, news)

        monkeypatch.setitem(pushes._draws, "bench", counted)
        return calls

    return register


@pytest.mark.django_db(transaction=True)
def test_what_is_drawn_is_drawn_once_and_reaches_every_listener(drawing):
    calls = drawing(lambda ident, news: {one.seq: f"<p>{ident} {one.subject}</p>" for one in news})

    async def scene(hub):
        async with hub.listen(STREAM, None) as first, hub.listen(STREAM, None) as second:
            await asyncio.sleep(0.2)
            await aside(told)
            return await next_messages(first, 1), await next_messages(second, 1)

    first, second = run(scene)

    assert (first[0]["html"], first[0]["crowd"]) == ("<p>1 risk:1</p>", 2)
    assert second == first
    assert calls == [[1]]


@pytest.mark.django_db(transaction=True)
def test_what_is_long_travels_packed(drawing):
    page = "<p>a card</p>" * 2000
    drawing(lambda ident, news: {one.seq: page for one in news})

    async def scene(hub):
        async with hub.listen(STREAM, None) as listener:
            await asyncio.sleep(0.2)
            await aside(told)
            return await next_messages(listener, 1)

    (message,) = run(scene)
    assert "html" not in message
    assert zlib.decompress(base64.b64decode(message["packed"])).decode() == page
    assert len(message["packed"]) < len(page) / 20


@pytest.mark.django_db(transaction=True)
def test_who_comes_back_gets_names_without_drawings(drawing):
    drawing(lambda ident, news: {one.seq: "<p></p>" for one in news})
    told()

    async def scene(hub):
        async with hub.listen(STREAM, 0) as listener:
            return await next_messages(listener, 1)

    assert [("html" in message, message["seq"]) for message in run(scene)] == [(False, 1)]


@pytest.mark.django_db(transaction=True)
def test_a_drawing_that_fails_takes_nothing_from_the_message(drawing):
    drawing(lambda ident, news: 1 / 0)

    async def scene(hub):
        async with hub.listen(STREAM, None) as listener:
            await asyncio.sleep(0.2)
            await aside(told, facts={"score": 3})
            return await next_messages(listener, 1)

    (message,) = run(scene)
    assert ("html" in message, message["facts"]) == (False, {"score": 3})


@pytest.mark.django_db(transaction=True)
def test_of_notices_that_wait_the_newest_of_a_name_is_enough(monkeypatch):
    monkeypatch.setattr(hub_module.Channel, "collect", lambda channel, drawing: None)

    async def scene(hub):
        async with hub.listen(STREAM, None) as listener:
            await asyncio.sleep(0.2)
            channel = hub._channels[STREAM]
            channel.quiet_until = asyncio.get_running_loop().time() + 0.5
            for ready in (1, 2, 3):
                await aside(live.ring, STREAM, "pulse:changed", {"ready": ready}, latest=True)
            for person in ("a", "b"):
                await aside(live.ring, STREAM, "people:here", {"who": person})
            return [message["facts"] for message in await next_messages(listener, 3)]

    assert run(scene) == [{"ready": 3}, {"who": "a"}, {"who": "b"}]


@pytest.mark.django_db(transaction=True)
def test_a_database_that_was_restarted_loses_no_message():
    cut = (
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
        f"WHERE application_name = '{hub_module.NAME}' AND datname = current_database()"
    )

    def hang_up():
        with connection.cursor() as cursor:
            cursor.execute(cut)

    async def scene(hub):
        async with hub.listen(STREAM, None) as listener:
            await asyncio.sleep(0.2)
            await aside(told)
            before = await next_messages(listener, 1)
            await aside(hang_up)
            # Told while the hub is deaf, heard when it listens again.
            await aside(told)
            return before + await next_messages(listener, 1)

    assert [message["seq"] for message in run(scene)] == [1, 2]
