"""Where the tests find their servers and their browser; fixtures live beside the tests that use them."""

import gc
import os
import re
import shutil

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

pytest_plugins = ["tests.fixtures"]

# Tests that start servers of their own, and wait for them.
_FAR = re.compile(r"tests/(faults|starter)/")
CHROMIUM = os.environ.get("SCOPEROOM_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


def pytest_configure(config: pytest.Config) -> None:
    """Say how to run the tests instead of failing to connect a thousand times."""
    if not os.environ.get("DATABASE_URL"):
        raise pytest.UsageError("The tests need PostgreSQL and Valkey: type  ./scoperoom test")


def pytest_collection_finish(session: pytest.Session) -> None:
    """What is loaded by now stays until the end: looking through it for garbage again and again costs a tenth."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 50)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long ones first; the journeys are skipped where no browser can be had, but fail in CI."""
    items.sort(key=lambda item: not (_journey(item) or _FAR.search(item.nodeid)))
    for item in items:
        if _journey(item) and not CHROMIUM and not os.environ.get("CI"):
            item.add_marker(pytest.mark.skip(reason="NO BROWSER: type  apt-get install chromium"))


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    return Dealer(config, log)


class Dealer(LoadScopeScheduling):
    """The journeys share a house, so one process takes them all; of the other tests each takes the next."""

    def _split_scope(self, nodeid: str) -> str:
        return "journeys" if nodeid.startswith("tests/journeys/") else nodeid


def _journey(item: pytest.Item) -> bool:
    return item.get_closest_marker("browser") is not None
