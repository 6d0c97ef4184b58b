"""Frame and objectives."""

from apps.projects.actions import remove_objective
from tests.access.table import Row, World
from tests.factories.projects import ObjectiveFactory


def objective(world: World) -> list[object]:
    return [world.project.pk, ObjectiveFactory(project=world.project).pk]


def words(world: World) -> dict[str, object]:
    return {"title": "Shorter waits", "start": "pain", "version": 1}


def batch(world: World) -> list[object]:
    gone = remove_objective(ObjectiveFactory(project=world.project), by=world.host)
    return [world.project.pk, gone.id]


ROWS = [
    Row("projects:frame_part", "GET", host=200, editor=200, reviewer=200, viewer=200),
    Row("projects:frame", "GET", host=200, editor=200, reviewer=200, viewer=200),
    Row("projects:frame_edit", "GET", host=200, editor=200, reviewer=403, viewer=403),
    # The editor is first to save; the host then has an old version.
    Row("projects:frame_edit", "POST", host=409, editor=302, reviewer=403, viewer=403, data=words),
    Row("projects:objectives", "GET", host=200, editor=200, reviewer=200, viewer=200),
    Row("projects:objective_add", "GET", host=200, editor=200, reviewer=403, viewer=403),
    Row("projects:objective_add", "POST", host=302, editor=302, reviewer=403, viewer=403, data=words),
    Row("projects:objective_edit", "GET", host=200, editor=200, reviewer=403, viewer=403, args=objective),
    Row("projects:objective_edit", "POST", host=302, editor=302, reviewer=403, viewer=403, args=objective, data=words),
    Row("projects:objective_remove", "POST", host=302, editor=302, reviewer=403, viewer=403, args=objective),
    Row("projects:objectives_undo", "POST", host=302, editor=302, reviewer=403, viewer=403, args=batch),
    Row("projects:objective_move", "POST", host=302, editor=302, reviewer=403, viewer=403, args=objective),
    # The project of the test is no sample, so even the host is refused.
    Row("projects:sample_remove", "POST", host=409, editor=403, reviewer=403, viewer=403),
]
