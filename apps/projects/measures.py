"""What an objective can be measured by. Apps with a catalog of metrics register what they know."""

from collections.abc import Callable, Iterable

Known = Callable[[], Iterable[tuple[str, str]]]
_known: list[Known] = []


def register(fn: Known) -> None:
    """`fn()` gives names of metrics, each with what is counted."""
    _known.append(fn)


def known() -> list[tuple[str, str]]:
    """To choose from while typing; any other metric may be typed as well."""
    return [measure for fn in _known for measure in fn()]


def names() -> list[str]:
    return [name for name, _definition in known()]
