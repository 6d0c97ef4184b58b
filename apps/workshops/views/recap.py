"""After the workshop: what was said, what became of it, and who gets it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from apps.core.files import UTF8_MARK, attachment, plain_name
from apps.core.forms import Outcome, submit
from apps.core.htmx import page, saved
from apps.events.queries import position
from apps.projects.access import ProjectRequest, project_view
from apps.projects.models import Project
from apps.projects.permissions import Perm
from apps.workshops import actions, kinds, lot, queries
from apps.workshops.enums import Kind
from apps.workshops.forms import GuestAddressForm, RecapForm, becomes
from apps.workshops.minutes import as_csv, as_markdown, minutes
from apps.workshops.models import Activity, Workshop
from apps.workshops.models import Outcome as Became
from apps.workshops.views.found import workshop_of

RECAP = "workshops/recap.html"


@project_view(Perm.PROJECT_READ)
def recap_show(request: ProjectRequest, project: Project, workshop_id: UUID) -> HttpResponse:
    return page(request, RECAP, recap_context(request, workshop_of(project, workshop_id)), fragment="minutes")


@project_view(Perm.WORKSHOP_HOST, methods=["POST"])
def recap_send(request: ProjectRequest, project: Project, workshop_id: UUID) -> HttpResponse:
    workshop = workshop_of(project, workshop_id)
    form = RecapForm(request.POST, seats=queries.attendance(workshop))
    outcome = submit(form, actions.send_recap, workshop, by=request.user)
    if outcome == Outcome.SAVED:
        context = recap_context(request, workshop)
        return saved(request, RECAP, context, fragment="recipients", then=recap_url(workshop))
    return page(
        request, RECAP, {**recap_context(request, workshop), "form": form}, fragment="recipients", status=outcome
    )


@project_view(Perm.PROJECT_READ)
def recap_markdown(request: ProjectRequest, project: Project, workshop_id: UUID) -> HttpResponse:
    workshop = workshop_of(project, workshop_id)
    words = as_markdown(minutes(workshop)).encode()
    return attachment(words, plain_name(f"{workshop.title}.md"), "text/markdown; charset=utf-8")


@project_view(Perm.PROJECT_READ)
def recap_csv(request: ProjectRequest, project: Project, workshop_id: UUID) -> HttpResponse:
    workshop = workshop_of(project, workshop_id)
    cells = UTF8_MARK + as_csv(minutes(workshop)).encode()
    return attachment(cells, plain_name(f"{workshop.title}.csv"), "text/csv; charset=utf-8")


def recap_context(request: ProjectRequest, workshop: Workshop) -> dict[str, Any]:
    rows = queries.activities(workshop)
    people = queries.attendance(workshop)
    sent = queries.sent_recaps(workshop)
    placed, left = queries.outcomes(workshop), queries.unplaced(workshop)
    return {
        "here": "workshop",
        "workshop": workshop,
        "people": people,
        "went": _went(placed),
        "placed": len({outcome.card_id for outcome in placed}),
        "unplaced": left,
        "becomes": becomes(),
        **_steps(workshop, rows),
        "parked": queries.parking_lot(workshop),
        "lot": lot.parked(workshop),
        "actions": lot.actions(workshop),
        "spent": queries.spent_minutes(workshop),
        "form": RecapForm(seats=people),
        "rows": [(person, person.pk in sent) for person in people],
        "to_send": sum(1 for person in people if person.address and person.pk not in sent),
        "sent": len(sent),
        "mine": [
            seat
            for seat in people
            if not seat.user and seat.email and seat.email.casefold() == request.user.email.casefold()
        ],
        "address_form": GuestAddressForm(auto_id=False),
        "seq": position(workshop.stream),
    }


def _steps(workshop: Workshop, rows: list[Activity]) -> dict[str, Any]:
    """What the record says, step by step: decisions and the closing round apart, as they stand on top and beside."""
    boards = {activity.pk: board for activity, board in queries.boards(workshop, rows)}
    found: dict[str, Any] = {"decided": [], "wrap": None, "told": []}
    for number, activity in enumerate(rows, 1):
        known = kinds.behaviour(activity.kind)
        block = known.minutes(workshop, activity) if activity.visited_at else {}
        if activity.kind == Kind.DECIDE:
            found["decided"] += block.get("proposals", [])
        elif activity.kind == Kind.WRAP:
            found["wrap"] = block or found["wrap"]
        elif block or activity.pk in boards:
            template = known.template("minutes") if block else ""
            told = {"number": number, "activity": activity, "template": template, "board": boards.get(activity.pk)}
            found["told"].append({**told, **block})
    return found


def _went(outcomes: list[Became]) -> list[dict[str, Any]]:
    """What the cards became, kind by kind, the most frequent first; bars on a scale of 100."""
    found: dict[str, list[Became]] = {}
    for outcome in outcomes:
        found.setdefault(str(outcome.get_kind_display()), []).append(outcome)
    most = max((len(rows) for rows in found.values()), default=1)
    ordered = sorted(found.items(), key=lambda item: -len(item[1]))
    return [
        {
            "kind": kind,
            "count": len(rows),
            "width": round(100 * len(rows) / most),
            "targets": list({row.target: row for row in rows}.values()),
            "cards": [row.card for row in rows],
        }
        for kind, rows in ordered
    ]


def recap_url(workshop: Workshop) -> str:
    return reverse("workshops:recap", args=[workshop.project_id, workshop.pk])
