"""What happens when a baseline has all its signatures. Upper apps register; the last signature calls."""

from collections.abc import Callable

from apps.scope.models import Baseline

_listeners: list[Callable[[Baseline], None]] = []


def register(fn: Callable[[Baseline], None]) -> None:
    _listeners.append(fn)


def tell(baseline: Baseline) -> None:
    """In the transaction of the last signature."""
    for fn in _listeners:
        fn(baseline)
