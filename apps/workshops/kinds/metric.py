"""Success: one primary metric, up to two guardrails, what must not happen, and how far the machine may go."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from apps.projects.enums import Autonomy, Direction
from apps.workshops.enums import Kind, Phase
from apps.workshops.kinds import answers
from apps.workshops.kinds.base import Behaviour, Line
from apps.workshops.models import Activity, Item, Participant, Workshop

PRIMARY = ("name", "unit", "baseline", "direction", "target", "due", "source", "owner")
GUARDRAIL = ("name", "direction", "limit", "unit")
GUARDRAILS = ("guard1", "guard2")
REST = ("must_not", "autonomy", "test_owner")
FIELDS = (*PRIMARY, *(f"{guard}_{name}" for guard in GUARDRAILS for name in GUARDRAIL), *REST)
_NEEDED = ("name", "unit", "baseline", "target", "due", "source", "owner")


@dataclass(frozen=True)
class Guardrail:
    """A limit that must hold while the primary metric is chased."""

    name: str
    words: str


@dataclass(frozen=True)
class Agreed:
    """What stands on the table, in words; empty where nothing was said yet."""

    item: Item
    name: str
    baseline: str
    target: str
    due: date | None
    source: str
    owner: str
    guardrails: list[Guardrail]
    must_not: list[str]
    autonomy: str
    test_owner: str
    lacks: list[str]

    @property
    def said(self) -> bool:
        return bool(self.name or self.guardrails or self.must_not or self.autonomy or self.test_owner)


def seat(workshop: Workshop, seat: Participant, activity: Activity) -> dict[str, Any]:
    return board(workshop, activity)


def board(workshop: Workshop, activity: Activity) -> dict[str, Any]:
    item = next(iter(answers.items(activity)), None)
    sheet = agreed(item) if item else None
    return {
        "agreed": sheet,
        # What is agreed takes the place of the proposals on the big screen.
        "no_cards": bool(sheet and sheet.said),
        "item": item,
        "became": item.details.get("became", []) if item else [],
        "phase": workshop.phase if workshop.activity_id == activity.pk else "",
    }


def minutes(workshop: Workshop, activity: Activity) -> dict[str, Any]:
    shown = board(workshop, activity)
    return shown if shown["agreed"] and shown["agreed"].said else {}


def start(workshop: Workshop, activity: Activity) -> list[tuple[str, dict[str, Any]]]:
    """One empty sheet that the host fills while everybody watches."""
    return [("", {})]


def recap(workshop: Workshop, activity: Activity) -> list[Line]:
    shown = board(workshop, activity)["agreed"]
    if not shown or not shown.name:
        return []
    words = _("Success is %(name)s: %(baseline)s → %(target)s") % {
        "name": shown.name, "baseline": shown.baseline or "?", "target": shown.target or "?",
    }  # fmt: skip
    lines = [Line("decision", words)]
    if shown.owner:
        lines.append(Line("owner", shown.name, who=shown.owner, due=shown.due.isoformat() if shown.due else ""))
    if shown.test_owner:
        lines.append(Line("owner", _("The test set"), who=shown.test_owner))
    return lines


def agreed(item: Item) -> Agreed:
    """The sheet in words."""
    held = item.details
    unit = held.get("unit", "")
    autonomy = held.get("autonomy", "")
    return Agreed(
        item=item,
        name=held.get("name", ""),
        baseline=figure(held.get("baseline"), unit),
        target=limit(held.get("direction", ""), held.get("target"), unit),
        due=date.fromisoformat(held["due"]) if held.get("due") else None,
        source=held.get("source", ""),
        owner=held.get("owner", ""),
        guardrails=[_guardrail(held, key) for key in GUARDRAILS if held.get(f"{key}_name")],
        must_not=[line.strip() for line in held.get("must_not", "").splitlines() if line.strip()],
        autonomy=str(Autonomy(autonomy).label) if autonomy else "",
        test_owner=held.get("test_owner", ""),
        lacks=[name for name in _NEEDED if held.get("name") and not held.get(name) and name != "unit"],
    )


def figure(value: str | None, unit: str) -> str:
    """`2.4 %` with a no-break space; empty without a value. `value` is a decimal as text."""
    if value in (None, ""):
        return ""
    return f"{Decimal(str(value)).normalize():f}\N{NO-BREAK SPACE}{unit}".strip()


def limit(direction: str, value: str | None, unit: str) -> str:
    signs: dict[str, str] = {Direction.AT_MOST: "≤", Direction.AT_LEAST: "≥"}
    words = figure(value, unit)
    return f"{signs.get(direction, '')}\N{NO-BREAK SPACE}{words}".strip() if words else ""


def _guardrail(held: dict[str, Any], key: str) -> Guardrail:
    words = limit(held.get(f"{key}_direction", ""), held.get(f"{key}_limit"), held.get(f"{key}_unit", ""))
    return Guardrail(held[f"{key}_name"], words)


METRIC = Behaviour(
    Kind.METRIC,
    screens=frozenset({Phase.TALK, Phase.RESULT}),
    tables=True,
    seat=seat,
    board=board,
    minutes=minutes,
    start=start,
    recap=recap,
)
