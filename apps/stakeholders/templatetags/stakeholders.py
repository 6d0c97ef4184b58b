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
    frame = {
        "left": grid.LEFT,
        "top": grid.TOP,
        "right": grid.LEFT + grid.SIDE,
        "bottom": grid.TOP + grid.SIDE,
        "corner": grid.LEFT + 3 * grid.CELL,
        "corner_side": 2 * grid.CELL,
        "middle": grid.LEFT + grid.SIDE // 2,
        "half": grid.TOP + grid.SIDE // 2,
        "width": grid.LEFT + grid.SIDE + 2,
        "height": grid.TOP + grid.SIDE + 42,
        "radius": grid.RADIUS,
    }
    return {"dots": grid.dots(people), "lines": lines, "scale": scale, "frame": frame, "medium": medium}
