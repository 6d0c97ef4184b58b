"""Where the tests find their servers and their browser; fixtures live beside the tests that use them."""

import os
import re
import shutil

import pytest

pytest_plugins = ["tests.fixtures"]

# Tests that start servers of their own, and wait for them.
_FAR = re.compile(r"tests/(faults|starter)/")
CHROMIUM = os.environ.get("SCOPEROOM_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


def pytest_configure(config: pytest.Config) -> None:
    """Say how to run the tests instead of failing to connect a thousand times."""
    if not os.environ.get("DATABASE_URL"):
        raise pytest.UsageError("The tests need PostgreSQL and Valkey: type  ./scoperoom test")


def pytest_itemcollected(item: pytest.Item) -> None:
    """The journeys share a house, so one process takes them all; without a browser they are skipped, but not in CI."""
    if not _journey(item):
        return
    item.add_marker(pytest.mark.xdist_group("journeys"))
    if not CHROMIUM and not os.environ.get("CI"):
        item.add_marker(pytest.mark.skip(reason="NO BROWSER: type  apt-get install chromium"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long ones first."""
    items.sort(key=lambda item: not (_journey(item) or _FAR.search(item.nodeid)))


def _journey(item: pytest.Item) -> bool:
    return item.get_closest_marker("browser") is not None
