"""Files of a baseline. Checking a file is for everyone; tests/exports says what they get."""

from tests.access.scope import numbered
from tests.access.table import Row, World
from tests.factories.exports import ExportFactory
from tests.factories.scope import BaselineFactory
from tests.factories.workshops import ended


def unfinished(world: World) -> list[object]:
    existing = world.project.baselines.first() or BaselineFactory(project=world.project, number=1)
    return [world.project.pk, ExportFactory(baseline=existing).pk]


def over(world: World) -> list[object]:
    return [world.project.pk, ended(world.project, by=world.host).pk]


ROWS = [
    Row("exports:minutes", "GET", host=200, editor=200, reviewer=200, viewer=200, args=over),
    Row("exports:show", "GET", host=200, editor=200, reviewer=200, viewer=200, args=numbered),
    Row("exports:make", "POST", host=302, editor=302, reviewer=302, viewer=302, args=numbered),
    Row("exports:data", "GET", host=200, editor=200, reviewer=200, viewer=200, args=numbered),
    # Not made yet: there is no file to give.
    Row("exports:download", "GET", host=404, editor=404, reviewer=404, viewer=404, args=unfinished),
]
OPEN = {"exports:verify"}
