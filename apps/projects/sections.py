"""The section registry. Content apps register what they own; `scope` and the document page read it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from apps.projects.models import Project

Snapshot = dict[str, Any]


@dataclass(frozen=True)
class Finding:
    """Something a careful reviewer would say. `level` is one of `enums.Level`."""

    rule: str
    level: str
    message: str
    why: str
    url: str
    section: str


@dataclass(frozen=True)
class Section:
    """A part of the scope document.

    `snapshot` returns plain JSON (no floats where a decimal matters: strings), the same for the same
    rows. `template` draws a snapshot and nothing else (`snapshot`, `medium` = "page" or "pdf").
    """

    key: str
    title: Any
    order: int
    snapshot: Callable[["Project"], Snapshot]
    template: str
    findings: Callable[["Project"], list[Finding]]
    edit_url: Callable[["Project"], str]


_sections: dict[str, Section] = {}


def register(section: Section) -> None:
    _sections[section.key] = section


def all_sections() -> list[Section]:
    """Every section in the order of the document; its place in the list is its number."""
    return sorted(_sections.values(), key=lambda section: (section.order, section.key))


def section(key: str) -> Section:
    """Raises KeyError when nobody registered it."""
    return _sections[key]


def number_of(key: str) -> int:
    """The clay numeral of a section, from 1."""
    return [found.key for found in all_sections()].index(key) + 1
