"""Baselines and readiness."""

from tests.access.table import Row, World
from tests.factories.scope import BaselineFactory


def numbered(world: World) -> list[object]:
    existing = world.project.baselines.first()
    return [world.project.pk, (existing or BaselineFactory(project=world.project, number=1)).number]


def some_finding(world: World) -> list[object]:
    return [world.project.pk, "0" * 32]


def some_advice(world: World) -> list[object]:
    return [world.project.pk, "person"]


ROWS = [
    Row("scope:readiness", "GET", host=200, editor=200, reviewer=200, viewer=200),
    Row("scope:rules", "GET", host=200, editor=200, reviewer=200, viewer=200),
    # No such finding in an empty project.
    Row("scope:waive", "GET", host=404, editor=403, reviewer=403, viewer=403, args=some_finding),
    Row("scope:waive", "POST", host=404, editor=403, reviewer=403, viewer=403, args=some_finding),
    Row("scope:ask_again", "POST", host=404, editor=403, reviewer=403, viewer=403, args=some_finding),
    Row("scope:overrule", "GET", host=404, editor=404, reviewer=403, viewer=403, args=some_advice),
    Row("scope:overrule", "POST", host=404, editor=404, reviewer=403, viewer=403, args=some_advice),
    Row("scope:heed", "POST", host=404, editor=404, reviewer=403, viewer=403, args=some_advice),
    Row("scope:list", "GET", host=200, editor=200, reviewer=200, viewer=200),
    Row(
        "scope:freeze",
        "POST",
        host=302,
        editor=403,
        reviewer=403,
        viewer=403,
        data=lambda world: {"decision": "A pilot."},
    ),
    Row("scope:show", "GET", host=200, editor=200, reviewer=200, viewer=200, args=numbered),
    Row("scope:changes", "GET", host=200, editor=200, reviewer=200, viewer=200, args=numbered),
]
