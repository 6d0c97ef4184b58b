"""Children, pid files and the supervisor."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from config.starter import processes
from config.starter.processes import Child, start_time, sweep_stale
from config.starter.supervisor import LONGEST_PAUSE, Service, Supervisor


@pytest.fixture
def sleeper() -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(["sleep", "60"], start_new_session=True)
    yield process
    process.kill()
    process.wait()


def pid_file(folder: Path, pid: int, started: str | None) -> Path:
    path = folder / "worker.pid"
    path.write_text(json.dumps({"pid": pid, "started": started, "signal": int(signal.SIGTERM)}))
    return path


def test_a_child_of_a_killed_starter_is_ended(tmp_path: Path, sleeper: subprocess.Popen[bytes]) -> None:
    path = pid_file(tmp_path, sleeper.pid, start_time(sleeper.pid))

    found = sweep_stale(tmp_path)

    assert (found, sleeper.wait(5), path.exists()) == (["worker"], -signal.SIGTERM, False)


def test_a_stranger_with_a_reused_number_is_left_alone(tmp_path: Path, sleeper: subprocess.Popen[bytes]) -> None:
    path = pid_file(tmp_path, sleeper.pid, "12345")

    found = sweep_stale(tmp_path)

    assert (found, sleeper.poll(), path.exists()) == ([], None, False)


def test_a_torn_pid_file_is_removed(tmp_path: Path) -> None:
    (tmp_path / "web.pid").write_text('{"pid": 12')

    assert sweep_stale(tmp_path) == []
    assert list(tmp_path.iterdir()) == []


def test_a_child_that_ignores_the_request_is_killed_with_its_group(tmp_path: Path) -> None:
    stubborn = "import signal, subprocess, time; signal.signal(15, signal.SIG_IGN); subprocess.Popen(['sleep', '60']);"
    child = spawn_python(tmp_path, stubborn + "print('up', flush=True); time.sleep(60)")
    assert processes.wait_for(lambda: "up" in (tmp_path / "log").read_text(), 10)

    processes.stop_all([child], 0.2)

    assert child.popen.returncode == -signal.SIGKILL
    assert processes.wait_for(lambda: members(child.popen.pid) == [], 5)


def test_what_ends_is_started_again_with_growing_pauses(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    service = Service("worker", lambda: spawn_python(tmp_path, "raise SystemExit(3)"), tmp_path / "log")
    pauses = []
    for _ in range(7):
        Supervisor(apps=[service]).look()
        assert service.child
        service.child.popen.wait()
        Supervisor(apps=[service]).look()
        pauses.append(service.due - now[0])
        now[0] = service.due

    assert pauses == [1, 2, 4, 8, 16, LONGEST_PAUSE, LONGEST_PAUSE]
    assert f"! worker ended with code 3 (see {tmp_path / 'log'}); again in 1 s" in capsys.readouterr().err


def members(group: int) -> list[int]:
    """The processes of a group that still run."""
    running = [each for each in psutil.process_iter(["status"]) if each.info["status"] != psutil.STATUS_ZOMBIE]
    return [each.pid for each in running if group_of(each.pid) == group]


def group_of(pid: int) -> int | None:
    try:
        return os.getpgid(pid)
    except ProcessLookupError:
        return None


def spawn_python(folder: Path, code: str) -> Child:
    environment = dict(os.environ)
    return processes.spawn(
        "child", [sys.executable, "-c", code], run=folder, log=folder / "log", env=environment, cwd=folder
    )
