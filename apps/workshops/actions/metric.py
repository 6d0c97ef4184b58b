"""The sheet of success: filled while everybody watches, then taken into the scope."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.core.errors import DomainError
from apps.events.log import record
from apps.projects import actions as projects
from apps.projects.enums import Direction
from apps.projects.models import Objective
from apps.registers.models import Row
from apps.tables import actions as registers
from apps.workshops.actions.answers import ITEMS
from apps.workshops.actions.locks import must_be_real, taken
from apps.workshops.kinds.metric import FIELDS, GUARDRAILS, agreed
from apps.workshops.models import Item, Workshop
from apps.workshops.weaving import weave

METRICS = "metrics"
SIDES: dict[str, str] = {Direction.AT_MOST: "at most", Direction.AT_LEAST: "at least"}


@transaction.atomic
def fill_sheet(item: Item, *, seen: dict[str, Any], said: dict[str, Any], by: User) -> Item:
    """Take what this host changed of what they saw; every screen follows. Raises when a co-host changed the same."""
    room = taken(item.activity.workshop)
    if room.is_ended:
        raise DomainError(_("This workshop is over; what was said stays as it was."))
    fresh = Item.objects.select_for_update(no_key=True).get(pk=item.pk)
    woven, clashes = weave(sheet_of(fresh), seen, said)
    if clashes:
        raise DomainError(_("Somebody changed the same thing a moment before you. Look at both, then save once more."))
    fresh.text = woven["name"] or ""
    fresh.details = {**fresh.details, **woven}
    fresh.version += 1
    fresh.save(update_fields=["text", "details", "version", "updated_at"])
    record("item.changed", subject=fresh, by=by, stream=room.stream)
    return fresh


@transaction.atomic
def take_sheet(item: Item, *, by: User) -> Item:
    """The sheet becomes an objective, evaluation metrics and lines of the frame. Again: brought up to date."""
    room = taken(item.activity.workshop)
    must_be_real(room)
    fresh = Item.objects.select_for_update(no_key=True).get(pk=item.pk)
    fresh.activity.workshop = room
    if not fresh.details.get("name"):
        raise DomainError(_("Name the one number first."))
    there = {each["key"]: each for each in fresh.details.get("became", [])}
    origin = {
        "came_from": _("%(workshop)s: success metric") % {"workshop": room.title},
        "came_from_url": reverse("workshops:recap", args=[room.project_id, room.pk]) + f"#block-{fresh.activity_id}",
    }
    became = [_objective(room, fresh.details, there.get("objective"), origin, by)]
    for key, values in _rows(fresh).items():
        became.append(_row(room, key, values, there.get(key), origin, by))
    became += _frame(room, fresh, by)
    kept = {each["key"] for each in became}
    fresh.details = {**fresh.details, "became": became + [each for key, each in there.items() if key not in kept]}
    fresh.save(update_fields=["details", "updated_at"])
    record("item.taken", subject=fresh, by=by, stream=room.stream, changed=ITEMS, became=len(became))
    return fresh


def sheet_of(item: Item) -> dict[str, Any]:
    return {name: item.details.get(name, "") for name in FIELDS}


def _objective(
    room: Workshop, held: dict[str, Any], there: dict[str, Any] | None, origin: dict[str, str], by: User
) -> dict[str, Any]:
    project = room.project
    fields = {
        "title": held["name"],
        "metric": held["name"],
        "unit": held.get("unit", ""),
        "baseline": _decimal(held.get("baseline")),
        "baseline_source": held.get("source", ""),
        "direction": held.get("direction", ""),
        "target": _decimal(held.get("target")),
        "due": date.fromisoformat(held["due"]) if held.get("due") else None,
        "method": held.get("source", ""),
        "owner": held.get("owner", ""),
    }
    objective = project.objectives.filter(pk=there["id"]).first() if there else None
    if objective is None:
        objective = projects.add_objective(project, by=by, **fields, **origin)
    elif _differs(objective, fields):
        projects.change_objective(objective, version=objective.version, by=by, **fields)
    url = reverse("projects:frame", args=[project.pk])
    return {
        "key": "objective",
        "id": str(objective.pk),
        "label": _("Objective: %(name)s") % {"name": held["name"]},
        "url": url,
    }


def _differs(objective: Objective, fields: dict[str, Any]) -> bool:
    return any(getattr(objective, name) != value for name, value in fields.items())


def _rows(item: Item) -> dict[str, dict[str, Any]]:
    """The rows of the evaluation metrics, by the key under which they are remembered."""
    held = item.details
    found: dict[str, dict[str, Any]] = {}
    measured = _("Test set of %(name)s") % {"name": held["test_owner"]} if held.get("test_owner") else ""
    common = {"data_set": measured, "owner": held.get("owner", "")}
    primary = {
        "name": held["name"],
        "direction": SIDES.get(held.get("direction", ""), ""),
        "unit": held.get("unit", ""),
    }
    found["metric"] = {**primary, "threshold": held.get("target", ""), "method": held.get("source", ""), **common}
    for key in GUARDRAILS:
        if held.get(f"{key}_name"):
            side = SIDES.get(held.get(f"{key}_direction", ""), "")
            row = {"name": held[f"{key}_name"], "direction": side, "unit": held.get(f"{key}_unit", "")}
            found[key] = {**row, "threshold": held.get(f"{key}_limit", ""), **common}
    return found


def _row(
    room: Workshop, key: str, values: dict[str, Any], there: dict[str, Any] | None, origin: dict[str, str], by: User
) -> dict[str, Any]:
    row = Row.objects.live().filter(project=room.project_id, pk=there["id"]).first() if there else None
    if row is None:
        row = registers.add_row(room.project, METRICS, values=values, by=by, **origin)
    else:
        row = registers.change_row(row, version=row.version, values=values, by=by)
    what = str(row.declared.singular)
    label = f"{what[:1].upper()}{what[1:]}: {row}"
    return {"key": key, "id": str(row.pk), "label": label, "url": row.get_absolute_url()}


def _frame(room: Workshop, item: Item, by: User) -> list[dict[str, Any]]:
    """What it must never do, added to what stands there, and how far it may go."""
    project, sheet = room.project, agreed(item)
    there = project.must_not.splitlines()
    fresh = [line for line in sheet.must_not if line not in there]
    fields: dict[str, Any] = {"must_not": "\n".join([*there, *fresh])} if fresh else {}
    autonomy = item.details.get("autonomy", "")
    if autonomy and autonomy != project.autonomy:
        fields["autonomy"] = autonomy
    if fields:
        projects.frame_project(project, version=project.version, by=by, **fields)
    if not (sheet.must_not or autonomy):
        return []
    url = reverse("projects:frame", args=[project.pk])
    return [
        {
            "key": "frame",
            "id": str(project.pk),
            "label": _("Frame: what it must never do, how far it may go"),
            "url": url,
        }
    ]


def _decimal(value: Any) -> Decimal | None:
    return Decimal(str(value)) if value not in (None, "") else None
