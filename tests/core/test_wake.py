import time

import pytest
from kombu.exceptions import OperationalError

from apps.core import wake
from apps.core.tasks import do


@pytest.fixture(autouse=True)
def _listening(monkeypatch):
    monkeypatch.setattr(wake, "_deaf_until", 0.0)


def test_a_dead_broker_is_silent_and_left_alone_for_a_while(monkeypatch):
    tries = []

    def refuse(*args, **kwargs):
        tries.append(args)
        raise OperationalError("nobody listens")

    monkeypatch.setattr(do, "apply_async", refuse)

    started = time.monotonic()
    for _ in range(10):
        wake.wake(do, "notifications.Message", "1")

    assert len(tries) == 1
    assert time.monotonic() - started < 0.5
