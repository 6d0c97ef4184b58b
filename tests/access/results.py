"""Measured values and benefits."""

from tests.access.table import Row, World
from tests.factories.projects import ObjectiveFactory
from tests.factories.results import BenefitFactory, MeasurementFactory


def objective(world: World) -> list[object]:
    return [world.project.pk, ObjectiveFactory(project=world.project).pk]


def value(world: World) -> list[object]:
    measured = ObjectiveFactory(project=world.project)
    return [world.project.pk, MeasurementFactory(project=world.project, objective=measured.pk).pk]


def benefit(world: World) -> list[object]:
    return [world.project.pk, BenefitFactory(project=world.project).pk]


def measured(world: World) -> dict[str, object]:
    return {"value": "9.5", "day": "2026-01-09", "source": "Ticket report", "version": 1}


def worth(world: World) -> dict[str, object]:
    return {"title": "Time saved", "formula": "100 h × 46 €", "unit": "€", "version": 1}


ROWS = [
    Row("results:show", "GET", host=200, editor=200, reviewer=200, viewer=200),
    Row("results:value_enter", "GET", host=200, editor=200, reviewer=403, viewer=403, args=objective),
    Row("results:value_enter", "POST", host=302, editor=302, reviewer=403, viewer=403, args=objective, data=measured),
    Row("results:value_correct", "GET", host=200, editor=200, reviewer=403, viewer=403, args=value),
    Row("results:value_correct", "POST", host=302, editor=302, reviewer=403, viewer=403, args=value, data=measured),
    Row("results:value_remove", "POST", host=302, editor=302, reviewer=403, viewer=403, args=value),
    Row("results:benefits", "GET", host=200, editor=200, reviewer=200, viewer=200),
    Row("results:benefits_part", "GET", host=200, editor=200, reviewer=200, viewer=200),
    Row("results:benefit_add", "GET", host=200, editor=200, reviewer=403, viewer=403),
    Row("results:benefit_add", "POST", host=302, editor=302, reviewer=403, viewer=403, data=worth),
    Row("results:benefit_edit", "GET", host=200, editor=200, reviewer=403, viewer=403, args=benefit),
    Row("results:benefit_edit", "POST", host=302, editor=302, reviewer=403, viewer=403, args=benefit, data=worth),
    Row("results:benefit_remove", "POST", host=302, editor=302, reviewer=403, viewer=403, args=benefit),
]
