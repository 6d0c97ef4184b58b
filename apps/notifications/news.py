"""What people may be told by mail. Upper apps register their kinds; how often is each person's own choice."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from apps.notifications.enums import Pace

if TYPE_CHECKING:
    from apps.accounts.models import User


@dataclass(frozen=True)
class Said:
    """What somebody said, and when."""

    who: str
    at: datetime
    words: str


@dataclass(frozen=True)
class Story:
    """One thing to tell: `said` is the news, `before` what it answers, `quote` the words it is about."""

    group: str
    where: str
    headline: str
    subject: str
    said: Said
    path: str
    button: str
    before: Sequence[Said] = ()
    quote: str = ""


Tell = Callable[[Sequence[str], "User"], dict[str, Story]]


@dataclass(frozen=True)
class Kind:
    """A kind of news. `tell(abouts, user)` is asked when the mail is written: what it leaves out is not told any more,
    because it was read, answered or settled, or because the person may not read it."""

    key: str
    label: Any
    help: Any
    tell: Tell
    pace: Pace = Pace.NOW


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    _kinds[kind.key] = kind


def kinds() -> list[Kind]:
    """In the order in which they were registered."""
    return list(_kinds.values())


def kind(key: str) -> Kind:
    """Raises KeyError when nobody registered it."""
    return _kinds[key]
