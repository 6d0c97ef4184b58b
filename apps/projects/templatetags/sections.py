"""What other apps attached to a section, drawn where the section's own template asks for it."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from apps.projects import section_frame, sections

register = template.Library()


@register.simple_tag
def attached(snapshot: dict[str, Any], medium: str) -> SafeString:
    drawn = [
        render_to_string(part.template, {"drawn": snapshot[part.key], "part": part, "medium": medium})
        for part in sections.attached(snapshot)
    ]
    return mark_safe("".join(drawn))  # noqa: S308 - rendered templates


@register.simple_tag
def frame_words(drawn: dict[str, Any]) -> dict[str, Any]:
    """The frame of a snapshot with the words of its choices."""
    return section_frame.words_of(drawn)
