"""What experienced teams have learned, said where the choice is made. Who knows it registers it; pages ask for it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from apps.projects.models import Project
    from apps.projects.sections import Finding

Snapshots = Mapping[str, Mapping[str, Any]]
"""Sections by their key, or as much of them as a page knows."""


@dataclass(frozen=True)
class Overruling:
    """Who does it all the same, and why."""

    by: str
    reason: str
    at: datetime


@dataclass(frozen=True)
class Advice:
    """Something to think of in a section. `slug` is what its rule is called in addresses; `url` leads to the field."""

    slug: str
    section: str
    message: str
    why: str
    url: str
    overruled: Overruling | None = None


_knows: list[Callable[["Project", Snapshots], list[Advice]]] = []


def register(fn: Callable[["Project", Snapshots], list[Advice]]) -> None:
    _knows.append(fn)


def of(project: "Project", sections: Snapshots) -> list[Advice]:
    """What there is to say of what stands in these sections, once each."""
    return [found for fn in _knows for found in fn(project, sections)]


_waived: list[Callable[["Project", Sequence["Finding"]], list["Finding"]]] = []


def register_waivers(fn: Callable[["Project", Sequence["Finding"]], list["Finding"]]) -> None:
    """`fn(project, findings)` are those of the findings without which the team goes on, or that it set aside."""
    _waived.append(fn)


def still_open(project: "Project", findings: Sequence["Finding"]) -> list["Finding"]:
    """What nobody has waived or set aside."""
    gone = {id(finding) for fn in _waived for finding in fn(project, findings)}
    return [finding for finding in findings if id(finding) not in gone]
