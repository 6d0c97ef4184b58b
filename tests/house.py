"""A whole Scoperoom for journeys and fault tests: own database, real web, worker, beat and SMTP, on loopback."""

import atexit
import email
import http.client
import itertools
import json
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default
from functools import cache
from pathlib import Path
from urllib.parse import urlencode, urlsplit, urlunsplit

import psycopg

from config.starter.django import COLLECT_STATIC
from config.starter.paths import ROOT, VENV_PYTHON
from config.starter.services import Plan, commands

PATIENCE = 45.0
# Runs the texts that come on its lines and answers each with what it printed and what went wrong.
SHELL = """
import contextlib, io, json, sys, traceback
import django
django.setup()
from django.db import close_old_connections
for line in sys.stdin:
    said, fault = io.StringIO(), ""
    with contextlib.redirect_stdout(said):
        try:
            close_old_connections()
            exec(compile(json.loads(line), "<shell>", "exec"), {"__name__": "shell"})
        except Exception:
            fault = traceback.format_exc()
    print(json.dumps([said.getvalue(), fault]), flush=True)
"""
OUTBOX = """
from apps.notifications.models import Message
for one in Message.objects.order_by("created_at"):
    print(one.to, one.subject[:40], one.state, one.attempts, one.created_at, one.due_at, one.lease_until, one.last_error[:200])
"""


class Visitor:
    """A browser without a screen: cookies, forms with their token, statuses as they come."""

    def __init__(self, base: str, session: str) -> None:
        self.base = base
        self.cookies = {"sessionid": session}
        self.token = ""

    def get(self, path: str) -> tuple[int, str]:
        return self._ask(path, None)

    def post(self, path: str, data: dict[str, str], **headers: str) -> tuple[int, str]:
        """Post a form; the token comes from the last page that had one."""
        return self._ask(path, urlencode({"csrfmiddlewaretoken": self.token, **data}).encode(), headers)

    def _ask(self, path: str, body: bytes | None, headers: dict[str, str] | None = None) -> tuple[int, str]:
        connection = http.client.HTTPConnection(urlsplit(self.base).netloc, timeout=30)
        cookie = "; ".join(f"{key}={value}" for key, value in self.cookies.items())
        sent = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded", **(headers or {})}
        with closing(connection):
            connection.request("POST" if body is not None else "GET", path, body, sent)
            answer = connection.getresponse()
            text = answer.read().decode()
        for set_cookie in answer.headers.get_all("Set-Cookie") or []:
            key, _, rest = set_cookie.partition("=")
            self.cookies[key] = rest.split(";")[0]
        if token := re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text):
            self.token = token.group(1)
        return answer.status, text


@dataclass
class House:
    """A running installation. `processes` may be killed and started again by a test."""

    base: str
    environment: dict[str, str]
    folder: Path
    plan: Plan
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str) -> None:
        command = commands(self.plan, str(self.folder / "beat-schedule"))[name]
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                command, env=self.environment, cwd=ROOT, stdout=log, stderr=log, start_new_session=True
            )

    def kill(self, name: str) -> None:
        """The hard way, the whole tree at once."""
        os.killpg(self.processes[name].pid, signal.SIGKILL)
        self.processes[name].wait()

    def stop(self) -> None:
        for process in self.processes.values():
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
        for process in self.processes.values():
            try:
                process.wait(8)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
            for pipe in filter(None, (process.stdin, process.stdout)):
                pipe.close()

    def manage(self, *arguments: str) -> str:
        done = subprocess.run(
            [VENV_PYTHON, "-W", "ignore", ROOT / "manage.py", *arguments],
            env=self.environment, cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    def shell(self, code: str) -> str:
        """What a text of Python prints inside the installation. One process for all: to start one takes two seconds."""
        if "shell" not in self.processes:
            with (self.folder / "shell.log").open("ab") as log:
                self.processes["shell"] = subprocess.Popen(
                    [VENV_PYTHON, "-W", "ignore", "-c", SHELL], env=self.environment, cwd=ROOT,
                    stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, start_new_session=True,
                )  # fmt: skip
        process = self.processes["shell"]
        assert process.stdin
        assert process.stdout
        process.stdin.write(json.dumps(code).encode() + b"\n")
        process.stdin.flush()
        said, fault = json.loads(process.stdout.readline())
        assert not fault, fault
        return str(said)

    def visitor(self, address: str) -> Visitor:
        """Somebody with an account, signed in."""
        code = (
            "from django.test import Client; from apps.accounts.models import User; c = Client(); "
            f"c.force_login(User.objects.get(email={address!r}), "
            "backend='allauth.account.auth_backends.AuthenticationBackend'); print(c.cookies['sessionid'].value)"
        )
        return Visitor(self.base, self.shell(code).split()[-1])

    def mails(self) -> list[EmailMessage]:
        """Everything that SMTP delivered, oldest first."""
        files = sorted((self.folder / "mail").glob("*.eml"))
        return [email.message_from_bytes(path.read_bytes(), policy=default) for path in files]  # type: ignore[misc]

    def mail_to(self, address: str, about: str = "", *, after: int = 0) -> str:
        """The text of the newest mail to `address` whose subject or text has `about`; waits for it.

        `after` is how many mails there were before the action that should send it.
        """

        def find() -> str | None:
            for mail in reversed(self.mails()[after:]):
                body = mail.get_body(("plain",))
                text = body.get_content() if body else ""
                if address in str(mail["To"]) and about.lower() in f"{mail['Subject']} {text}".lower():
                    return text
            return None

        try:
            return wait_for(find, f"a mail to {address} about {about!r}")
        except AssertionError as missing:
            raise AssertionError(f"{missing}; the outbox: {self.shell(OUTBOX)}") from None


@contextmanager
def open_house(*, sample: bool, redis_url: str | None = None) -> Iterator[House]:
    """Everything up on a free port, and down again afterwards."""
    with _database() as database, tempfile.TemporaryDirectory(prefix="house-") as folder:
        port, mail_port = free_port(), free_port()
        base = f"http://127.0.0.1:{port}"
        environment = {
            **os.environ,
            "DATABASE_URL": database,
            "REDIS_URL": redis_url or _own_broker(),
            "EMAIL_URL": f"smtp://127.0.0.1:{mail_port}",
            "PUBLIC_URL": base,
            "SCOPEROOM_VAR": folder,
            "PLAIN_STATIC": "0",
            "STATIC_ROOT": _static(),
            "SCOPEROOM_MAILBOX": "1",
            "SECRET_KEY": secrets.token_hex(32),
            "PYTHONWARNINGS": "ignore",
        }
        house = House(base, environment, Path(folder), Plan("127.0.0.1", port, mail_port, environment))
        try:
            if not os.environ.get("DATABASE_TEMPLATE"):
                house.manage("migrate", "-v0")
            if sample:
                house.manage("load_sample")
            for name in ("mail", "web", "worker", "beat"):
                house.start(name)
            wait_for(lambda: _answers(f"{base}/livez"), "the web process")
            yield house
        finally:
            house.stop()


def wait_for(look: Callable[[], object], what: str, *, seconds: float = PATIENCE) -> str:
    """Look again and again until there is something; fail with `what` was missing."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        found = look()
        if found:
            return found  # type: ignore[return-value]
        time.sleep(0.1)
    raise AssertionError(f"waited {seconds:.0f} s for {what}")


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as response:
            return bool(response.status == 200)
    except OSError:
        return False


@cache
def _static() -> str:
    """Collected once for all houses of this process."""
    folder = tempfile.mkdtemp(prefix="static-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    environment = {**os.environ, "PLAIN_STATIC": "0", "STATIC_ROOT": folder}
    subprocess.run([VENV_PYTHON, ROOT / "manage.py", *COLLECT_STATIC], env=environment, cwd=ROOT, check=True)
    return folder


_brokers = itertools.count()


def _own_broker() -> str:
    """A database of Valkey that no other house uses: two houses on one broker would take each other's work."""
    first = 8 if os.environ.get("PYTEST_XDIST_WORKER") == "gw1" else 1
    return os.environ["REDIS_URL"].replace("db=0", f"db={first + next(_brokers) % 7}")


@contextmanager
def _database() -> Iterator[str]:
    base, name = urlsplit(os.environ["DATABASE_URL"]), f"house_{secrets.token_hex(4)}"
    # a database that somebody is connected to cannot be copied
    server_url = urlunsplit(base._replace(path="/postgres"))
    with psycopg.connect(server_url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE {os.environ.get('DATABASE_TEMPLATE') or 'template1'}")
    try:
        yield urlunsplit(base._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(server_url, autocommit=True) as server:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")
