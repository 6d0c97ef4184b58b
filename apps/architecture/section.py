"""The diagram under the section “Architecture” of the scope document."""

import re
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.architecture import queries
from apps.architecture.enums import Lane, Zone
from apps.architecture.models import Component, Flow
from apps.architecture.queries import Diagram
from apps.projects.enums import Level
from apps.projects.models import Project
from apps.projects.rules import Rule, declare
from apps.projects.sections import Finding, Part

SECTION = "architecture"
ADD = "#add_name"
"""Where the page adds a component."""
# Products by how their makers write them: capitals inside a word, or a name with a version number.
_PRODUCT = re.compile(r"\b[A-Z]?[a-z]+[A-Z]\w+|\b[A-Za-z]+-?\d+(\.\d+)*[a-z]?\b|\b\w+\.(?:js|ai|io)\b")
_KNOWN = re.compile(
    r"\b(?:chatgpt|gpt-?\d\S*|gemini|mistral|llama|copilot|azure|bedrock|vertex|hugging ?face|langchain|pinecone|weaviate|"
    r"qdrant|milvus|chroma|elasticsearch|snowflake|databricks|kafka)\b",
    re.IGNORECASE,
)
NONE, LOOSE, LEAVES, NO_CHECKS, NO_MONITORING, PRODUCT = declare(
    Rule("architecture.none", Level.WARNING, SECTION, _("There is no architecture diagram."), _("Without it nobody sees where data go and who checks.")),
    Rule("architecture.loose", Level.HINT, SECTION, _("“%(name)s” is joined to nothing."), _("A box without an arrow is either missing its flow or not part of this project.")),
    Rule("architecture.personal_leaves", Level.WARNING, SECTION, _("Personal data leave your network: %(flow)s."), _("Say in Data sources on which legal basis, and in Responsible use who checks it.")),
    Rule("architecture.no_checks", Level.WARNING, SECTION, _("Nothing checks what the model says."), _("An answer that nobody and nothing checks reaches people as it is.")),
    Rule("architecture.no_monitoring", Level.WARNING, SECTION, _("Nothing watches it in production."), _("Quality, cost and abuse drift after launch; feedback has to come back somewhere.")),
    Rule("architecture.product", Level.HINT, SECTION, _("“%(name)s” names a product."), _("Name what it is for. The product is chosen later, against the options.")),
)  # fmt: skip


def snapshot(project: Project) -> dict[str, Any]:
    """Components by number, flows by the numbers of their ends."""
    return as_snapshot(queries.diagram(project))


def as_snapshot(diagram: Diagram) -> dict[str, Any]:
    numbers = {one.pk: number for number, one in enumerate(diagram.components)}
    return {
        "components": [
            {"lane": one.lane, "name": one.name, "detail": one.detail, "zone": one.zone, "personal": one.personal}
            for one in diagram.components
        ],
        "flows": [
            {
                "source": numbers[flow.source_id],
                "target": numbers[flow.target_id],
                "carries": flow.carries,
                "personal": flow.personal,
            }
            for flow in diagram.flows
        ],
    }


def findings(project: Project) -> list[Finding]:
    """What a careful reviewer says of the drawing."""
    return said_of(queries.diagram(project), edit_url(project))


def said_of(diagram: Diagram, url: str) -> list[Finding]:
    if not diagram.components:
        return [NONE.found(f"{url}{ADD}")]
    joined = {key for flow in diagram.flows for key in (flow.source_id, flow.target_id)}
    lanes = {one.lane for one in diagram.components}
    return [
        *(LOOSE.found(change_url(one), name=one.name) for one in diagram.components if one.pk not in joined),
        *(LEAVES.found(f"{url}#flow-{flow.pk}", flow=flow) for flow in diagram.flows if _leaves(flow)),
        *([NO_CHECKS.found(f"{url}{ADD}")] if Lane.CHECKS not in lanes else []),
        *([NO_MONITORING.found(f"{url}{ADD}")] if Lane.MONITORING not in lanes else []),
        *(
            PRODUCT.found(f"{change_url(one)}#id_name", name=one.name)
            for one in diagram.components
            if names_a_product(one)
        ),
    ]


def _leaves(flow: Flow) -> bool:
    """Personal data that go from our own network to somewhere else."""
    return flow.personal and flow.source.zone == Zone.OURS and flow.target.zone != Zone.OURS


def names_a_product(component: Component) -> bool:
    """Whether what stands in the box looks like a product's name: capitals inside a word, a version number behind one,
    or one that everybody knows. Where data come from is what there is, not what is chosen."""
    return component.lane != Lane.SOURCES and bool(
        _PRODUCT.search(component.name) or _KNOWN.search(f"{component.name} {component.detail}")
    )


def edit_url(project: Project) -> str:
    return reverse("architecture:show", args=[project.pk])


def change_url(component: Component) -> str:
    return reverse("architecture:change_component", args=[component.project_id, component.pk])


def part_url(project: Project) -> str:
    return reverse("architecture:part", args=[project.pk])


PART = Part(
    section=SECTION,
    key="diagram",
    snapshot=snapshot,
    template="architecture/part.html",
    findings=findings,
    edit_url=edit_url,
    page_url=part_url,
    live="components:changed",
    edit_words=_("Edit the diagram"),
)
