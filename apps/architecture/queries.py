"""What the pages of the diagram show, loaded whole."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet

from apps.architecture.enums import Lane
from apps.architecture.models import Component, Flow
from apps.projects import sections
from apps.projects.models import Project
from apps.tables import queries as tables
from apps.tables.declared import register
from apps.tables.models import Entry

LONGEST_NAME = 60


@dataclass(frozen=True)
class Diagram:
    components: list[Component]
    flows: list[Flow]

    @cached_property
    def lanes(self) -> list[tuple[Lane, list[Component]]]:
        """Every lane with its components, the empty ones too."""
        return [(lane, [one for one in self.components if one.lane == lane]) for lane in Lane]


def diagram(project: Project) -> Diagram:
    """Components in the order of their lanes, flows in the order in which they were drawn, their ends loaded."""
    return sections.once(project, "diagram", _diagram)


def _diagram(project: Project) -> Diagram:
    components = sorted(components_of(project), key=lambda one: (list(Lane.values).index(one.lane), one.position))
    by_key = {one.pk: one for one in components}
    flows = list(project.flows.all())
    for flow in flows:
        flow.source, flow.target = by_key[flow.source_id], by_key[flow.target_id]
    return Diagram(components, flows)


def undrawn_sources(project: Project, components: Iterable[Component]) -> list[Entry]:
    """Rows of the table of data sources that are used and in no box yet."""
    drawn = [one.name.casefold() for one in components]
    used = [row for row in tables.rows(project, register("data_sources")) if row.values.get("used") != "not used"]
    return [row for row in used if not any(_is_in(row.name.casefold(), name) for name in drawn)]


def _is_in(source: str, box: str) -> bool:
    return source[:LONGEST_NAME] in box or box in source


def components_of(project: Project) -> QuerySet[Component]:
    return project.components.order_by("position", "created_at")


def flows_of(project: Project) -> QuerySet[Flow]:
    return project.flows.select_related("source", "target")
