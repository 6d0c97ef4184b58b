"""The things of a project and what ties them, loaded whole."""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from django.urls import reverse

from apps.architecture import queries as architecture
from apps.projects.models import Project
from apps.projects.queries import all_objectives
from apps.registers.models import Row
from apps.registers.queries import by_register
from apps.risks.queries import open_risks
from apps.tracing.web import Thing, Web, web
from apps.workshops.models import Outcome

REGISTERS = {
    "deliverables": "deliverable", "metrics": "metric", "test_sets": "test_set", "monitoring": "signal",
    "data_sources": "data_source", "safeguards": "safeguard", "dependencies": "dependency", "decisions": "decision",
}  # fmt: skip
SPEAK_OF = {
    "deliverables": ("acceptance",), "metrics": ("data_set", "method"), "test_sets": ("source",),
    "monitoring": ("source", "change_when", "before_change"), "safeguards": ("evidence",),
}  # fmt: skip
"""Fields in which a row says by name what it rests on."""
SPOKEN_OF = ("metrics", "test_sets", "data_sources")
"""Tables whose names are names: a signal is often called by a word of the language, as Topics or Use."""


def of(project: Project) -> Web:
    """Everything that can hang together, with the ties that follow from the scope and those that people drew."""
    rows = [row for key, found in by_register(project).items() if key in REGISTERS for row in found]
    drawn = architecture.diagram(project)
    boxes = drawn.components
    placed = list(Outcome.objects.filter(card__workshop__project=project).select_related("card__workshop"))
    things = [*_objectives(project), *_rows(project, rows), *_risks(project)]
    drawing = reverse("architecture:show", args=[project.pk])
    things += [Thing(f"component:{box.pk}", "component", box.name, f"{drawing}#component-{box.pk}") for box in boxes]
    things += list({thing.key: thing for thing in _cards(placed)}.values())
    by_id = {thing.key.partition(":")[2]: thing.key for thing in things}
    derived = [
        *_linked(rows, by_id),
        *_spoken_of(rows),
        *_namesakes(rows),
        *((f"card:{outcome.card_id}", by_id[outcome.target]) for outcome in placed if outcome.target in by_id),
        *_drawn(rows, {box.name.casefold(): f"component:{box.pk}" for box in boxes}),
        *((f"component:{flow.source_id}", f"component:{flow.target_id}") for flow in drawn.flows),
    ]
    return web(things, derived, project.ties.values_list("one", "other"))


def _objectives(project: Project) -> Iterator[Thing]:
    url = f"{reverse('projects:frame', args=[project.pk])}#objectives"
    yield from (Thing(f"objective:{one.pk}", "objective", one.title, url) for one in all_objectives(project))


def _rows(project: Project, rows: list[Row]) -> Iterator[Thing]:
    tables = {key: reverse("registers:list", args=[project.pk, key]) for key in REGISTERS}
    for row in rows:
        yield Thing(f"row:{row.pk}", REGISTERS[row.register], str(row), f"{tables[row.register]}{row.pk}/")


def _risks(project: Project) -> Iterator[Thing]:
    for risk in open_risks(project):
        yield Thing(f"risk:{risk.pk}", "risk", f"{risk.ref} {risk.title}", risk.get_absolute_url())


def _cards(placed: list[Outcome]) -> Iterator[Thing]:
    for outcome in placed:
        workshop = outcome.card.workshop
        url = reverse("workshops:recap", args=[workshop.project_id, workshop.pk])
        yield Thing(f"card:{outcome.card_id}", "card", outcome.card.text, f"{url}#card-{outcome.card_id}")


def _linked(rows: list[Row], by_id: dict[str, str]) -> Iterator[tuple[str, str]]:
    """What a row names in a field for it: the objective that a metric serves, the risk that a safeguard is for."""
    for row in rows:
        for column in row.declared.columns:
            other = by_id.get(str(row.values.get(column.key, ""))) if column.to else None
            if other:
                yield f"row:{row.pk}", other


def _spoken_of(rows: list[Row]) -> Iterator[tuple[str, str]]:
    """A row and those whose whole names it says: a metric and the evaluation set on which it is measured.

    Longer names first: “300 tickets” says nothing of a source called “Tickets”.
    """
    named = sorted((row for row in rows if row.register in SPOKEN_OF), key=lambda row: -len(row.name))
    names = [(row.name.casefold(), row) for row in named]
    for row in rows:
        said = "\n".join(str(row.values.get(key, "")) for key in SPEAK_OF.get(row.register, ())).casefold()
        for name, other in names:
            if name in said:
                said, count = re.subn(rf"(?<!\w){re.escape(name)}(?!\w)", "\n", said)
                if count:
                    yield f"row:{row.pk}", f"row:{other.pk}"


def _namesakes(rows: list[Row]) -> Iterator[tuple[str, str]]:
    """A signal and the metric of the same name, and the like."""
    by_name: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_name[row.name.casefold()].append(row)
    for same in by_name.values():
        pairs = combinations(same, 2)
        yield from ((f"row:{a.pk}", f"row:{b.pk}") for a, b in pairs if a.register != b.register)


def _drawn(rows: list[Row], boxes: dict[str, str]) -> Iterator[tuple[str, str]]:
    """A data source and the component of the same name."""
    for row in rows:
        box = boxes.get(str(row).casefold())
        if row.register == "data_sources" and box:
            yield f"row:{row.pk}", box
