"""Signals that end the starter in an orderly way."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

ENDING = (signal.SIGTERM, signal.SIGHUP)


@contextmanager
def terminating() -> Iterator[None]:
    """Turn SIGTERM and SIGHUP into SystemExit for the time of the block, unless they are ignored, as by nohup."""
    mine = [each for each in ENDING if signal.getsignal(each) is not signal.SIG_IGN]
    before = {each: signal.signal(each, _leave) for each in mine}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def _leave(number: int, _frame: object) -> None:
    raise SystemExit(128 + number)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Let a second Ctrl-C not cut short the stopping, which takes a few seconds at most."""
    ending = (signal.SIGINT, *ENDING)
    before = {each: signal.signal(each, signal.SIG_IGN) for each in ending}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
