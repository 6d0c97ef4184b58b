"""What is frozen beside the sections. Upper apps register what signers must see unchanged for ever."""

from collections.abc import Callable
from typing import Any

from apps.projects.models import Project

_parts: dict[str, Callable[[Project], list[dict[str, Any]]]] = {}


def register(key: str, fn: Callable[[Project], list[dict[str, Any]]]) -> None:
    """`fn` returns plain JSON."""
    _parts[key] = fn


def of(project: Project) -> dict[str, list[dict[str, Any]]]:
    return {key: fn(project) for key, fn in sorted(_parts.items())}
