"""From a recorded event to every open screen: N listeners on one stream, a post every so often.

The floor of the same run is a bare NOTIFY from one connection heard by another.

    .venv/bin/python -m bench.live [--listeners 50] [--posts 100] [--rate 10]
"""

import argparse
import asyncio
import json
import time

import psycopg
from asgiref.sync import sync_to_async

from bench.serving import installation, percentile, sample_host_cookie


async def listen(base: str, stream: str, cookie: str, heard: list[tuple[int, float]], ready: asyncio.Event) -> None:
    """One browser: note when each event arrives."""
    host, port = base.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    request = f"GET /live/?stream={stream} HTTP/1.1\r\nHost: {host}:{port}\r\nCookie: sessionid={cookie}\r\n\r\n"
    writer.write(request.encode())
    async for line in reader:
        if line.startswith(b"retry"):
            ready.set()
        if line.startswith(b"data: "):
            message = json.loads(line[6:])
            if (message.get("facts") or {}).get("bench"):
                heard.append((message["facts"]["n"], time.perf_counter()))


async def floor(url: str, times: int) -> list[float]:
    """Milliseconds from NOTIFY on one connection to its arrival on another."""
    took = []
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as ear:
        await ear.execute("LISTEN bench_floor")
        async with await psycopg.AsyncConnection.connect(url, autocommit=True) as mouth:
            for _ in range(times):
                started = time.perf_counter()
                await mouth.execute("NOTIFY bench_floor, 'x'")
                async for _notice in ear.notifies(stop_after=1, timeout=5):
                    took.append((time.perf_counter() - started) * 1000)
    return took


async def run(base: str, url: str, listeners: int, posts: int, rate: float) -> None:
    cookie, project = await sync_to_async(sample_host_cookie)()
    from apps.events.log import record

    stream = f"project:{project}"
    heard: list[list[tuple[int, float]]] = [[] for _ in range(listeners)]
    ready = [asyncio.Event() for _ in range(listeners)]
    open_streams = [
        asyncio.create_task(listen(base, stream, cookie, mine, event)) for mine, event in zip(heard, ready, strict=True)
    ]
    await asyncio.wait_for(asyncio.gather(*(event.wait() for event in ready)), 60)
    posted = {}

    def post(number: int) -> float:
        started = time.perf_counter()
        record("bench.posted", subject="bench", by=None, stream=stream, facts={"bench": True, "n": number})
        return started

    for number in range(posts):
        posted[number] = await sync_to_async(post)(number)
        await asyncio.sleep(1 / rate)
    await asyncio.sleep(2)
    for task in open_streams:
        task.cancel()
    every = [(at - posted[number]) * 1000 for mine in heard for number, at in mine]
    last = [max(at for mine in heard for n, at in mine if n == number) - posted[number] for number in posted]
    whole = sum([number for number, _ in mine] == list(range(posts)) for mine in heard)
    bare = await floor(url, 100)
    print(
        f"floor, NOTIFY to another connection   p50 {percentile(bare, 0.5):6.1f} ms  p95 {percentile(bare, 0.95):6.1f} ms"
    )
    print(
        f"post to one screen                    p50 {percentile(every, 0.5):6.1f} ms  p95 {percentile(every, 0.95):6.1f} ms"
    )
    print(
        f"post to all {listeners} screens               p50 {percentile(last, 0.5) * 1000:6.1f} ms  "
        f"p95 {percentile(last, 0.95) * 1000:6.1f} ms  ({percentile(last, 0.5) * 1000 / percentile(bare, 0.5):.0f} × floor)"
    )
    print(f"{whole} of {listeners} listeners heard all {posts} posts once and in order")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--listeners", type=int, default=50)
    parser.add_argument("--posts", type=int, default=100)
    parser.add_argument("--rate", type=float, default=10)
    args = parser.parse_args()
    with installation() as place:
        asyncio.run(
            run(place.base, place.environment["DATABASE_URL"], args.listeners, min(args.posts, 2000), args.rate)
        )


if __name__ == "__main__":
    main()
