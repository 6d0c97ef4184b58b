"""The document under load: how fast words reach other screens, what an autosave costs, how a big project opens.

*Words*: N people have one section open for writing; one of them pauses. Measured from the sending to the moment when
the merged text has arrived at the others: each hears the bell on its stream and asks for the text, as the editor does.
*Autosave*: queries and milliseconds of one, one client alone. *Big*: the document of a project with 300 rows, 2,000
comments and 5,000 revisions, and its project page and its register, beside those of the sample, same run, as a ratio.

    .venv/bin/python -m bench.document [--people 2 10 50] [--saves 20] [--opens 30]

The editor sends 0.7 s after the last keystroke, and every 3 s while somebody types on: this comes on top of *words*.
Where other things run on the machine the least of all opens (by turns, small and big) says more than the middle one.
"""

import argparse
import asyncio
import http.client
import json
import re
import time
from typing import Any
from urllib.parse import urlencode, urlsplit

from asgiref.sync import sync_to_async

from bench.pages import ask
from bench.serving import installation, percentile

ANSWER = re.compile(r'data-version="(\d+)".*?<textarea hidden>\n(.*?)</textarea>', re.DOTALL)
ROWS, COMMENTS, REVISIONS = 300, 2000, 5000


def people(project: Any, count: int) -> list[str]:
    """Sessions of `count` editors of the project."""
    from django.test import Client

    from apps.accounts.models import User
    from apps.projects.actions import add_member

    host = project.memberships.get(role="host").user
    cookies = []
    for number in range(count):
        address = f"bench{number}@bench.example"
        person = User.objects.filter(email=address).first() or User.objects.create_user(address, name=f"Bench {number}")
        if not project.memberships.filter(user=person).exists():
            add_member(project, person, role="editor", by=host)
        client = Client()
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        cookies.append(client.cookies["sessionid"].value)
    return cookies


def small_project(title: str) -> Any:
    from apps.accounts.models import User
    from apps.comments.actions import open_thread
    from apps.dprd import actions, queries
    from apps.projects.actions import create_project

    host = User.objects.filter(email="bench-host@bench.example").first() or User.objects.create_user(
        "bench-host@bench.example", name="Bench Host"
    )
    project = create_project(by=host, title=title, pain="x", users="y", in_scope="z")
    for key in ("purpose", "data", "architecture", "dependencies", "metrics", "monitoring"):
        text = " ".join(f"Sentence {number} of {key} says what it says." for number in range(40))
        actions.save_prose(queries.section(project, key), base_version=1, text=text, client_key="a", by=host)
        open_thread(project, target=f"section:{key}", body="Is that so?", by=host)
    return project


def grow(project: Any) -> None:
    """Rows, comments and revisions as a long project has them: most of what was said is settled."""
    from django.utils import timezone

    from apps.comments.models import Comment, Thread
    from apps.dprd.models import Revision
    from apps.tables.actions import add_row

    host = project.memberships.get(role="host").user
    for number in range(ROWS):
        add_row(project, "data_sources", values={"name": f"Row {number}"}, by=host)
    sections = list(project.sections.all())
    now = timezone.now()
    threads = Thread.objects.bulk_create(
        Thread(
            project=project,
            target=sections[number % len(sections)].target,
            resolved_at=None if number % 20 == 0 else now,
            resolved_by=None if number % 20 == 0 else host,
        )
        for number in range(COMMENTS // 2)
    )
    Comment.objects.bulk_create(
        Comment(thread=thread, author=host, body=f"Comment {number}, with a few words in it.")
        for number in range(2)
        for thread in threads
    )
    for section in sections:
        count = REVISIONS // len(sections)
        texts = [_rewritten(section.text, number) for number in range(count)]
        Revision.objects.bulk_create(
            Revision(
                section=section, author=host, client_key=f"old-{number}", base_version=number + 1,
                submitted=text, outcome="saved", version=number + 2, text=text,
            )
            for number, text in enumerate(texts)
        )  # fmt: skip
        type(section).objects.filter(pk=section.pk).update(text=texts[-1], version=count + 1, text_version=count + 1)


def _rewritten(text: str, number: int) -> str:
    """The text with one of its sentences in other words, another one for each number."""
    sentences = text.split(". ")
    sentences[number % len(sentences)] = f"Version {number} says it in other words"
    return ". ".join(sentences)


def autosave(base: str, project: Any, cookie: str, times: int) -> None:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    path = f"/projects/{project.pk}/sections/purpose/save/"
    here = Client(headers={"host": urlsplit(base).netloc})
    here.cookies["sessionid"] = cookie
    version = _version(here.get(path).content.decode())
    with CaptureQueriesContext(connection) as asked:
        here.post(path, {"text": "Counted.", "base_version": version, "client_key": "counted"})
    person = Person(base, cookie, str(project.pk))
    person.read()
    took = [person.save(f"Autosave number {number} says so.") * 1000 for number in range(times)]
    floor = percentile(ask(base, "/livez", cookie, times)[1], 0.5)
    print(
        f"autosave: {len(asked)} queries, p50 {percentile(took, 0.5):.1f} ms, p95 {percentile(took, 0.95):.1f} ms "
        f"({percentile(took, 0.5) / floor:.1f} × a page without work)"
    )


class Person:
    """One who writes, over one kept connection."""

    def __init__(self, base: str, cookie: str, project: str) -> None:
        self.connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=60)
        self.cookies, self.project = {"sessionid": cookie}, project
        self.path = f"/projects/{project}/sections/purpose/save/"
        self.version, self.text, self.count = 1, "", 0
        page = self._asked("GET", f"/projects/{project}/sections/purpose/edit/")
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert found
        self.token = found[1]

    def read(self) -> str:
        self._take(self._asked("GET", self.path))
        return self.text

    def save(self, sentence: str) -> float:
        self.count += 1
        own = re.sub(r"Autosave number [^.]*\.", "", self.text)
        body = {
            "csrfmiddlewaretoken": self.token, "text": f"{own.strip()} {sentence}", "base_version": self.version,
            "client_key": f"bench-{id(self)}-{self.count}-{time.time_ns()}",
        }  # fmt: skip
        started = time.perf_counter()
        page = self._asked("POST", self.path, urlencode(body))
        took = time.perf_counter() - started
        self._take(page)
        return took

    def _take(self, page: str) -> None:
        found = ANSWER.search(page)
        assert found, page[:300]
        self.version, self.text = int(found[1]), found[2]

    def _asked(self, method: str, path: str, body: str | None = None) -> str:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
        except (OSError, http.client.HTTPException):
            # an idle connection was closed by the server: a browser opens another one, and the key makes twice once
            self.connection.close()
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, rest = cookie.partition("=")
            self.cookies[name] = rest.split(";")[0]
        return answer.read().decode()


async def listen(base: str, stream: str, person: Person, arrived: dict[str, list[float]], ready: asyncio.Event) -> None:
    """An open editor of somebody else: hears the bell, asks for the text, notes when a sentence is in it."""
    host, port = base.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    cookie = person.cookies["sessionid"]
    writer.write(
        f"GET /live/?stream={stream} HTTP/1.1\r\nHost: {host}:{port}\r\nCookie: sessionid={cookie}\r\n\r\n".encode()
    )
    async for line in reader:
        if line.startswith(b"retry"):
            ready.set()
        if line.startswith(b"data: ") and json.loads(line[6:]).get("name") == "sections:changed":
            text = await asyncio.to_thread(person.read)
            for sentence in re.findall(r"Autosave number [^.]*\.", text):
                arrived.setdefault(sentence, []).append(time.perf_counter())


async def words(base: str, project: Any, count: int, saves: int) -> None:
    cookies = await sync_to_async(people)(project, count)
    everybody = [await asyncio.to_thread(Person, base, cookie, str(project.pk)) for cookie in cookies]
    writer, others = everybody[0], everybody[1:]
    await asyncio.to_thread(writer.read)
    arrived: list[dict[str, list[float]]] = [{} for _ in others]
    ready = [asyncio.Event() for _ in others]
    streams = [
        asyncio.create_task(listen(base, project.stream, person, mine, event))
        for person, mine, event in zip(others, arrived, ready, strict=True)
    ]
    await asyncio.wait_for(asyncio.gather(*(event.wait() for event in ready)), 60)
    sent = {}
    for number in range(saves):
        sentence = f"Autosave number {count} {number} says so."
        sent[sentence] = time.perf_counter()
        await asyncio.to_thread(writer.save, sentence)
        await asyncio.sleep(1)
    await asyncio.sleep(2)
    for task in streams:
        task.cancel()
    first = [
        (times[sentence][0] - at) * 1000 for sentence, at in sent.items() for times in arrived if sentence in times
    ]
    last = [
        max(times[sentence][0] for times in arrived if sentence in times) - at
        for sentence, at in sent.items()
        if all(sentence in times for times in arrived)
    ]
    print(
        f"{count:>3} people: to another screen p50 {percentile(first, 0.5):.0f} ms, p95 {percentile(first, 0.95):.0f} ms; "
        f"to all p50 {percentile(last, 0.5) * 1000:.0f} ms; {len(first)} of {saves * len(others)} arrivals"
    )


def big(base: str, opens: int) -> None:
    from apps.projects.models import Project

    small, large = Project.objects.get(is_sample=True), small_project("Big")
    grow(large)
    (cookie,) = people(small, 1)
    people(large, 1)
    for name, path in (
        ("project", ""),
        ("register", "registers/data_sources/"),
        ("document", "document/"),
        ("history", "document/history/"),
        ("section", "sections/purpose/history/"),
    ):
        # By turns, so that what else the machine does falls on both.
        turns = [
            [ask(base, f"/projects/{project.pk}/{path}", cookie, 1)[1][0] for project in (small, large)]
            for _ in range(max(5, opens // 2))
        ]
        small_ms, big_ms = (
            [percentile(list(times), share) for share in (0, 0.5)] for times in zip(*turns, strict=True)
        )
        print(
            f"big against the sample, {name}: least {small_ms[0]:.1f} and {big_ms[0]:.1f} ms, "
            f"ratio {big_ms[0] / small_ms[0]:.2f}; p50 {small_ms[1]:.1f} and {big_ms[1]:.1f} ms, "
            f"ratio {big_ms[1] / small_ms[1]:.2f}"
        )


def _version(page: str) -> str:
    found = ANSWER.search(page)
    assert found, page[:300]
    return found[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, nargs="*", default=[2, 10, 50])
    parser.add_argument("--saves", type=int, default=20)
    parser.add_argument("--opens", type=int, default=30)
    chosen = parser.parse_args()
    with installation() as place:
        import django

        django.setup()
        project = small_project("Together")
        autosave(place.base, project, people(project, 1)[0], 60)
        big(place.base, chosen.opens)
        for count in chosen.people:
            asyncio.run(words(place.base, project, count, chosen.saves))


if __name__ == "__main__":
    main()
