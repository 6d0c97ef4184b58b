"""The stream as a browser gets it: a real server process, real HTTP."""

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection, transaction

from apps.events import live
from apps.events.log import record
from apps.projects.actions import remove_member
from tests.factories.accounts import UserFactory
from tests.factories.projects import MembershipFactory

pytestmark = pytest.mark.django_db(transaction=True)


class Browser:
    """An open stream, read line by line."""

    def __init__(self, port, path, cookie, headers=None):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        self.connection.request("GET", path, headers={"Cookie": cookie, **(headers or {})})
        self.response = self.connection.getresponse()

    def messages(self, count):
        """The next `count` messages with their ids."""
        found, seq = [], None
        while len(found) < count:
            line = self.line()
            if line.startswith("id: "):
                seq = int(line[4:])
            elif line.startswith("data: "):
                found.append((seq, json.loads(line[6:])))
                seq = None
        return found

    def line(self):
        line = self.response.readline()
        if not line:
            raise EOFError
        return line.decode().rstrip("\n")

    def rest(self):
        """Everything until the server ends the stream."""
        return self.response.read().decode()

    def close(self):
        self.connection.close()


@contextlib.contextmanager
def server():
    """A stream server of its own on the test database."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    database = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    command = [
        sys.executable,
        "-m",
        "config.web",
        "--workers",
        "1",
        "--port",
        str(port),
        "--log-level",
        "warning",
    ]
    environment = {
        **os.environ,
        "DATABASE_URL": database,
        "SECRET_KEY": settings.SECRET_KEY,
        "PLAIN_STATIC": "1",
        "DATABASE_POOL": "4",
    }
    with subprocess.Popen(command, env=environment, cwd=settings.BASE_DIR, start_new_session=True) as process:
        _wait_for(port, process)
        yield port, process
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(10)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


@pytest.fixture(scope="module")
def port(django_db_setup):
    with server() as (port, _process):
        yield port


@pytest.fixture
def member(project):
    return MembershipFactory(project=project)


@pytest.fixture
def cookie(member, sign_in):
    return f"{settings.SESSION_COOKIE_NAME}={sign_in(member.user).cookies[settings.SESSION_COOKIE_NAME].value}"


@pytest.fixture
def open_stream(port, project, cookie):
    opened = []

    def make(since=None, headers=None, cookie=cookie):
        path = f"/live/?stream={project.stream}" + (f"&since={since}" if since is not None else "")
        opened.append(Browser(port, path, cookie, headers))
        return opened[-1]

    yield make
    for browser in opened:
        browser.close()


def tell(project, count=1, **more):
    return [record("risk.raised", subject="risk:1", by=None, stream=project.stream, **more) for _ in range(count)]


def test_what_happens_arrives_in_order(open_stream, project):
    browser = open_stream()
    browser.line()

    tell(project, 3, facts={"score": 20})

    assert browser.response.headers["Content-Type"].startswith("text/event-stream")
    assert browser.response.headers["X-Accel-Buffering"] == "no"
    assert browser.messages(3) == [
        (seq, {"seq": seq, "name": "risks:changed", "facts": {"score": 20}, "by": "", "crowd": 1}) for seq in (1, 2, 3)
    ]


def test_a_browser_that_comes_back_gets_what_it_missed(open_stream, project):
    tell(project, 5)

    browser = open_stream(headers={"Last-Event-ID": "2"})

    assert [seq for seq, _message in browser.messages(3)] == [3, 4, 5]


def test_a_page_starts_where_it_was_drawn(open_stream, project):
    tell(project, 3)

    browser = open_stream(since=1)
    first = browser.messages(2)
    tell(project)

    assert [seq for seq, _message in first + browser.messages(1)] == [2, 3, 4]


def test_the_last_event_id_wins_over_the_page(open_stream, project):
    tell(project, 4)

    browser = open_stream(since=0, headers={"Last-Event-ID": "3"})

    assert [seq for seq, _message in browser.messages(1)] == [4]


def test_who_was_away_too_long_is_told_to_look_anew(open_stream, project):
    tell(project, 502)

    browser = open_stream(since=0)

    assert browser.messages(1)[0][1]["name"] in ("live:resync", "resync")


def test_a_passing_notice_arrives_and_is_not_kept(open_stream, project):
    browser = open_stream()
    browser.line()

    live.ring(project.stream, "people:here", {"count": 2})
    (notice,) = browser.messages(1)

    assert notice == (None, {"name": "people:here", "facts": {"count": 2}, "by": "", "crowd": 1})


def test_what_is_rolled_back_is_not_told(open_stream, project):
    browser = open_stream()
    browser.line()
    with transaction.atomic():
        tell(project)
        transaction.set_rollback(True)
    tell(project, facts={"real": True})

    assert browser.messages(1)[0][1]["facts"] == {"real": True}


@pytest.mark.parametrize("who", ["stranger", "nobody"])
def test_others_hear_nothing(open_stream, project, port, sign_in, who):
    cookie = ""
    if who == "stranger":
        key = sign_in(UserFactory()).cookies[settings.SESSION_COOKIE_NAME].value
        cookie = f"{settings.SESSION_COOKIE_NAME}={key}"

    assert open_stream(cookie=cookie).response.status == 204
    assert poll(port, project, cookie)[0] == 403


@pytest.mark.parametrize(
    "stream", ["", "project:", "project:nothing", "secret:1", "project:00000000-0000-0000-0000-000000000000"]
)
def test_a_stream_that_nobody_guards_is_closed(port, cookie, stream):
    browser = Browser(port, f"/live/?stream={stream}", cookie)

    assert browser.response.status == 204
    browser.close()


def test_a_cookie_with_a_nul_hears_nothing(port, project):
    browser = Browser(port, f"/live/?stream={project.stream}", f'{settings.SESSION_COOKIE_NAME}="abcdefghij\\000"')

    assert browser.response.status == 204
    browser.close()


def test_a_removed_members_stream_ends(open_stream, project, member):
    host = MembershipFactory(project=project, role="host").user
    browser = open_stream()
    browser.line()

    remove_member(member, by=host)

    assert browser.rest().strip().endswith("event: gone\ndata: {}")


def test_somebody_elses_removal_ends_nothing(open_stream, project):
    host = MembershipFactory(project=project, role="host").user
    other = MembershipFactory(project=project)
    browser = open_stream()
    browser.line()

    remove_member(other, by=host)
    tell(project)

    assert [message["name"] for _seq, message in browser.messages(2)] == ["rights:changed", "risks:changed"]


def test_polling_tells_the_same(port, project, cookie):
    first = poll(port, project, cookie)
    tell(project, 2)
    second = poll(port, project, cookie, since=first[1]["seq"])
    third = poll(port, project, cookie, since=second[1]["seq"])

    assert first == (200, {"seq": 0, "messages": []})
    assert [message["seq"] for message in second[1]["messages"]] == [1, 2]
    assert third == (200, {"seq": 2, "messages": []})


def test_two_web_processes_are_one_room_and_one_of_them_may_die(open_stream, project, cookie):
    """Whoever was on the one that died goes on at the other from the last message they saw."""
    here = open_stream()
    here.line()
    with server() as (other, process):
        there = Browser(other, f"/live/?stream={project.stream}", cookie)
        there.line()
        tell(project, 2)
        heard = [[seq for seq, _message in browser.messages(2)] for browser in (here, there)]
        os.killpg(process.pid, signal.SIGKILL)
        there.close()
    tell(project)

    again = open_stream(headers={"Last-Event-ID": str(heard[1][-1])})

    assert heard == [[1, 2], [1, 2]]
    assert [seq for seq, _message in again.messages(1)] == [3]
    assert [seq for seq, _message in here.messages(1)] == [3]


def test_fifty_listeners_hear_the_same_at_once(open_stream, project):
    browsers = [open_stream() for _ in range(50)]
    for browser in browsers:
        browser.line()

    tell(project, 2)

    assert {tuple(seq for seq, _message in browser.messages(2)) for browser in browsers} == {(1, 2)}


def poll(port, project, cookie, since=None):
    path = f"/live/poll/?stream={project.stream}" + (f"&since={since}" if since is not None else "")
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers={"Cookie": cookie})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response.status, json.loads(body) if body else None


def _wait_for(port, server):
    until = time.monotonic() + 30
    while time.monotonic() < until and server.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise RuntimeError("The server did not start.")
