"""Registers as parts of the scope document: their rows in the snapshot, and what a reviewer says of them."""

from functools import partial
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from apps.projects import sections
from apps.projects.models import Project
from apps.projects.sections import Finding, Part, Section, Snapshot
from apps.registers import queries
from apps.registers.models import Row
from apps.tables import columns
from apps.tables import queries as tables
from apps.tables.columns import Links
from apps.tables.declared import Register

OWN = [
    ("deliverables", gettext_lazy("Deliverables and timeline"), 30),
    ("terms", gettext_lazy("Constraints and decisions"), 35),
    ("feasibility", gettext_lazy("Feasibility"), 92),
    ("model", gettext_lazy("Model choice"), 94),
    ("delivery", gettext_lazy("Delivery plan"), 120),
]
"""Sections that hold registers and no prose."""


def rows_of(project: Project, register: Register) -> list[Row]:
    """The rows of one register; all registers in one query while all sections are read."""
    if not sections.reads_all(project):
        return list(tables.rows(project, register))
    return queries.by_register(project).get(register.key, [])


def part(register: Register) -> Part:
    return Part(
        section=register.section,
        key=register.key,
        snapshot=partial(snapshot, register=register),
        template="registers/part.html",
        findings=partial(findings, register=register),
        edit_url=partial(edit_url, register=register),
        page_url=partial(page_url, register=register),
        live="rows:changed",
        edit_words=gettext_lazy("Edit the table"),
        fill_words=format_lazy(gettext_lazy("Fill the table “{title}”"), title=register.title),
    )


def own_section(key: str, title: Any, order: int, first: Register) -> Section:
    return Section(
        key=key,
        title=title,
        order=order,
        snapshot=_nothing,
        template="registers/section.html",
        findings=_no_findings,
        edit_url=partial(edit_url, register=first),
    )


def snapshot(project: Project, *, register: Register) -> list[dict[str, Any]]:
    """The rows in their order: keys of columns and choices, links as the titles that they lead to."""
    rows = rows_of(project, register)
    links = tables.links_of(project, register) if any(_linked(register, row) for row in rows) else {}
    return [_row(register, row, links) for row in rows]


def findings(project: Project, *, register: Register) -> list[Finding]:
    """What breaks a rule, row by row; and one when there is no row at all and there should be."""
    rows = rows_of(project, register)
    if not rows:
        return _missing(project, register)
    return _broken(project, register, rows)


def of_row(project: Project, row: Any) -> list[Finding]:
    """The rules that a row breaks, or what its table says of it."""
    if row.declared.speaks:
        found: list[Finding] = row.declared.speaks(project, row)
        return found
    return _broken(project, row.declared, [row])


def edit_url(project: Project, *, register: Register) -> str:
    return reverse("registers:list", args=[project.pk, register.key])


def page_url(project: Project, *, register: Register) -> str:
    return reverse("registers:part", args=[project.pk, register.key])


def _broken(project: Project, register: Register, rows: list[Any]) -> list[Finding]:
    """The rules that the rows break, row by row. What is alike for all of them is made once: a table may be long."""
    today, address = timezone.localdate(), edit_url(project, register=register)
    said = [(rule, str(rule.message), str(rule.why)) for rule in register.rules]
    return [
        Finding(
            rule.id,
            rule.level,
            message % {"name": row},
            why,
            f"{address}{row.pk}/edit/#id_{rule.column}",
            register.section,
        )
        for row in rows
        for rule, message, why in said
        if rule.breaks(row.values, today)
    ]


def _missing(project: Project, register: Register) -> list[Finding]:
    if register.missing is None:
        return []
    rule, level, message, why = register.missing
    return [Finding(rule, level, str(message), str(why), edit_url(project, register=register), register.section)]


def _row(register: Register, row: Row, links: Links) -> dict[str, Any]:
    values = {
        column.key: columns.show(column, value, links) if column.to else value
        for column in register.columns
        if (value := row.values.get(column.key)) is not None
    }
    origin = {"came_from": row.came_from} if row.came_from else {}
    return {"id": str(row.pk), **values, **origin}


def _linked(register: Register, row: Row) -> bool:
    return any(column.to and row.values.get(column.key) for column in register.columns)


def _nothing(project: Project) -> Snapshot:
    return {}


def _no_findings(project: Project) -> list[Finding]:
    return []
