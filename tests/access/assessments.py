"""The triage: everybody reads it, who edits sections answers it."""

from typing import Any

from apps.assessments import actions, queries, triage
from tests.access.table import Row, World


def begun(world: World) -> list[Any]:
    if not queries.of(world.project).answers:
        everything = dict.fromkeys(triage.catalog().keys, "yes")
        actions.answer_triage(world.project, answers=everything, version=1, by=world.host)
    return [world.project.pk]


def version(world: World) -> dict[str, Any]:
    return {"version": queries.of(world.project).version, "personal": "yes", "verdict": "approve"}


def edits(name: str, **more: Any) -> Row:
    return Row(f"assessments:{name}", "POST", host=302, editor=302, reviewer=403, viewer=403, **more)


ROWS = [
    Row("assessments:triage", "GET", host=200, editor=200, reviewer=200, viewer=200),
    edits("answer", data=version),
    edits("decide", args=begun, data=version),
    edits("take", args=begun, data=lambda world: {"key": "dpia"}),
]
