"""How the diagram is taken along into a new project."""

from typing import Any
from uuid import uuid4

from django.utils.translation import gettext_lazy as _

from apps.architecture import actions, queries
from apps.architecture.enums import Lane, Zone
from apps.architecture.models import Component
from apps.projects.copying import Arrival, Piece
from apps.projects.models import Project


def pack(project: Project, *, names: bool) -> dict[str, Any]:
    found = queries.diagram(project)
    boxes = [{"id": str(one.pk), **{name: getattr(one, name) for name in actions.FIELDS}} for one in found.components]
    flows = [
        {"source": str(flow.source_id), "target": str(flow.target_id), "carries": flow.carries, "personal": flow.personal}
        for flow in found.flows
    ]  # fmt: skip
    return {"components": boxes, "flows": flows} if boxes else {}


def unpack(packed: dict[str, Any], arrival: Arrival) -> None:
    made: dict[str, Component] = {}
    for box in packed["components"]:
        if box["lane"] in Lane.values and box["zone"] in Zone.values:
            said = {name: box[name] for name in actions.FIELDS}
            made[box["id"]] = actions.add_component(arrival.project, key=uuid4(), by=arrival.by, **said)
    for flow in packed["flows"]:
        source, target = made.get(flow["source"]), made.get(flow["target"])
        if source and target:
            said = {"carries": flow["carries"], "personal": flow["personal"]}
            actions.add_flow(arrival.project, source=source, target=target, by=arrival.by, **said)
    arrival.keys.update({ident: str(component.pk) for ident, component in made.items()})


PIECE = Piece(
    "architecture", _("Architecture diagram"), 210, pack, unpack, counted=False,
    about=_("Components, flows and trust boundaries."),
)  # fmt: skip
