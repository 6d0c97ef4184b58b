"""The diagram, on the page and in the PDF: the same drawing of the same snapshot."""

from typing import Any

from django import template

from apps.architecture.drawing import drawn, listed

register = template.Library()


@register.inclusion_tag("architecture/_drawing.html")
def architecture_drawing(
    snapshot: dict[str, Any], medium: str = "page", columns: int = 0, edit: Any = None
) -> dict[str, Any]:
    """`edit`: the components in the order of the snapshot, when the drawing is worked on. Two columns are for phones."""
    return drawn(snapshot, medium=medium, columns=columns, edit=edit)


@register.simple_tag
def flows_of(snapshot: dict[str, Any]) -> list[dict[str, Any]]:
    """The flows of a snapshot as rows of a table."""
    return listed(snapshot)
