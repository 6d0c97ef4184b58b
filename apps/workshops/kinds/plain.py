"""Kinds that need nothing beyond cards, dots and talk."""

from apps.workshops.enums import Kind
from apps.workshops.kinds.base import Behaviour

BEHAVIOURS = tuple(
    Behaviour(kind)
    for kind in (
        Kind.BRAINSTORM, Kind.TALK, Kind.BREAK,
    )
)  # fmt: skip
