"""Objectives as a table: what is typed where."""

from dataclasses import asdict
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.projects import measures, section_objectives
from apps.projects.enums import Direction
from apps.projects.objective_paste import read_objective
from apps.projects.sections import Finding
from apps.tables.columns import Column, Values
from apps.tables.declared import Elsewhere, Register
from apps.tables.enums import Kind

FIGURE = (11, 3)
COLUMNS = (
    Column("name", _("Objective"), _("What changes, for whom."), width=6, paper=1, required=True, most=200),
    Column(
        "metric",
        _("Metric"),
        _("From the catalog, or your own: what is counted."),
        width=5,
        most=160,
        suggestions=measures.names,
    ),
    Column("unit", _("Unit"), _("h, %, €"), width=2, most=40),
    Column("baseline", _("Today"), "", Kind.NUMBER, width=2, required=True, places=FIGURE, local=True),
    Column("baseline_source", _("Where today’s value comes from"), most=200, local=True),
    Column("baseline_on", _("Measured on"), _("The day of today’s value."), Kind.DAY, local=True),
    Column("direction", _("Direction"), "", Kind.CHOICE, tuple(Direction.choices), width=3),
    Column("target", _("Target"), "", Kind.NUMBER, width=2, required=True, places=FIGURE, local=True),
    Column("due", _("By"), "", Kind.DAY, width=3, required=True),
    Column("method", _("How it is measured"), "", width=4, required=True, most=200),
    Column("owner", _("Who measures"), "", Kind.PERSON, width=4, most=120),
)


def page(project: Any) -> Elsewhere:
    return Elsewhere(_("With the use case"), section_objectives.edit_url(project))


def speaks(project: Any, objective: Any) -> list[Finding]:
    return section_objectives.of_one(project, objective, timezone.localdate())


def reads(sentence: str) -> Values:
    found = asdict(read_objective(sentence, timezone.localdate()))
    said = {"name": found.pop("title"), **found}
    return {key: str(value) for key, value in said.items() if value not in ("", None)}


REGISTER = Register(
    key="objectives",
    title=_("Objectives"),
    singular=_("objective"),
    add=_("Add an objective"),
    about=_("What will be different, by how much, by when? Two or three are enough."),
    section=section_objectives.KEY,
    columns=COLUMNS,
    links_call_it="objective",
    speaks=speaks,
    reads=reads,
    elsewhere=page,
)
