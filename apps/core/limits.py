"""How often something was tried in a while, counted for all processes together."""

import hashlib

from django.core.cache import cache


def count(what: str, whose: object, *, seconds: int) -> int:
    """Count one more try, and return how many there were in the window that the first of them opened."""
    key = _key(what, whose)
    if cache.add(key, 1, seconds):
        return 1
    try:
        return int(cache.incr(key))
    except ValueError:
        return 1


def counted(what: str, whose: object) -> int:
    return int(cache.get(_key(what, whose), 0))


def _key(what: str, whose: object) -> str:
    return f"{what}:{hashlib.sha256(str(whose).encode()).hexdigest()[:16]}"
