"""Proposals one by one, by consent: agree, agree with a concern, or object with a reason. Names are recorded."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from apps.workshops import decisions
from apps.workshops.enums import Kind, Phase
from apps.workshops.kinds import answers
from apps.workshops.kinds.base import Behaviour, Line
from apps.workshops.kinds.rows import Row, with_own
from apps.workshops.models import Activity, Participant, Workshop


def _seat(workshop: Workshop, seat: Participant, activity: Activity) -> dict[str, Any]:
    found = _board(workshop, activity)
    opened = found["open"]
    if opened is None or workshop.activity_id != activity.pk or workshop.phase != Phase.DECIDE:
        return found
    item = opened.item
    row = Row(f"item:{item.pk}", item.pk, item.text)
    mine = [answer for answer in answers.own(seat, activity) if answer.item_id == item.pk]
    with_own([row], mine)
    row.said |= {"text": mine[0].text} if mine else {}
    foot = "workshops/blocks/decide_foot.html"
    return {**found, "rows": [row], "sent_at": answers.sent_at(mine), "foot": foot}


def _board(workshop: Workshop, activity: Activity) -> dict[str, Any]:
    found = decisions.proposals(activity)
    opened = next((each for each in found if each.item.is_open), None)
    closed = [each for each in found if each.is_closed]
    return {
        "proposals": found,
        "open": opened,
        "closed": closed,
        "latest": max(closed, key=lambda each: str(each.item.closed_at), default=None),
        "absence": decisions.absence(workshop, activity) if opened else None,
    }


def _minutes(workshop: Workshop, activity: Activity) -> dict[str, Any]:
    found = [each for each in decisions.proposals(activity) if each.is_closed]
    return {"proposals": found} if found else {}


def _lines(workshop: Workshop, activity: Activity) -> Sequence[Line]:
    """Decisions with what was said against them; what was not decided with who looks after it."""
    found = []
    for each in decisions.proposals(activity):
        if not each.is_closed:
            continue
        said = "; ".join([each.sentence, *(f"{one.name}: “{one.text}”" for one in each.doubts)])
        text = f"{each.item.text} ({said})" if said else each.item.text
        if each.is_decided:
            found.append(Line("decision", text))
        else:
            found.append(Line("open", _("Not decided: %(text)s") % {"text": text}, each.owner, each.due_words))
    return found


BEHAVIOUR = Behaviour(
    Kind.DECIDE,
    rounds={Phase.DECIDE: 1},
    hidden=frozenset({Phase.DECIDE}),
    named=True,
    many=True,
    one_by_one=True,
    screens=frozenset({Phase.DECIDE}),
    tables=True,
    seat=_seat,
    board=_board,
    minutes=_minutes,
    recap=_lines,
)
