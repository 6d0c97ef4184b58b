"""What hangs on what: everybody reads it, who edits sections ties it."""

from typing import Any

from tests.access.table import Row, World
from tests.factories.architecture import ComponentFactory


def two(world: World) -> dict[str, Any]:
    one, other = ComponentFactory.create_batch(2, project=world.project)
    return {"one": f"component:{one.pk}", "other": f"component:{other.pk}"}


ROWS = [
    Row("tracing:show", "GET", host=200, editor=200, reviewer=200, viewer=200),
    Row("tracing:tie", "POST", host=302, editor=302, reviewer=403, viewer=403, data=two),
    Row("tracing:untie", "POST", host=302, editor=302, reviewer=403, viewer=403, data=two),
]
