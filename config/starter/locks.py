"""One starter at a time for one folder."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config.starter.paths import ROOT


class Held(Exception):
    """Another starter holds the lock; `by` is what it wrote into it."""

    def __init__(self, by: dict) -> None:
        super().__init__(str(by))
        self.by = by


@contextmanager
def only_one(path: Path, **facts: object) -> Iterator[None]:
    """Hold the lock file for the time of the block, with our pid and `facts` in it."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Held(_read(descriptor)) from None
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps({"pid": os.getpid(), **facts}).encode(), 0)
        yield
        os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)


def _read(descriptor: int) -> dict:
    try:
        return json.loads(os.pread(descriptor, 4096, 0))
    except ValueError:
        return {}


@contextmanager
def installing() -> Iterator[None]:
    """Let one starter at a time install into this checkout; the others wait."""
    descriptor = os.open(ROOT, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
