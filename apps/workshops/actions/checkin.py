"""Checking in: who somebody is at this table, and one word."""

from typing import Any
from uuid import UUID

from django.db import transaction

from apps.events.log import record
from apps.workshops.actions.answers import asked_now, put_answer
from apps.workshops.actions.seats import PEOPLE
from apps.workshops.kinds.checkin import ROUND
from apps.workshops.models import Answer, Participant, Workshop


@transaction.atomic
def check_in(participant: Participant, *, activity: UUID, value: dict[str, Any], **rest: Any) -> Answer:
    """Say one's part and one word; a guest may mend their name. Checking in again replaces what was said."""
    step, _phase = asked_now(participant, activity)
    _introduce(step.workshop, participant, name=value["name"], title=value["title"])
    return put_answer(participant, step, ROUND, value={"word": value["word"]}, text="", hidden=False)


def _introduce(room: Workshop, participant: Participant, *, name: str, title: str) -> None:
    # The name of a member is that of their account.
    name = participant.name if participant.user_id else name or participant.name
    if (participant.name, participant.title) == (name, title):
        return
    participant.name, participant.title = name, title
    participant.save(update_fields=["name", "title", "updated_at"])
    record("participant.introduced", subject=participant, by=participant, stream=room.stream, changed=PEOPLE)
