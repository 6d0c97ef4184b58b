"""Two people in one row: field by field."""

from dataclasses import dataclass

from apps.tables.columns import Value, Values


@dataclass(frozen=True)
class Clash:
    """A field that two people changed to different things since the version that both started from."""

    key: str
    theirs: Value | None
    mine: Value | None


@dataclass(frozen=True)
class Merged:
    """The row with what could be taken, and the fields that ask for a choice."""

    values: Values
    clashes: list[Clash]
    changed: list[str]


def merge(base: Values, sent: dict[str, Value | None], now: Values) -> Merged:
    """Put what somebody changed since `base` into `now`; `sent` holds the fields that they could see, None for empty.

    A field that only one side changed, or both to the same, is settled. Nothing is guessed for the others.
    """
    values, clashes, changed = dict(now), [], []
    for key, mine in sent.items():
        then, theirs = base.get(key), now.get(key)
        if mine in (then, theirs):
            continue
        if theirs != then:
            clashes.append(Clash(key, theirs, mine))
            continue
        changed.append(key)
        if mine is None:
            values.pop(key, None)
        else:
            values[key] = mine
    return Merged(values, clashes, changed)
