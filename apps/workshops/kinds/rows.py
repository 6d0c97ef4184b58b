"""Things that somebody answers about, as a screen shows them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from apps.workshops import queries
from apps.workshops.models import Activity, Answer, Item, Workshop


@dataclass
class Row:
    """A thing, what one said about it, and what was wrong with what one typed. `key` is `target:uuid`."""

    key: str
    pk: UUID
    title: str
    detail: str = ""
    said: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


def on_the_table(workshop: Workshop, activity: Activity) -> list[Row]:
    """Groups and the cards outside them."""
    found = []
    for thing in queries.board(workshop, activity).things:
        if isinstance(thing, queries.Cluster):
            words = " · ".join(one.card.text for one in thing.cards)
            found.append(Row(f"group:{thing.pk}", thing.pk, thing.group.name, words))
        else:
            found.append(Row(f"card:{thing.pk}", thing.pk, thing.card.text))
    return found


def of_items(items: Iterable[Item]) -> list[Row]:
    return [Row(f"item:{item.pk}", item.pk, item.text) for item in items]


def with_own(rows: list[Row], mine: Iterable[Answer]) -> list[Row]:
    """The same rows with what this person said."""
    said = {answer.item_id or answer.group_id or answer.card_id: answer.value for answer in mine}
    for row in rows:
        row.said = dict(said.get(row.pk, {}))
    return rows
