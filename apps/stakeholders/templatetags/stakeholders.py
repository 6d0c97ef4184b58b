"""Drawing people from a snapshot."""

from typing import Any

from django import template

from apps.stakeholders import grid

register = template.Library()


@register.inclusion_tag("components/_influence_grid.html")
def influence_grid(people: list[dict[str, Any]], medium: str = "page") -> dict[str, Any]:
    """The drawing of who has how much influence and interest; `people` as in the snapshot."""
    lines = [(grid.LEFT + step * grid.CELL, grid.TOP + step * grid.CELL) for step in range(grid.STEPS + 1)]
    scale = [
        {
            "value": step,
            "x": grid.LEFT + (step - 1) * grid.CELL + grid.CELL // 2,
            "y": grid.TOP + (grid.STEPS - step) * grid.CELL + grid.CELL // 2 + 4,
        }
        for step in range(1, grid.STEPS + 1)
    ]
    return {"dots": grid.dots(people), "lines": lines, "scale": scale, "medium": medium}
