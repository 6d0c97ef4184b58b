"""What the page of a plan shows."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from apps.events.queries import position
from apps.projects.access import ProjectRequest
from apps.stakeholders.when import Hindered, hindered
from apps.workshops import asking, blueprints, codes, queries, shorten
from apps.workshops.enums import Kind, Template
from apps.workshops.forms import AgendaNameForm, AroundForm
from apps.workshops.models import Activity, Workshop

PLAN = "workshops/plan.html"


def plan_of(request: ProjectRequest, workshop: Workshop) -> dict[str, Any]:
    rows = queries.activities(workshop)
    parts, end = queries.plan_ruler(workshop, rows)
    total = queries.planned_minutes(rows)
    people = queries.people(workshop)
    ends = workshop.scheduled_at + timedelta(minutes=total) if workshop.scheduled_at else None
    return {
        "workshop": workshop,
        "project": workshop.project,
        "steps": queries.agenda(workshop, rows),
        "parts": parts,
        "end": end,
        "total": total,
        "ends": ends,
        "people": people,
        "hosts": [person for person in people.everyone if person.is_host],
        **too_long(workshop, rows),
        **add_menu(),
        **_around(workshop, rows),
        "hindered": _hindered(workshop, total),
        "templates": templates(workshop),
        "own_agendas": list(queries.saved_agendas()),
        "save_form": AgendaNameForm(prefix="save", auto_id="save-%s", initial={"save-name": workshop.title}),
        "address": settings.PUBLIC_URL.split("//", 1)[-1],
        "qr": codes.qr(workshop.join_url),
        "seq": position(workshop.stream),
    }


def _around(workshop: Workshop, rows: list[Activity]) -> dict[str, Any]:
    """Input before and after the meeting: for which steps, from when, and who has sent something."""
    plans = [row.plan for row in rows if not row.skipped]
    opens = {"ahead": any(plan.ahead for plan in plans), "after": any(plan.after for plan in plans)}
    times = {"ahead_from": workshop.ahead_from, "after_until": workshop.after_until}
    people = asking.invites(workshop)
    return {
        "opens": opens if any(opens.values()) else None,
        "around_form": AroundForm(initial=times, auto_id="around-%s"),
        "ahead": asking.ahead(workshop, rows, people),
        "invites": people,
    }


def _hindered(workshop: Workshop, minutes: int) -> list[Hindered]:
    """Whom of the register the day or the hour does not suit, while it can still be moved."""
    start = workshop.scheduled_at
    if start is None or workshop.started_at or start < timezone.now():
        return []
    return hindered(workshop.project.stakeholders.order_by("name", "id"), start, minutes, workshop.project.time_zone)


def too_long(workshop: Workshop, rows: list[Activity]) -> dict[str, Any]:
    """How many minutes over the slot, and what could be shorter; nothing once the host keeps it as it is."""
    over = queries.overrun(workshop, rows)
    cuts = []
    if over > workshop.overrun_kept and not workshop.is_ended:
        usual = {str(kind): blueprints.block(kind).minutes for kind in Kind}
        coming = queries.to_come(workshop, rows)
        cuts = list(
            shorten.proposals(coming, over, usual=usual, ahead=workshop.participants.filter(contributed=True).exists())
        )
    return {"over": over, "cuts": cuts, "saves": shorten.saved(cuts)}


def add_menu() -> dict[str, Any]:
    """Every kind of step, with what it is for."""
    return {"addable": [(kind, Kind(kind).label, about) for kind, about in blueprints.purposes().items()]}


def templates(workshop: Workshop) -> list[dict[str, Any]]:
    """The product's agendas, and which of them this one began as."""
    return [
        {
            "key": each,
            "label": each.label,
            "blocks": len(blueprints.agenda_of(each)),
            "current": workshop.template == each,
        }
        for each in Template
    ]
