"""Drawing people from a snapshot."""

from typing import Any

from django import template

from apps.stakeholders import grid

register = template.Library()


@register.inclusion_tag("components/_influence_grid.html")
def influence_grid(people: list[dict[str, Any]], medium: str = "page") -> dict[str, Any]:
    """The drawing of who has how much influence and interest; `people` as in the snapshot."""
    return {"dots": grid.dots(people), "frame": grid.frame(), "medium": medium}
