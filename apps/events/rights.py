"""Who may listen to which stream: each app that owns a kind of stream says so."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Identity:
    """Who asks: a signed-in user, a guest with something in the session, or nobody."""

    user_id: str | None = None
    session: dict[str, Any] = field(default_factory=dict)


MayListen = Callable[[Identity, str], bool]
_doors: dict[str, MayListen] = {}


def register(prefix: str, may_listen: MayListen) -> None:
    _doors[prefix] = may_listen


def may_listen(identity: Identity, stream: str) -> bool:
    """False for streams that nobody guards."""
    prefix, _, ident = stream.partition(":")
    door = _doors.get(prefix)
    return bool(door and ident and door(identity, ident))
