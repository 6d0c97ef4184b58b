"""A whole installation for the time of a measurement: own servers, own folder, own port."""

import os
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

from config.starter.django import COLLECT_STATIC
from config.starter.paths import ROOT, VENV_PYTHON
from config.starter.testing import servers_for_a_while


@dataclass(frozen=True)
class Installation:
    base: str
    pid: int
    environment: dict[str, str]


@contextmanager
def installation(*, sample: bool = True, workers: int = 2) -> Iterator[Installation]:
    """PostgreSQL and Valkey without fsync, the sample loaded, pages and streams on one port."""
    port = free_port()
    with servers_for_a_while() as servers:
        environment = {
            **os.environ,
            **servers.environment(),
            "PUBLIC_URL": f"http://127.0.0.1:{port}",
            "LOG_LEVEL": "WARNING",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        os.environ.update(environment)
        for command in (
            ["migrate", "-v0"],
            COLLECT_STATIC,
            *([["load_sample"]] if sample else []),
        ):
            subprocess.run([VENV_PYTHON, ROOT / "manage.py", *command], env=environment, cwd=ROOT, check=True)
        with web(environment, port, workers) as server:
            yield Installation(f"http://127.0.0.1:{port}", server.pid, environment)


@contextmanager
def web(environment: dict[str, str], port: int, workers: int = 2) -> Iterator[subprocess.Popen[bytes]]:
    """Pages and streams on one port."""
    command = [
        VENV_PYTHON,
        "-m",
        "config.web",
        "--port",
        str(port),
        "--workers",
        str(workers),
        "--log-level",
        "warning",
    ]
    server = subprocess.Popen(command, env=environment, cwd=ROOT)
    try:
        _wait(f"http://127.0.0.1:{port}/livez")
        yield server
    finally:
        server.terminate()
        server.wait(10)


def sample_host_cookie() -> tuple[str, str]:
    """A session of the sample's host and the key of the sample's project."""
    import django

    django.setup()
    from django.test import Client

    from apps.projects.models import Project

    project = Project.objects.get(is_sample=True)
    person = project.memberships.filter(role="host").first().user
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client.cookies["sessionid"].value, str(project.pk)


def percentile(values: list[float], share: float) -> float:
    """The value below which `share` (0 to 1) of the values lie (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(url: str) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(url, timeout=2).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit(f"{url} did not answer within 20 seconds.")
