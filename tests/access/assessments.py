"""The triage: everybody reads it, who edits sections answers it."""

from typing import Any
from uuid import uuid4

from apps.assessments import actions, queries, triage
from apps.assessments.models import Triage
from tests.access.table import Row, World
from tests.factories.registers import OwnEntryFactory


def begun(world: World) -> list[Any]:
    if not queries.of(world.project).answers:
        everything = dict.fromkeys(triage.catalog().keys, "yes")
        actions.answer_triage(world.project, answers=everything, version=1, by=world.host)
    return [world.project.pk]


def older(world: World) -> list[Any]:
    args = begun(world)
    Triage.objects.update(edition="2025-01")
    return args


def question(world: World) -> list[Any]:
    """Somebody else's."""
    values = {"help": "", "follows": "Ask", "lands": "decisions"}
    return [world.project.pk, OwnEntryFactory(register=queries.OWN, values=values).pk]


def taken(world: World) -> list[Any]:
    begun(world)
    world.project.rows.filter(register="dependencies").delete()
    batch = actions.take_duties(world.project, lands="dependencies", by=world.host)
    return [world.project.pk, "dependencies", batch.id]


def version(world: World) -> dict[str, Any]:
    return {"version": queries.of(world.project).version, "personal": "yes", "verdict": "approve"}


def edits(name: str, **more: Any) -> Row:
    return Row(f"assessments:{name}", "POST", host=302, editor=302, reviewer=403, viewer=403, **more)


ROWS = [
    Row("assessments:triage", "GET", host=200, editor=200, reviewer=200, viewer=200),
    edits("answer", data=version),
    edits("decide", args=begun, data=version),
    edits("edition", args=older, data=version),
    edits(
        "question_add", data=lambda world: {"ask": f"Public sector {uuid4()}?", "follows": "Ask", "lands": "decisions"}
    ),
    Row("assessments:question_drop", "POST", host=403, editor=403, reviewer=403, viewer=403, args=question),
    edits("take", args=begun, data=lambda world: {"key": "dpia"}),
    edits("take_all", args=begun, data=lambda world: {"lands": "dependencies"}),
    edits("undo", args=taken),
]
