"""The kinds of activity, each in a module of its own; this is the only list of them."""

from apps.workshops.enums import Kind
from apps.workshops.kinds import plain
from apps.workshops.kinds.base import Behaviour

_ALL = (*plain.BEHAVIOURS,)
_BY_KEY = {behaviour.key: behaviour for behaviour in _ALL}


def behaviour(kind: str) -> Behaviour:
    """How activities of this kind run. Raises KeyError for a kind that is none."""
    return _BY_KEY[Kind(kind)]
