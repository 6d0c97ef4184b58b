"""The shape of the literal permission table: every URL × every role."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from apps.accounts.models import User
from apps.projects.models import Project


@dataclass
class World:
    """One project with a member in each role, and people outside it."""

    project: Project
    host: User
    editor: User
    reviewer: User
    viewer: User
    stranger: User


@dataclass(frozen=True)
class Row:
    """What each kind of person gets for one method of one URL.

    `args` makes the URL's arguments (rows it needs included) in a fresh world; `data` the body of a
    POST. Statuses are literal. A stranger must get 404 inside a project, somebody signed out 302.
    """

    name: str
    method: str
    host: int
    editor: int
    reviewer: int
    viewer: int
    stranger: int = 404
    anonymous: int = 302
    args: Callable[[World], list[Any]] = field(default=lambda world: [world.project.pk])
    data: Callable[[World], dict[str, Any]] = field(default=lambda world: {})
