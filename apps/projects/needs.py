"""What waits for a person. Upper apps register what they know; home and the bar show it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from apps.accounts.models import User


@dataclass(frozen=True)
class Need:
    """One row of "what needs me": `label` says what kind, `button` what one does at `url`, or by posting to `post`."""

    label: str
    title: str
    detail: str
    url: str
    button: str
    due: datetime | None = None
    since: datetime | None = None
    post: str = ""


_askers: list[Callable[["User"], list[Need]]] = []


def register(fn: Callable[["User"], list[Need]]) -> None:
    _askers.append(fn)


def of(user: "User") -> list[Need]:
    """Everything that waits for `user`, the most urgent first."""
    found = [need for ask in _askers for need in ask(user)]
    return sorted(found, key=lambda need: (need.due is None, need.due.timestamp() if need.due else 0.0))
