"""Where the tests find their servers and their browser; fixtures live beside the tests that use them."""

import os
import shutil

import pytest

pytest_plugins = ["tests.fixtures"]

CHROMIUM = os.environ.get("SCOPEROOM_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


def pytest_configure(config: pytest.Config) -> None:
    """Say how to run the tests instead of failing to connect a thousand times."""
    if not os.environ.get("DATABASE_URL"):
        raise pytest.UsageError("The tests need PostgreSQL and Valkey: type  ./scoperoom test")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip the journeys where no browser can be had; in CI they fail instead."""
    if CHROMIUM or os.environ.get("CI"):
        return
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason="NO BROWSER: type  apt-get install chromium"))
