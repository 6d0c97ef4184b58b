"""What a pre-mortem leaves behind: risks with the room's rating."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.core.errors import DomainError
from apps.workshops.actions.locks import taken
from apps.workshops.actions.outcomes import make_outcome, make_outcome_of_group
from apps.workshops.enums import Became, Phase
from apps.workshops.models import Activity, Outcome


@transaction.atomic
def make_risks(activity: Activity, *, risks: list[tuple[str, dict[str, Any]]], by: User) -> list[Outcome]:
    """Make a risk of each of these groups (`group:key`) and cards (`card:key`); what is one already stays it."""
    room = taken(activity.workshop)
    if room.activity_id == activity.pk and room.phase == Phase.SCORE:
        raise DomainError(_("People are still rating. Show the spread first."))
    made: list[Outcome] = []
    for key, words in risks:
        target, pk = key.split(":")
        made += (
            _of_group(activity, UUID(pk), words, by) if target == "group" else _of_card(activity, UUID(pk), words, by)
        )
    return made


def _of_group(activity: Activity, pk: UUID, words: dict[str, Any], by: User) -> list[Outcome]:
    group = activity.groups.select_related("activity__workshop").filter(pk=pk).first()
    return make_outcome_of_group(group, Became.RISK, by=by, **words) if group else []


def _of_card(activity: Activity, pk: UUID, words: dict[str, Any], by: User) -> list[Outcome]:
    card = activity.cards.select_related("workshop__project").filter(pk=pk, revealed_at__isnull=False).first()
    return make_outcome([card], Became.RISK, by=by, **words) if card else []
