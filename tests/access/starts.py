"""Copies and templates of projects."""

from tests.access.table import Row, World
from tests.factories.projects import ObjectiveFactory


def chosen(world: World) -> dict[str, object]:
    ObjectiveFactory(project=world.project)
    return {"title": "Again", "pieces": ["objectives"], "days": "clear"}


def kept(world: World) -> dict[str, object]:
    ObjectiveFactory(project=world.project)
    return {"name": f"Template {world.project.objectives.count()}", "pieces": ["objectives"]}


ROWS = [
    Row("starts:copy", "GET", host=200, editor=200, reviewer=200, viewer=200),
    Row("starts:copy", "POST", host=302, editor=302, reviewer=302, viewer=302, data=chosen),
    Row("starts:keep", "GET", host=200, editor=403, reviewer=403, viewer=403),
    Row("starts:keep", "POST", host=302, editor=403, reviewer=403, viewer=403, data=kept),
]
OPEN = {"starts:new", "starts:templates", "starts:use", "starts:template_edit", "starts:template_remove"}
