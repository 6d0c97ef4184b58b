"""What the host does with the ratings of a pre-mortem: their order, one of them once more, and risks out of them."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.core.errors import DomainError
from apps.events.log import record
from apps.workshops.actions.locks import must_run, taken
from apps.workshops.actions.outcomes import make_outcome, make_outcome_of_group
from apps.workshops.actions.steps import EARLIER, move_everyone
from apps.workshops.enums import Became, Phase
from apps.workshops.kinds.premortem import risks_of
from apps.workshops.models import Activity, Answer, Outcome, Workshop


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


@transaction.atomic
def order_ratings(activity: Activity, *, order: str, by: User) -> None:
    """Which come first on every screen: the widest apart, or the highest."""
    room = taken(activity.workshop)
    fresh = Activity.objects.get(pk=activity.pk)
    fresh.result = {**fresh.result, "order": order}
    fresh.save(update_fields=["result", "updated_at"])
    record("ratings.ordered", subject=fresh, by=by, stream=room.stream, changed="answers:changed", order=order)


@transaction.atomic
def rate_again(activity: Activity, *, thing: str, step: int, by: User) -> Workshop:
    """Everybody rates this one (`group:key` or `card:key`) once more, beginning with what they said; the rest stays.

    What was said before stays in the record, behind the new round.
    """
    room = taken(activity.workshop)
    must_run(room)
    if room.activity_id != activity.pk or room.phase == Phase.SCORE:
        raise DomainError(_("Show the spread of this step first."))
    if thing in risks_of(activity):
        raise DomainError(_("This is a risk already. Change its rating in the register."))
    _keep_as_earlier(activity, thing)
    fresh = Activity.objects.get(pk=activity.pk)
    fresh.result = {**fresh.result, "again": thing}
    fresh.save(update_fields=["result", "updated_at"])
    return move_everyone(room, activity=activity.pk, phase=Phase.SCORE, step=step, by=by)


def _keep_as_earlier(activity: Activity, thing: str) -> None:
    """What was said becomes an earlier round, and each begins the new one with their own of it, hidden."""
    target, key = thing.split(":")
    about: dict[str, Any] = {f"{target}_id": UUID(key)}
    said = list(activity.answers.filter(round=1, revealed_at__isnull=False, **about))
    if not said:
        raise DomainError(_("Nobody has rated this one."))
    last = activity.answers.filter(**about).aggregate(last=Max("round"))["last"]
    activity.answers.filter(pk__in=[answer.pk for answer in said]).update(round=last + EARLIER)
    Answer.objects.bulk_create(
        Answer(activity=activity, participant_id=answer.participant_id, value=answer.value, **about)
        for answer in said
        if answer.participant_id
    )


def _of_group(activity: Activity, pk: UUID, words: dict[str, Any], by: User) -> list[Outcome]:
    group = activity.groups.select_related("activity__workshop").filter(pk=pk).first()
    return make_outcome_of_group(group, Became.RISK, by=by, **words) if group else []


def _of_card(activity: Activity, pk: UUID, words: dict[str, Any], by: User) -> list[Outcome]:
    card = activity.cards.select_related("workshop__project").filter(pk=pk, revealed_at__isnull=False).first()
    return make_outcome([card], Became.RISK, by=by, **words) if card else []
