"""The diagram under the section “Architecture” of the scope document."""

import re
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.architecture import queries
from apps.architecture.enums import Lane, Zone
from apps.architecture.models import Component
from apps.architecture.queries import Diagram
from apps.projects.enums import Level
from apps.projects.models import Project
from apps.projects.sections import Finding, Part

SECTION = "architecture"
# Rule, level, message, why.
Words = tuple[str, str, str, str]
# Products by how their makers write them: capitals inside a word, or a name with a version number.
_PRODUCT = re.compile(r"\b[A-Z]?[a-z]+[A-Z]\w+|\b[A-Za-z]+-?\d+(\.\d+)*[a-z]?\b|\b\w+\.(?:js|ai|io)\b")


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
        message, why = _("There is no architecture diagram."), _("Without it nobody sees where data go and who checks.")
        return [Finding("architecture.none", Level.WARNING, message, why, url, SECTION)]
    found = [_said(url, *words) for words in (*_loose(diagram), *_leaving(diagram), *_missing(diagram))]
    return found + [_said(url, *words) for words in _products(diagram)]


def names_a_product(component: Component) -> bool:
    """Whether the name looks like a product's: capitals inside a word, or a version number behind one."""
    return bool(_PRODUCT.search(component.name))


def edit_url(project: Project) -> str:
    return reverse("architecture:show", args=[project.pk])


def part_url(project: Project) -> str:
    return reverse("architecture:part", args=[project.pk])


def _loose(diagram: Diagram) -> list[Words]:
    joined = {key for flow in diagram.flows for key in (flow.source_id, flow.target_id)}
    return [
        ("architecture.loose", Level.HINT, _("“%(name)s” is joined to nothing.") % {"name": one.name},
         _("A box without an arrow is either missing its flow or not part of this project."))
        for one in diagram.components if one.pk not in joined
    ]  # fmt: skip


def _leaving(diagram: Diagram) -> list[Words]:
    return [
        ("architecture.personal_leaves", Level.WARNING,
         _("Personal data leave your network: %(flow)s.") % {"flow": flow},
         _("Say in Data sources on which legal basis, and in Responsible use who checks it."))
        for flow in diagram.flows
        if flow.personal and flow.source.zone == Zone.OURS and flow.target.zone != Zone.OURS
    ]  # fmt: skip


def _missing(diagram: Diagram) -> list[Words]:
    there = {one.lane for one in diagram.components}
    found: list[Words] = []
    if Lane.CHECKS not in there:
        found.append(("architecture.no_checks", Level.WARNING, _("Nothing checks what the model says."),
                      _("An answer that nobody and nothing checks reaches people as it is.")))  # fmt: skip
    if Lane.MONITORING not in there:
        found.append(("architecture.no_monitoring", Level.WARNING, _("Nothing watches it in production."),
                      _("Quality, cost and abuse drift after launch; feedback has to come back somewhere.")))  # fmt: skip
    return found


def _products(diagram: Diagram) -> list[Words]:
    return [
        ("architecture.product", Level.HINT, _("“%(name)s” looks like a product.") % {"name": one.name},
         _("Name what it is for. The product is chosen later, against the options."))
        for one in diagram.components if names_a_product(one)
    ]  # fmt: skip


def _said(url: str, rule: str, level: str, message: str, why: str) -> Finding:
    return Finding(rule, level, message, why, url, SECTION)


PART = Part(
    section=SECTION,
    key="diagram",
    snapshot=snapshot,
    template="architecture/part.html",
    findings=findings,
    edit_url=edit_url,
    page_url=part_url,
    live="components:changed",
    edit_words=gettext_lazy("Edit the diagram"),
)
