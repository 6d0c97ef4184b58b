"""Running ./scoperoom as a person would, in folders that nobody else uses."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest

from config.starter.paths import ROOT

# The tests' own servers must not be taken for the person's.
NAMED = ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "PUBLIC_URL", "SECRET_KEY_FILE", "PLAIN_STATIC", "CI")


@dataclass
class Run:
    """One ./scoperoom in a terminal of its own, and what it has printed so far."""

    process: subprocess.Popen[str]
    rows: list[str] = field(default_factory=list)

    def until(self, beginning: str, seconds: float = 90) -> str:
        """Read on to a line that begins so; the rest of that line."""
        deadline = time.monotonic() + seconds
        assert self.process.stdout
        for row in self.process.stdout:
            self.rows.append(row)
            if row.startswith(beginning):
                return row.removeprefix(beginning).strip()
            assert time.monotonic() < deadline, self.rows
        raise AssertionError(f"ended with {self.process.wait()} before {beginning!r}: {''.join(self.rows)}")

    def end(self, sig: signal.Signals = signal.SIGTERM) -> float:
        """Send a signal and wait; returns how many seconds it took."""
        began = time.monotonic()
        self.process.send_signal(sig)
        self.rows += self.process.communicate(timeout=30)[0].splitlines()
        return time.monotonic() - began


@pytest.fixture
def var(tmp_path: Path) -> Path:
    """A data folder that does not exist yet, where the servers' user may walk in."""
    for parent in (tmp_path, *tmp_path.parents[:3]):
        if parent.name.startswith("pytest-"):
            parent.chmod(0o755)
    return tmp_path / "var"


@pytest.fixture
def scoperoom(var: Path) -> Iterator[Callable[..., Run]]:
    """Begin ./scoperoom with these arguments; it is ended after the test."""
    begun: list[Run] = []

    def begin(*arguments: str, folder: Path = var, **environment: str) -> Run:
        kept = {name: value for name, value in os.environ.items() if name not in NAMED}
        process = subprocess.Popen(
            [sys.executable, str(ROOT / "scoperoom"), *arguments], cwd=ROOT, text=True,
            env={**kept, "SCOPEROOM_VAR": str(folder), **environment},
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        begun.append(Run(process))
        return begun[-1]

    yield begin
    for run in begun:
        if run.process.poll() is None:
            run.end()
        if run.process.stdout:
            run.process.stdout.close()


@pytest.fixture
def said(scoperoom: Callable[..., Run]) -> Callable[..., tuple[int, str]]:
    """Run to the end: exit code and everything printed."""

    def run(*arguments: str, **more: str) -> tuple[int, str]:
        process = scoperoom(*arguments, **more).process
        output = process.communicate(timeout=120)[0]
        return process.returncode, output

    return run


def processes_of(folder: Path) -> list[str]:
    """The command lines of all processes that have to do with this folder."""
    return [told for each in psutil.process_iter() if (told := _mention(each, str(folder)))]


def _mention(process: psutil.Process, folder: str) -> str:
    """The process's command line when it has to do with the folder; one that ends while it is looked at has none."""
    try:
        if process.pid == os.getpid() or process.status() == psutil.STATUS_ZOMBIE:
            return ""
        command = process.cmdline()
        known = [*command, process.cwd(), process.environ().get("SCOPEROOM_VAR", "")]
        return " ".join(command) or process.name() if any(folder in each for each in known) else ""
    except psutil.Error:
        return ""
