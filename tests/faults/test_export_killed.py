"""kill -9 of the worker in the middle of an export: one file in the end, and it is genuine."""

import time

import psycopg
import pytest

from apps.exports import seal
from tests.house import open_house, wait_for

pytestmark = pytest.mark.slow

# Long enough that the worker is certainly drawing when it dies.
ASK = """
from apps.accounts.models import User
from apps.exports.actions import make_pdf
from apps.projects.actions import create_project
from apps.scope.actions import freeze
from apps.scope.models import Baseline
from apps.scope.snapshot import canonical, fingerprint
host = User.objects.create_user("ann@example.org", name="Ann")
project = create_project(by=host, title="A project", pain="Copying", users="Agents", in_scope="Drafts")
snapshot = freeze(project, decision="One.", by=host).snapshot
row = dict(title="Median first response", metric="hours", unit="h", baseline="11", target="4", direction="at_most", due=None, method="report", owner="Erik")
snapshot["sections"] = [{"key": "objectives", "title": "Objectives", "content": {"objectives": [row] * 900}}]
text = canonical({**snapshot, "number": 2})
baseline = Baseline.objects.create(project=project, number=2, canonical=text, fingerprint=fingerprint(text), frozen_by=host, frozen_at=project.created_at)
print("MADE", baseline.fingerprint, make_pdf(baseline, by=host).pk)
"""


def test_a_killed_worker_leaves_one_genuine_file() -> None:
    with open_house(sample=False) as house, psycopg.connect(house.environment["DATABASE_URL"], autocommit=True) as db:

        def export(*columns: str) -> tuple:
            return db.execute(f"SELECT {', '.join(columns)} FROM exports_export").fetchone() or ("",)

        said = house.shell(ASK).split("MADE ")[1].split()
        wait_for(lambda: export("stage")[0] == "drawing", "the worker to start drawing")
        time.sleep(0.7)
        state = export("state")[0]
        house.kill("worker")
        house.start("worker")
        wait_for(lambda: export("state")[0] == "done", "the second worker to finish", seconds=90)

        assert (state, export("attempts")[0]) == ("running", 2)
        [file] = (house.folder / "files" / "exports").iterdir()
        assert file.name == export("file")[0]
        verdict = seal.inspect(file.read_bytes(), folder=house.folder / "seal")
        assert (verdict.state, verdict.fingerprint) == (seal.GENUINE, said[0])
        made = db.execute("SELECT payload FROM events_event WHERE kind = 'export.made'").fetchall()
        assert [payload["number"] for (payload,) in made] == [2]
