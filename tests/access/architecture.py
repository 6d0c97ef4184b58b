"""The diagram: everybody reads it, who edits sections draws it."""

from typing import Any
from uuid import uuid4

from tests.access.table import Row, World
from tests.factories.architecture import ComponentFactory, FlowFactory


def component(world: World) -> list[Any]:
    return [world.project.pk, ComponentFactory(project=world.project).pk]


def flow(world: World) -> list[Any]:
    return [world.project.pk, FlowFactory(project=world.project).pk]


def ends(world: World) -> dict[str, Any]:
    source, target = ComponentFactory.create_batch(2, project=world.project)
    return {"source": source.pk, "target": target.pk, "carries": "mail", "version": 1}


def box(world: World) -> dict[str, Any]:
    return {"lane": "model", "name": "Language model", "zone": "vendor", "key": uuid4(), "version": 1, "place": 0}


def edits(name: str, method: str = "POST", status: int = 302, **more: Any) -> Row:
    return Row(f"architecture:{name}", method, host=status, editor=status, reviewer=403, viewer=403, **more)


def reads(name: str) -> Row:
    return Row(f"architecture:{name}", "GET", host=200, editor=200, reviewer=200, viewer=200)


ROWS = [
    reads("show"),
    reads("part"),
    reads("mermaid"),
    edits("draw_sources"),
    edits("draw_usual"),
    edits("add_component", data=box),
    edits("change_component", "GET", 200, args=component),
    edits("change_component", args=component, data=box),
    edits("move_component", args=component, data=box),
    edits("remove_component", args=component),
    edits("add_flow", data=ends),
    edits("change_flow", "GET", 200, args=flow),
    edits("change_flow", args=flow, data=ends),
    edits("remove_flow", args=flow),
]
