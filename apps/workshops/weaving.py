"""Several people change one entry at once: what each of them changed is taken, as long as it was not the same thing."""

from collections.abc import Mapping
from typing import Any

Values = Mapping[str, Any]


def weave(now: Values, seen: Values, said: Values) -> tuple[dict[str, Any], list[str]]:
    """What stands after somebody who saw `seen` said `said`, while it had become `now`; and the names that clash.

    A clash is a field that both changed, to different things: there `now` stays.
    """
    woven, clashes = dict(now), []
    for name, mine in said.items():
        theirs, before = now.get(name), seen.get(name)
        if same(mine, before) or same(mine, theirs):
            continue
        if same(theirs, before):
            woven[name] = mine
        else:
            clashes.append(name)
    return woven, clashes


def same(one: Any, other: Any) -> bool:
    """Nothing, no mark and an empty text are the same."""
    return (one or None) == (other or None)
