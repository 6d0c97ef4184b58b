"""Child processes that never outlive the starter, and the pid files that find those which did."""

import ctypes
import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from config.starter.identity import Identity, become
from config.starter.paths import LINUX

PR_SET_PDEATHSIG = 1


@dataclass
class Child:
    """A running process that leads its own process group."""

    name: str
    popen: subprocess.Popen[bytes]
    pid_file: Path
    stop_signal: signal.Signals

    @property
    def running(self) -> bool:
        return self.popen.poll() is None

    def ask_to_stop(self) -> None:
        if self.running:
            self.popen.send_signal(self.stop_signal)

    def kill(self) -> None:
        """End the whole group; safe when its leader is gone already."""
        kill_group(self.popen.pid)
        self.popen.wait()

    def forget(self) -> None:
        self.pid_file.unlink(missing_ok=True)


def start_time(pid: int) -> str | None:
    """When the process began, as the system counts it; None when there is no such process."""
    if not LINUX:
        shown = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)
        return shown.stdout.strip() or None
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    state, *fields = stat.rpartition(")")[2].split()
    return None if state == "Z" else fields[18]


def kill_group(pid: int, sig: signal.Signals = signal.SIGKILL) -> None:
    """Send a signal to a group that may be gone."""
    try:
        os.killpg(pid, sig)
    except (ProcessLookupError, PermissionError):
        return


def spawn(
    name: str,
    command: list[str],
    *,
    run: Path,
    log: Path,
    env: dict[str, str],
    cwd: Path,
    identity: Identity | None = None,
    stop_signal: signal.Signals = signal.SIGTERM,
) -> Child:
    """Start a child that gets `stop_signal` when the starter dies, and write its pid file."""
    with log.open("ab") as out:
        popen = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            env=env,
            cwd=cwd,
            start_new_session=True,
            preexec_fn=_in_child(os.getpid(), identity, stop_signal),  # noqa: PLW1509 - there is one thread
        )
    pid_file = run / f"{name}.pid"
    known = {"pid": popen.pid, "started": start_time(popen.pid), "signal": int(stop_signal)}
    pid_file.write_text(json.dumps(known))
    return Child(name, popen, pid_file, stop_signal)


def _in_child(parent: int, identity: Identity | None, death_signal: signal.Signals) -> Callable[[], None]:
    libc = ctypes.CDLL(None) if LINUX else None

    def prepare() -> None:
        signal.pthread_sigmask(signal.SIG_SETMASK, [])
        if identity:
            become(identity)
        if libc:  # after the change of user, which would reset it
            libc.prctl(PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0)
            if os.getppid() != parent:
                os._exit(1)

    return prepare


def wait_for(done: Callable[[], bool], seconds: float, *, every: float = 0.05) -> bool:
    """Whether something became true in time."""
    deadline = time.monotonic() + seconds
    while not done():
        if time.monotonic() > deadline:
            return False
        time.sleep(every)
    return True


def stop_all(children: list[Child], seconds: float) -> None:
    """Ask all to stop at once; kill the groups of those that have not in time."""
    for child in children:
        child.ask_to_stop()
    wait_for(lambda: not any(child.running for child in children), seconds)
    for child in children:
        child.kill()
        child.forget()


def sweep_stale(run: Path, seconds: float = 5) -> list[str]:
    """End what a killed starter left behind; returns the names of what was found."""
    alive = []
    for pid_file in sorted(run.glob("*.pid")):
        known = _known(pid_file)
        if known and start_time(known["pid"]) == known["started"]:
            alive.append((pid_file, known))
        else:
            pid_file.unlink(missing_ok=True)
    for _, known in alive:
        os.kill(known["pid"], known["signal"])
    wait_for(lambda: not any(start_time(known["pid"]) == known["started"] for _, known in alive), seconds)
    for pid_file, known in alive:
        kill_group(known["pid"])
        pid_file.unlink(missing_ok=True)
    return [pid_file.stem for pid_file, _ in alive]


def _known(pid_file: Path) -> dict | None:
    try:
        known = json.loads(pid_file.read_text())
        return known if known["started"] and known["pid"] > 1 else None
    except (OSError, ValueError, KeyError, TypeError):
        return None
