"""The whole of it, as a newcomer starts it."""

import signal
import urllib.request
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from config.starter.preflight import free_port
from config.starter.processes import wait_for
from tests.starter.conftest import Run, processes_of

pytestmark = pytest.mark.slow


def status(url: str) -> int:
    with urllib.request.urlopen(url, timeout=20) as answer:
        return int(answer.status)


def test_it_starts_mends_itself_and_stops_without_a_trace(scoperoom: Callable[..., Run], var: Path) -> None:
    port = free_port()
    run = scoperoom("start", "--port", str(port))
    run.until("Scoperoom is ready")
    run.until("Ctrl-C")
    assert status(f"http://127.0.0.1:{port}/readyz") == 200

    worker = next(each for each in psutil.Process(run.process.pid).children() if "worker" in each.cmdline())
    worker.kill()
    run.until("! worker ended with code -9")
    run.process.send_signal(signal.SIGINT)
    assert wait_for(lambda: run.process.poll() is not None, 10)

    assert (run.process.returncode, processes_of(var)) == (0, [])
    again = scoperoom("start", "--port", str(port))
    again.until("Scoperoom is ready")
    again.until("Ctrl-C")
    again.end(signal.SIGKILL)
    assert wait_for(lambda: processes_of(var) == [], 40), processes_of(var)


def test_real_servers_are_used_when_they_are_named(scoperoom: Callable[..., Run], var: Path, tmp_path: Path) -> None:
    servers = scoperoom("servers", folder=tmp_path / "elsewhere")
    database, broker = servers.until("DATABASE_URL="), servers.until("REDIS_URL=")
    port = free_port()

    run = scoperoom(
        "start", "--no-sample", "--port", str(port),
        DATABASE_URL=database, REDIS_URL=broker, EMAIL_URL="smtp://127.0.0.1:9", PUBLIC_URL="http://127.0.0.1:1",
    )  # fmt: skip
    run.until("Scoperoom is ready")

    assert "http://127.0.0.1:1" in run.rows[-1]
    assert status(f"http://127.0.0.1:{port}/readyz") == 200
    assert not (var / "postgres").exists()
    assert not (var / "valkey").exists()
