"""How often something may be tried. Forty people share one office address, so an address may do much."""

import hashlib

from django.core.cache import cache
from django.utils.translation import gettext as _

from apps.core.errors import DomainError

WRONG_CODES_PER_ADDRESS = 60
WRONG_CODES_IN_ALL = 600
JOINS_PER_ROOM = 1500
WINDOW_SECONDS = 600


def too_many_wrong_codes(address: str) -> bool:
    """Guessing: an address, or everybody together, has tried too many codes that lead nowhere."""
    mine = cache.get(_key("code", address), 0)
    return mine >= WRONG_CODES_PER_ADDRESS or cache.get(_key("code", ""), 0) >= WRONG_CODES_IN_ALL


def count_wrong_code(address: str) -> None:
    _count(_key("code", address))
    _count(_key("code", ""))


def must_admit(workshop_id: object) -> None:
    """Count a join to the room; raise when there were far more than a full room in ten minutes."""
    if _count(_key("join", str(workshop_id))) > JOINS_PER_ROOM:
        raise DomainError(_("Very many people are coming in right now. Wait a minute, then try again."))


def _count(key: str) -> int:
    if cache.add(key, 1, WINDOW_SECONDS):
        return 1
    try:
        return int(cache.incr(key))
    except ValueError:
        return 1


def _key(kind: str, what: str) -> str:
    return f"workshops:{kind}:{hashlib.sha256(what.encode()).hexdigest()[:16]}"
