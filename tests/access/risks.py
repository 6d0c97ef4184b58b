"""The risk register."""

from tests.access.table import Row, World
from tests.factories.risks import RiskFactory


def risk(world: World) -> list[object]:
    return [world.project.pk, RiskFactory(project=world.project).pk]


def words(world: World) -> dict[str, object]:
    return {
        "title": "Late data", "likelihood": 3, "impact": 4, "response": "reduce", "state": "open", "note": "Done", "version": 1,
    }  # fmt: skip


ROWS = [
    Row("risks:list", "GET", host=200, editor=200, reviewer=200, viewer=200),
    Row("risks:detail", "GET", host=200, editor=200, reviewer=200, viewer=200, args=risk),
    Row("risks:raise", "GET", host=200, editor=200, reviewer=403, viewer=403),
    Row("risks:raise", "POST", host=302, editor=302, reviewer=403, viewer=403, data=words),
    Row("risks:edit", "GET", host=200, editor=200, reviewer=403, viewer=403, args=risk),
    Row("risks:edit", "POST", host=302, editor=302, reviewer=403, viewer=403, args=risk, data=words),
    Row("risks:close", "GET", host=200, editor=200, reviewer=403, viewer=403, args=risk),
    Row("risks:close", "POST", host=302, editor=302, reviewer=403, viewer=403, args=risk, data=words),
    # An open risk is not reopened, whoever asks.
    Row("risks:reopen", "POST", host=409, editor=409, reviewer=403, viewer=403, args=risk),
    Row("risks:catalog", "GET", host=200, editor=200, reviewer=200, viewer=200),
    # The editor adds it first; the host then hears that it is there.
    Row(
        "risks:catalog_add",
        "POST",
        host=409,
        editor=302,
        reviewer=403,
        viewer=403,
        data=lambda world: {"catalog_id": "R22"},
    ),
]
