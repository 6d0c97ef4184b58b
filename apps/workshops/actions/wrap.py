"""The end: is it recorded correctly, and was it worth the time?"""

from typing import Any
from uuid import UUID

from django.db import transaction

from apps.workshops.actions.answers import asked_now, put_answer
from apps.workshops.kinds.wrap import RECORDED, WORTH
from apps.workshops.models import Answer, Participant


@transaction.atomic
def wrap_up(participant: Participant, *, activity: UUID, value: dict[str, Any], text: str, **rest: Any) -> Answer:
    """Yes, or no and what is wrong, with one's name; from 1 to 5 without it, shown when the workshop is over."""
    step, _phase = asked_now(participant, activity)
    if value["worth"]:
        put_answer(participant, step, WORTH, value={"worth": value["worth"]}, text="", hidden=True)
    recorded = value["recorded"]
    wrong = text if recorded == "no" else ""
    return put_answer(participant, step, RECORDED, value={"recorded": recorded}, text=wrong, hidden=False)
