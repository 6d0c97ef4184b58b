"""The kinds of activity, each in a module of its own; this is the only list of them."""

from apps.workshops.enums import Kind
from apps.workshops.kinds import decide, estimate, parking, plain, premortem, vote
from apps.workshops.kinds.base import Behaviour
from apps.workshops.kinds.checkin import CHECKIN
from apps.workshops.kinds.framing import FRAMING
from apps.workshops.kinds.map import MAP
from apps.workshops.kinds.metric import METRIC
from apps.workshops.kinds.wrap import wrap_up

__all__ = ["Behaviour", "behaviour"]

_SECOND = (premortem.BEHAVIOUR, vote.BEHAVIOUR, estimate.BEHAVIOUR, decide.BEHAVIOUR, parking.BEHAVIOUR)
_ALL = (*plain.BEHAVIOURS, CHECKIN, FRAMING, MAP, METRIC, *_SECOND)
_BY_KEY = {behaviour.key: behaviour for behaviour in (*_ALL, wrap_up(_ALL))}


def behaviour(kind: str) -> Behaviour:
    """How activities of this kind run. Raises KeyError for a kind that is none."""
    return _BY_KEY[Kind(kind)]
