"""Valkey may vanish at any moment: pages and saves keep working, and nothing queued is lost."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.starter.valkey import Valkey
from tests.house import House, open_house, wait_for

pytestmark = pytest.mark.slow

PEOPLE = """
from apps.accounts.models import User
from apps.projects import actions
host = User.objects.create_user("ann@example.org", name="Ann")
print(actions.create_project(by=host, title="A project", pain="Copying", users="Agents", in_scope="Drafts").pk)
"""


@pytest.fixture
def valkey() -> Iterator[tuple[Valkey, Path]]:
    with tempfile.TemporaryDirectory(prefix="vk-") as folder:
        home = Path(folder)
        yield Valkey(home, home, None), home


def test_work_goes_on_without_valkey_and_what_was_queued_happens_when_it_is_back(
    valkey: tuple[Valkey, Path],
) -> None:
    server, folder = valkey
    running = server.start(run=folder, log=folder / "valkey.log")
    wait_for(server.answers, "Valkey")
    with open_house(sample=False, redis_url=server.url) as house:
        project = house.manage("shell", "-v0", stdin=PEOPLE).split()[-1]
        ann = house.visitor("ann@example.org")
        running.kill()

        started = time.monotonic()
        status, _ = ann.get(f"/projects/{project}/frame/")
        saved, _ = ann.post(f"/projects/{project}/frame/", {**_frame(), "version": "1"})
        took = time.monotonic() - started
        _ask_for_code(house)
        mails_without = len(house.mails())
        running = server.start(run=folder, log=folder / "valkey.log")

        assert (status, saved, mails_without) == (200, 302, 0)
        assert took < 5
        assert "ann@example.org" in str(wait_for(lambda: house.mails(), "the mail that was queued")[0]["To"])
    running.kill()


def _frame() -> dict[str, str]:
    return {"title": "A project, changed", "start": "pain", "pain": "Copying", "users": "Agents", "in_scope": "Drafts"}


def _ask_for_code(house: House) -> None:
    somebody = house.visitor("ann@example.org")
    somebody.cookies.clear()
    somebody.get("/accounts/login/code/")
    assert somebody.post("/accounts/login/code/", {"email": "ann@example.org"})[0] == 302
