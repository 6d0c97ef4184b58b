"""What everybody on a stream sees alike travels with the message, drawn once by each stream process.

It is drawn from the rows as they are at that moment, never stored: what was hidden again in between is not in it, and
a browser that comes back later asks for its page instead. Without a drawing, or when drawing fails, the name alone
travels and browsers ask.
"""

import base64
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class News:
    """An event as the one who draws it needs it."""

    seq: int
    name: str
    subject: str
    facts: dict[str, Any] | None


# From this many characters on it is worth a browser's while to unpack what hundreds of them are sent.
PACKED_FROM = 16_000

Draw = Callable[[str, Sequence[News]], dict[int, str]]
_draws: dict[str, Draw] = {}


def register(prefix: str, draw: Draw) -> None:
    """`draw(ident, news)` gives HTML by sequence number for `prefix:ident`.

    No entry: browsers ask, as ever. An empty string: what a later message of the same news brings covers this one too.
    Whoever may listen may see it: nothing hidden, nobody's own, no token.
    """
    _draws[prefix] = draw


def drawn(stream: str, news: Sequence[News]) -> dict[int, str]:
    prefix, _, ident = stream.partition(":")
    draw = _draws.get(prefix)
    return draw(ident, news) if draw and news else {}


def is_drawn(stream: str) -> bool:
    """Whether anybody draws for this kind of stream."""
    return stream.partition(":")[0] in _draws


def carried(html: str) -> dict[str, str]:
    """The drawing as a part of its message: as it is, or when it is long packed once for everybody (zlib, base64)."""
    if len(html) < PACKED_FROM:
        return {"html": html}
    return {"packed": base64.b64encode(zlib.compress(html.encode())).decode()}
