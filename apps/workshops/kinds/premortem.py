"""A year later it was switched off: reasons in silence, rated in silence, and talk where people are far apart."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.workshops.enums import Kind, Phase
from apps.workshops.kinds import answers
from apps.workshops.kinds.base import Behaviour
from apps.workshops.kinds.rows import Row, on_the_table, with_own
from apps.workshops.models import Activity, Answer, Outcome, Participant, Workshop
from apps.workshops.spread import Point, Spread, spread

WIDEST = 3
APART, HIGHEST = "apart", "highest"
TOP = 5


@dataclass(frozen=True)
class Rated:
    """A group or loose card with what the room said, and the risk that it became."""

    row: Row
    spread: Spread
    risk: Outcome | None
    # What the room said before it rated this one again.
    before: Spread | None = None

    @property
    def pk(self) -> Any:
        return self.row.pk

    @property
    def key(self) -> str:
        return self.row.key

    @property
    def title(self) -> str:
        return self.row.title


def rated(workshop: Workshop, activity: Activity) -> list[Rated]:
    """What was rated and may be seen, the widest apart first."""
    given = answers.shown(activity)
    if not given:
        return []
    risks = risks_of(activity)
    found = []
    for row in on_the_table(workshop, activity):
        about = answers.about(given, row.pk)
        seen = _spread(about, 1)
        if seen:
            last = max((answer.round for answer in about), default=1)
            found.append(Rated(row, seen, risks.get(row.key), _spread(about, last) if last > 1 else None))
    return sorted(found, key=lambda each: (-each.spread.apart, -each.spread.score, each.title))


def again_of(activity: Activity) -> str:
    """The one thing (`group:key` or `card:key`) that is rated again now; empty when all are."""
    return str(activity.result.get("again", ""))


def _spread(given: list[Answer], round: int) -> Spread | None:
    return spread(filter(None, (_point(answer) for answer in given if answer.round == round)))


def open_risks(workshop: Workshop, activity: Activity) -> list[Rated]:
    """What could become a risk now, the worst first."""
    found = [each for each in rated(workshop, activity) if each.risk is None]
    return sorted(found, key=lambda each: -each.spread.score)


def _seat(workshop: Workshop, seat: Participant, activity: Activity) -> dict[str, Any]:
    here = workshop.activity_id == activity.pk
    if here and workshop.phase == Phase.SCORE:
        only = again_of(activity)
        there = [row for row in on_the_table(workshop, activity) if only in ("", row.key)]
        mine = answers.own(seat, activity, 1)
        rows = with_own(there, mine)
        done = sum(1 for row in rows if len(row.said) == 2)
        sent_at = answers.sent_at(mine)
        return {"rows": rows, "done": done, "scale": range(1, 6), "again": only, "sent_at": sent_at}
    return _spreads(workshop, activity)


def _board(workshop: Workshop, activity: Activity) -> dict[str, Any]:
    if workshop.activity_id == activity.pk and workshop.phase == Phase.SCORE:
        only = again_of(activity)
        again = next((row for row in on_the_table(workshop, activity) if row.key == only), None) if only else None
        alone = {"covers": True, "no_cards": True} if again else {}
        return {"scoring": True, "answered": len(answers.answered(activity, 1)), "again": again, **alone}
    here = workshop.is_live and workshop.activity_id == activity.pk
    return {
        **_spreads(workshop, activity),
        "answered": len(answers.answered(activity, 1)),
        "may_rate_again": here and activity.plan.has(Phase.SCORE),
    }


def _spreads(workshop: Workshop, activity: Activity) -> dict[str, Any]:
    found = rated(workshop, activity)
    if not found:
        return {}
    waiting = sum(1 for each in found if each.risk is None)
    highest = activity.result.get("order") == HIGHEST
    if highest:
        found.sort(key=lambda each: (-each.spread.score, -each.spread.apart, each.title))
    lead = ngettext(
        "%(n)d reason, rated by %(people)d people without seeing each other. Nobody’s name is kept.",
        "%(n)d reasons, rated by %(people)d people without seeing each other. %(first)s; nobody’s name is kept.",
        len(found),
    ) % {
        "n": len(found),
        "people": max(each.spread.people for each in found),
        "first": _("Highest first") if highest else _("Widest apart first"),
    }
    return {
        "lead": lead,
        "highest": highest,
        "wide": found[:WIDEST],
        "rest": found[WIDEST:],
        "waiting": waiting,
        "covers": True,
        "no_cards": True,
    }


def _minutes(workshop: Workshop, activity: Activity) -> dict[str, Any]:
    found = sorted(rated(workshop, activity), key=lambda each: -each.spread.score)
    return {"rated": found} if found else {}


def _point(answer: Answer) -> Point | None:
    likely, impact = answer.value.get("likelihood"), answer.value.get("impact")
    return (likely, impact) if likely and impact else None


def risks_of(activity: Activity) -> dict[str, Outcome]:
    """Which groups and cards are risks already."""
    made = Outcome.objects.filter(card__activity=activity, kind="risk").select_related("card")
    found = {}
    for outcome in made:
        found[f"card:{outcome.card_id}"] = outcome
        if outcome.card.group_id:
            found[f"group:{outcome.card.group_id}"] = outcome
    return found


BEHAVIOUR = Behaviour(
    Kind.PREMORTEM,
    rounds={Phase.SCORE: 1},
    hidden=frozenset({Phase.SCORE}),
    many=True,
    screens=frozenset({Phase.SCORE, Phase.TALK, Phase.OWN}),
    tables=True,
    seat=_seat,
    board=_board,
    minutes=_minutes,
)
