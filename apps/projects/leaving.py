"""What ends when a member is removed. Upper apps register; removing calls, in its transaction."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from apps.accounts.models import User
    from apps.projects.models import Membership

Ends = Callable[["Membership", "User"], None]
_listeners: list[Ends] = []


def register(fn: Ends) -> None:
    """`fn(membership, by)` runs when `by` removes the membership."""
    _listeners.append(fn)


def tell(membership: "Membership", by: "User") -> None:
    for fn in _listeners:
        fn(membership, by)
