"""One starter at a time for one folder."""

import fcntl
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from config.starter.paths import ROOT
from config.starter.processes import wait_for
from config.starter.say import warn

PATIENCE = 60
Tell = Callable[..., None]


class Held(Exception):
    """Another starter holds the lock; `by` is what it wrote into it."""

    def __init__(self, by: dict) -> None:
        super().__init__(str(by))
        self.by = by


@contextmanager
def only_one(path: Path, **facts: object) -> Iterator[Tell]:
    """Hold the lock file for the time of the block, with our pid and `facts` in it; gives what replaces the facts."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)

    def tell(**facts: object) -> None:
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps({"pid": os.getpid(), **facts}).encode(), 0)

    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Held(_read(descriptor)) from None
        tell(**facts)
        yield tell
        os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)


def _read(descriptor: int) -> dict:
    try:
        return json.loads(os.pread(descriptor, 4096, 0))
    except ValueError:
        return {}


def already_running(by: dict) -> str:
    """What the second of two starts says."""
    pid = by.get("pid", "?")
    if by.get("verb") == "start":
        return f"Scoperoom is already running here at {by.get('url')}: open that, or stop it with  kill {pid}"
    return f"This folder is in use by  ./scoperoom {by.get('verb', 'start')}  (process {pid}): wait for it to end."


@contextmanager
def installing() -> Iterator[None]:
    """Let one starter at a time install into this checkout; the others wait."""
    descriptor = os.open(ROOT, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def using(path: Path, *, alone: bool = False) -> Iterator[None]:
    """Be one of several users of the servers; `alone` waits, for a while, until the others are done."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if not alone:
            fcntl.flock(descriptor, fcntl.LOCK_SH)
        elif not wait_for(lambda: _free(descriptor), PATIENCE):
            warn("Another ./scoperoom manage is still at work and loses its database.")
        yield
    finally:
        os.close(descriptor)


def _free(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
