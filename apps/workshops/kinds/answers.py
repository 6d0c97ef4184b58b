"""Reading answers: one's own always, those of others when they are shown."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from apps.workshops.models import Activity, Answer, Item, Participant


def shown(activity: Activity, round: int | None = None) -> list[Answer]:
    """The answers that everybody may see, with who gave them."""
    return list(_of(activity.answers.filter(revealed_at__isnull=False), round).select_related("participant"))


def own(participant: Participant, activity: Activity, round: int | None = None) -> list[Answer]:
    """What this person answered, seen by others or not."""
    return list(_of(participant.answers.filter(activity=activity), round))


def sent_at(mine: Iterable[Answer]) -> datetime | None:
    """When the last of these came in; None while there is none."""
    return max((answer.updated_at for answer in mine), default=None)


def answered(activity: Activity, round: int | None = None) -> set[UUID]:
    """The keys of the participants who answered: whether, never what."""
    given = _of(activity.answers.filter(participant__isnull=False), round)
    return set(given.values_list("participant_id", flat=True))


def items(activity: Activity) -> list[Item]:
    return list(activity.items.select_related("author"))


def about(answers: Iterable[Answer], thing: UUID | None) -> list[Answer]:
    """Those about one item, group or card; with None those about the step itself."""
    return [answer for answer in answers if (answer.item_id or answer.group_id or answer.card_id) == thing]


def _of(answers: QuerySet[Answer], round: int | None) -> QuerySet[Answer]:
    return answers if round is None else answers.filter(round=round)
