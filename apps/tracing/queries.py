"""The things of a project and what ties them, loaded whole."""

from collections.abc import Iterator

from django.urls import reverse

from apps.architecture import queries as architecture
from apps.projects.models import Project
from apps.projects.queries import all_objectives
from apps.registers.models import Row
from apps.registers.queries import by_register
from apps.risks.queries import open_risks
from apps.tracing.web import Thing, Web, web
from apps.workshops.models import Outcome

REGISTERS = {"metrics": "metric", "data_sources": "data_source", "dependencies": "dependency", "decisions": "decision"}


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
        *_measured(rows, by_id),
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


def _measured(rows: list[Row], by_id: dict[str, str]) -> Iterator[tuple[str, str]]:
    """A metric and the objective that it serves."""
    for row in rows:
        served = str(row.values.get("objective", ""))
        if served in by_id:
            yield f"row:{row.pk}", by_id[served]


def _drawn(rows: list[Row], boxes: dict[str, str]) -> Iterator[tuple[str, str]]:
    """A data source and the component of the same name."""
    for row in rows:
        box = boxes.get(str(row).casefold())
        if row.register == "data_sources" and box:
            yield f"row:{row.pk}", box
