"""Valkey may vanish at any moment: pages and saves keep working, and nothing queued is lost."""

import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from config.starter.processes import Child
from config.starter.valkey import Valkey
from tests.house import House, open_house, wait_for

pytestmark = pytest.mark.slow

PEOPLE = """
from apps.accounts.models import User
from apps.projects import actions
host = User.objects.create_user("ann@example.org", name="Ann")
print(actions.create_project(by=host, title="A project", pain="Copying", users="Agents", in_scope="Drafts").pk)
"""


@dataclass
class Server:
    """A Valkey of the test's own, to be taken away and brought back."""

    valkey: Valkey
    folder: Path
    child: Child | None = None

    def start(self) -> None:
        self.child = self.valkey.start(run=self.folder, log=self.folder / "valkey.log")
        wait_for(self.valkey.answers, "Valkey")

    def kill(self) -> None:
        if self.child and self.child.running:
            self.child.kill()


@pytest.fixture
def server() -> Iterator[Server]:
    with tempfile.TemporaryDirectory(prefix="vk-") as folder:
        server = Server(Valkey(Path(folder), Path(folder), None), Path(folder))
        server.start()
        yield server
        server.kill()


def test_work_goes_on_without_valkey_and_what_was_queued_happens_when_it_is_back(server: Server) -> None:
    with open_house(sample=False, redis_url=server.valkey.url) as house:
        project = house.shell(PEOPLE).split()[-1]
        ann = house.visitor("ann@example.org")
        server.kill()

        started = time.monotonic()
        status, _ = ann.get(f"/projects/{project}/frame/")
        saved, _ = ann.post(f"/projects/{project}/frame/edit/", {**_frame(), "version": "1"})
        took = time.monotonic() - started
        _ask_for_code(house)
        mails_without = len(house.mails())
        server.start()

        assert (status, saved, mails_without) == (200, 302, 0)
        assert took < 5
        assert "ann@example.org" in str(wait_for(lambda: house.mails(), "the mail that was queued")[0]["To"])


def _frame() -> dict[str, str]:
    return {"title": "A project, changed", "start": "pain", "pain": "Copying", "users": "Agents", "in_scope": "Drafts"}


def _ask_for_code(house: House) -> None:
    somebody = house.visitor("ann@example.org")
    somebody.cookies.clear()
    somebody.get("/accounts/login/code/")
    assert somebody.post("/accounts/login/code/", {"email": "ann@example.org"})[0] == 302
