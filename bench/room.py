"""A full room: N people join, hold a stream each, and write, vote, answer and say that they are ready.

From the press to every screen in milliseconds, beside the least that could work (`bench.floor`) with the same streams in
the same run; every stream is counted afterwards: nothing lost, nothing twice, though some connections are cut on the way.
The load comes from this process, the server is another. Everything is on 127.0.0.1, bounded, and stops by itself.

    .venv/bin/python -m bench.room [--people 50 200 1000] [--rate 20] [--seconds 10] [--ports 2] [--soak 10]
"""

import argparse
import asyncio
import contextlib
import json
import os
import random
import re
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from bench.browsers import Ear, Heard, Person, new_key
from bench.serving import Installation, free_port, installation, percentile, web
from config.starter.paths import ROOT, VENV_PYTHON

MOST_PEOPLE, MOST_SECONDS, MOST_RATE = 1000, 60, 100
QUIET = 2.5
CUT_EACH_SECOND = 0.01
KEY = re.compile(r'name="key" value="([^"]+)"')

PREPARE = """
import json
from django.test import Client
from apps.accounts.models import User
from apps.projects.actions import create_project
from apps.workshops import actions
host = User.objects.create_user("host{n}@bench.example", name="Host")
project = create_project(by=host, title="A full room", pain="x", users="y", in_scope="z")
workshop = actions.create_workshop(project, title="Room", purpose="", template="framing", scheduled_at=None, by=host)
actions.open_room(workshop, by=host)
client = Client()
client.force_login(host, backend="allauth.account.auth_backends.AuthenticationBackend")
steps = [[str(one.pk), [phase.key for phase in one.plan.phases], one.kind] for one in workshop.activities.all()]
print(json.dumps([str(project.pk), str(workshop.pk), workshop.join_url, client.cookies["sessionid"].value, steps]))
"""


@dataclass
class Tally:
    """What one kind of press did: how long its own answer took, and what was refused."""

    took: list[float] = field(default_factory=list)
    refused: Counter[int] = field(default_factory=Counter)

    def add(self, status: int, ms: float) -> None:
        self.took.append(ms)
        if status not in (200, 204):
            self.refused[status] += 1


@dataclass
class Room:
    """The workshop, its people and what they hear."""

    bases: list[str]
    project: str
    workshop: str
    link: str
    host: Person
    steps: list[tuple[str, list[str], str]]
    people: list[Person] = field(default_factory=list)
    ears: list[Ear] = field(default_factory=list)
    heard: Heard = field(default_factory=Heard)
    tallies: dict[str, Tally] = field(default_factory=dict)
    step: int = 0
    marks: int = 0

    def path(self, name: str) -> str:
        return f"/room/{self.workshop}/{name}"

    async def join(self, count: int) -> float:
        """Everybody by the link, eight at a time; returns people a second."""
        gate, started = asyncio.Semaphore(8), time.perf_counter()

        async def enter(number: int) -> Person:
            async with gate:
                person = Person(self.bases[number % len(self.bases)])
                _, page, _ = await person.get(self.link)
                key = KEY.search(page)
                assert key, page[:300]
                status, _, _ = await person.post(self.link, {"name": f"Person {number}", "key": key[1]}, htmx=False)
                assert status == 302, f"joining answered {status}"
                await person.get(self.path(""))
                return person

        self.people = list(await asyncio.gather(*(enter(number) for number in range(count))))
        return count / (time.perf_counter() - started)

    async def listen(self) -> None:
        gate = asyncio.Semaphore(50)
        self.ears = [
            Ear(person.base, f"/live/?stream=workshop:{self.workshop}", person.cookie, self.heard)
            for person in self.people
        ]

        async def open_one(ear: Ear) -> None:
            async with gate:
                await ear.open()

        await asyncio.gather(*(open_one(ear) for ear in self.ears))

    async def drive(self, name: str, data: dict[str, object]) -> None:
        """The host presses; the press is done when every screen has the new step."""
        at = dict.fromkeys(self.ears, 0.0)
        missing = set(self.ears)

        def hears(ear: Ear) -> Callable[[bytes, float], None]:
            def note(chunk: bytes, arrived: float) -> None:
                if b"data-screen" in chunk or b'"steps:changed"' in chunk:
                    at[ear] = arrived
                    missing.discard(ear)

            return note

        for ear in self.ears:
            ear.on_message = hears(ear)
        started = time.perf_counter()
        path = f"/projects/{self.project}/workshops/{self.workshop}/{name}/"
        status, page, ms = await self.host.post(path, {"step": self.step, **data})
        assert status == 200, f"{name} answered {status}: {page[:300]}"
        self.step += 1
        self.tally("host moves the room").add(status, ms)
        until = time.perf_counter() + 30
        while missing and time.perf_counter() < until:
            await asyncio.sleep(0.02)
        for ear in self.ears:
            ear.on_message = None
        moved = sorted((arrived - started) * 1000 for arrived in at.values() if arrived)
        if moved:
            self.tally("new step on every screen").took.append(moved[-1])
        assert not missing, f"{len(missing)} screens did not hear of the step"

    def find(self, *phases: str) -> str:
        """The first step that has all these phases; empty when there is none."""
        return next((key for key, its, _ in self.steps if set(phases) <= set(its)), "")

    async def move(self, activity: str, phase: str) -> None:
        await self.drive("move", {"activity": activity, "phase": phase})

    def tally(self, name: str) -> Tally:
        return self.tallies.setdefault(name, Tally())

    async def keep(
        self, rate: float, seconds: float, press: Callable[[Person], Awaitable[tuple[str, int, float]]]
    ) -> None:
        """Somebody presses `rate` times a second, whether the one before has been answered or not."""
        tasks: set[asyncio.Task[None]] = set()
        started, number = time.perf_counter(), 0

        async def one(person: Person) -> None:
            name, status, ms = await press(person)
            self.tally(name).add(status, ms)

        while (due := number / rate) < seconds:
            await asyncio.sleep(max(0.0, started + due - time.perf_counter()))
            number += 1
            task = asyncio.create_task(one(random.choice(self.people)))
            tasks.add(task)
            task.add_done_callback(tasks.discard)
        await asyncio.gather(*tasks)

    async def write(self, person: Person, activity: str, *, marked: bool) -> tuple[str, int, float]:
        text = f"A thought {random.randrange(10**6)}"
        if marked:
            self.marks += 1
            text = f"bench{self.marks}x and a sentence of some length, as people write them on a card"
            self.heard.sent[self.marks] = time.perf_counter()
        data = {
            "text": text,
            "prompt": random.choice(["expectations", "concerns"]),
            "activity": activity,
            "key": new_key(),
        }
        status, _, ms = await person.post(self.path("cards/add/"), data | ({"late": "1"} if marked else {}))
        return ("card, seen at once" if marked else "card, hidden"), status, ms

    async def ready(self, person: Person) -> tuple[str, int, float]:
        status, _, ms = await person.post(self.path("ready/"), {"ready": random.choice("01"), "step": self.step})
        return "ready mark", status, ms

    async def answer(self, person: Person, activity: str) -> tuple[str, int, float]:
        status, _, ms = await person.post(
            self.path("answer/"), {"activity": activity, "clarity": random.randint(1, 5), "text": ""}
        )
        return "answer", status, ms

    async def vote(self, person: Person, cards: list[str]) -> tuple[str, int, float]:
        data = {"target": "card", "item": random.choice(cards), "dots": random.choice([0, 1])}
        status, _, ms = await person.post(self.path("dots/"), data)
        return "dots", status, ms

    async def cut(self, seconds: float) -> None:
        """Now and then somebody loses the connection and comes back."""
        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            await asyncio.sleep(1)
            lost = random.sample(self.ears, max(1, int(len(self.ears) * CUT_EACH_SECOND)))
            await asyncio.gather(*(ear.again() for ear in lost))


@contextlib.contextmanager
def floor(environment: dict[str, str]) -> Iterator[str]:
    with subprocess.Popen(
        [VENV_PYTHON, "-m", "bench.floor"], env=environment, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stdin
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        process.stdin.close()


async def floor_of(base: str, count: int, rate: float, seconds: float) -> Heard:
    """The same number of streams and posts at the bare server."""
    heard = Heard()
    ears = [Ear(base, "/live/", "", heard) for _ in range(count)]
    for ear in ears:
        await ear.open()
    place = urlsplit(base)
    _, writer = await asyncio.open_connection(place.hostname, place.port)
    started = time.perf_counter()
    for number in range(int(rate * seconds)):
        await asyncio.sleep(max(0.0, started + number / rate - time.perf_counter()))
        body = f"bench{number}x {'x' * 700}".encode()
        heard.sent[number] = time.perf_counter()
        writer.write(b"POST / HTTP/1.1\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
    await asyncio.sleep(1)
    writer.close()
    for ear in ears:
        ear.close()
    return heard


async def run(place: Installation, bases: list[str], pids: list[int], people: int, args: argparse.Namespace) -> None:
    made = subprocess.run(
        [VENV_PYTHON, "-W", "ignore", ROOT / "manage.py", "shell", "-v0"], env=place.environment, cwd=ROOT,
        input=PREPARE.replace("{n}", str(people)), capture_output=True, text=True, check=True,
    )  # fmt: skip
    project, workshop, link, session, steps = json.loads(made.stdout.splitlines()[-1])
    room = Room(bases, project, workshop, urlsplit(link).path, Person(bases[0], {"sessionid": session}), steps)
    print(
        f"\n{people} people, {args.rate:g} posts a second for {args.seconds:g} s, load before {os.getloadavg()[0]:.1f}"
    )
    joined = await room.join(people)
    await asyncio.sleep(1)
    before = memory(pids)
    await room.listen()
    await asyncio.sleep(1)
    idle = (memory(pids) - before) / people
    print(f"  joined {joined:.0f} a second; an idle participant's stream takes {idle / 1024:.0f} KB")
    await room.host.get(f"/projects/{project}/workshops/{workshop}/console/")
    cpu, clock = cpu_seconds(pids), time.perf_counter()
    await room.drive("start", {})
    if framing := room.find("score"):
        await room.move(framing, "score")
        await room.keep(args.rate, min(args.seconds, 5), lambda person: room.answer(person, framing))
    table = room.find("write", "group", "vote")
    await room.move(table, "write")
    await room.keep(args.rate, min(args.seconds, 5), lambda person: room.write(person, table, marked=False))
    await room.move(table, "group")

    async def mixed(person: Person) -> tuple[str, int, float]:
        return await (room.write(person, table, marked=True) if random.random() < 0.75 else room.ready(person))

    main_cpu, main_clock = cpu_seconds(pids), time.perf_counter()
    cutting = asyncio.create_task(room.cut(args.seconds))
    await room.keep(args.rate, args.seconds, mixed)
    busy = (cpu_seconds(pids) - main_cpu) / (time.perf_counter() - main_clock)
    await cutting
    await asyncio.sleep(QUIET)
    _, page, _ = await room.people[0].get(room.path(""))
    room.heard.over = True
    await room.move(table, "vote")
    cards = re.findall(r'id="card-([0-9a-f-]{36})"', page)[:40]
    await room.keep(args.rate, min(args.seconds, 5), lambda person: room.vote(person, cards))
    await asyncio.sleep(QUIET)
    share = (cpu_seconds(pids) - cpu) / (time.perf_counter() - clock)
    report(room, busy, share, memory(pids))
    if args.soak:
        await soak(room, pids, args)
    for ear in room.ears:
        ear.close()
    for person in room.people:
        person.hang_up()
    await asyncio.sleep(1)
    with floor(place.environment) as bare:
        bare_heard = await floor_of(bare, people, args.rate, min(args.seconds, 10))
    compare(room.heard, bare_heard, people)


async def soak(room: Room, pids: list[int], args: argparse.Namespace) -> None:
    """Minutes of a slow, steady workshop: what the servers' memory does."""
    table, points = room.find("write", "group", "vote"), []
    await room.move(table, "write")
    started = time.perf_counter()
    while (gone := time.perf_counter() - started) < args.soak * 60:
        points.append((gone / 60, memory(pids) / 2**20))
        await room.keep(2, 15, lambda person: room.write(person, table, marked=False))
    points = points[len(points) // 5 :]
    mean_x, mean_y = (sum(values) / len(points) for values in zip(*points, strict=True))
    slope = sum((x - mean_x) * (y - mean_y) for x, y in points) / (sum((x - mean_x) ** 2 for x, _ in points) or 1)
    print(f"  soak of {args.soak:g} minutes: {points[-1][1]:.0f} MB at the end, {slope:+.2f} MB a minute")


def report(room: Room, busy: float, share: float, used: int) -> None:
    for name, tally in room.tallies.items():
        refused = f"  refused {dict(tally.refused)}" if tally.refused else ""
        print(f"  {name:28} {line(tally.took)}  ({len(tally.took)}){refused}")
    lost, twice = (sum(values) for values in zip(*(ear.faults for ear in room.ears), strict=True))
    ends = {ear.seqs[-1] for ear in room.ears}
    short = sum(ear.seqs[-1] < max(ends) for ear in room.ears)
    unseen = len(room.heard.sent) * len(room.ears) - sum(room.heard.screens.values())
    print(
        f"  messages lost {lost}, twice or late {twice}, streams that stopped short {short}, "
        f"told to look anew {sum(ear.resyncs for ear in room.ears)}, "
        f"reconnections {sum(ear.reopened for ear in room.ears)} (cards they drew by asking: {unseen})"
    )
    print(
        f"  server {busy * 100:.0f} % of a core while people post, {share * 100:.0f} % over all, {used / 2**20:.0f} MB"
    )


def compare(ours: Heard, bare: Heard, people: int) -> None:
    print(f"  card to one screen           {line(ours.delays)}")
    print(f"  card to all {people:4} screens     {line(ours.to_all)}")
    print(f"  floor, to one screen         {line(bare.delays)}")
    print(f"  floor, to all screens        {line(bare.to_all)}")
    ratio = percentile(ours.to_all, 0.95) / percentile(bare.to_all, 0.95)
    print(f"  every screen, p95: {percentile(ours.to_all, 0.95):.0f} ms, {ratio:.1f} × the floor")


def line(values: list[float]) -> str:
    if not values:
        return "none"
    return (
        "  ".join(
            f"{name} {percentile(values, share):7.1f}" for name, share in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99))
        )
        + " ms"
    )


def tree(pids: list[int]) -> list[int]:
    """These processes and all below them."""
    found, fresh = set(pids), list(pids)
    while fresh:
        pid = fresh.pop()
        with contextlib.suppress(OSError):
            children = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
            fresh += [child for child in children if child not in found]
            found |= set(children)
    return sorted(found)


def cpu_seconds(pids: list[int]) -> float:
    ticks = 0
    for pid in tree(pids):
        with contextlib.suppress(OSError):
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def memory(pids: list[int]) -> int:
    """Resident bytes."""
    pages = 0
    for pid in tree(pids):
        with contextlib.suppress(OSError):
            pages += int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * resource.getpagesize()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, nargs="+", default=[50, 200, 1000])
    parser.add_argument("--rate", type=float, default=20)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--ports", type=int, choices=[1, 2], default=1, help="two web processes on two ports, one room")
    parser.add_argument("--soak", type=float, default=0, help="minutes")
    args = parser.parse_args()
    args.rate, args.seconds = min(args.rate, MOST_RATE), min(args.seconds, MOST_SECONDS)
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, 16384), most))
    with installation(sample=False) as place, contextlib.ExitStack() as more:
        bases, pids = [place.base], [place.pid]
        if args.ports == 2:
            port = free_port()
            bases.append(f"http://127.0.0.1:{port}")
            pids.append(more.enter_context(web(place.environment, port)).pid)
        for people in args.people:
            asyncio.run(run(place, bases, pids, min(people, MOST_PEOPLE), args))


if __name__ == "__main__":
    sys.exit(main())
