"""Cards that the room wrote become tasks to estimate."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.core.errors import DomainError
from apps.events.log import record
from apps.workshops.actions.answers import ITEMS
from apps.workshops.actions.locks import taken
from apps.workshops.enums import Kind
from apps.workshops.kinds.estimate import LONGEST_TASK, takeable
from apps.workshops.models import Activity


@transaction.atomic
def take_tasks(activity: Activity, *, cards: Sequence[UUID], by: User) -> int:
    """A task for each of these cards, at the end of the list; one that is there already stays one. Returns how many are new."""
    room = taken(activity.workshop)
    if room.is_ended:
        raise DomainError(_("This workshop is over; what was said stays as it was."))
    if activity.kind != Kind.ESTIMATE:
        raise DomainError(_("This step estimates nothing."))
    chosen = [one.card for one in takeable(room, activity) if one.card.pk in set(cards)]
    last = activity.items.aggregate(last=Max("position"))["last"] or 0
    for position, card in enumerate(chosen, last + 1):
        activity.items.create(text=_short(card.text), details={"card": str(card.pk)}, position=position)
    if chosen:
        record("tasks.taken", subject=activity, by=by, stream=room.stream, changed=ITEMS, tasks=len(chosen))
    return len(chosen)


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= LONGEST_TASK else f"{words[: LONGEST_TASK - 1]}…"
