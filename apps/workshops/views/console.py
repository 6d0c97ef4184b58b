"""The host's screen and the big one."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.forms import Form
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache

from apps.accounts.models import User
from apps.core.forms import NothingForm, Outcome, submit
from apps.core.htmx import gone_to, page, saved
from apps.events.queries import position
from apps.projects.access import ProjectRequest
from apps.projects.permissions import Perm
from apps.workshops import actions, codes, decisions, kinds, lot, queries
from apps.workshops.enums import Phase
from apps.workshops.forms import GroupForm, StepForm, TimeForm, becomes, item_form
from apps.workshops.forms.boards import board_forms
from apps.workshops.forms.decide import AbsentFields, EndForm, MoveOnForm
from apps.workshops.forms.lot import ActionForm
from apps.workshops.models import Activity, Card, Workshop
from apps.workshops.naming import names
from apps.workshops.queries import Goal, Step
from apps.workshops.views.door import HostRequest, host_view
from apps.workshops.views.found import again, seat_in
from apps.workshops.views.planning import add_menu, too_long
from apps.workshops.views.pretending import pretend

CONSOLE = "workshops/console.html"
PRESENT = "workshops/present.html"
POST = ["POST"]
STEPPED = "steps:changed"
NEXT = "next_%s"
# In the menu that all cards share, the browser puts the one that was pressed in its place.
ANY_CARD = Card(pk=UUID(int=0))


@never_cache
@host_view()
def console_show(request: HostRequest, workshop: Workshop) -> HttpResponse:
    return page(request, CONSOLE, console(request, workshop), fragment="board")


@never_cache
@host_view()
def rail_show(request: HostRequest, workshop: Workshop) -> HttpResponse:
    """The agenda beside the board, again."""
    return page(request, CONSOLE, console(request, workshop), fragment="rail")


@never_cache
@host_view()
def side_show(request: HostRequest, workshop: Workshop) -> HttpResponse:
    """Clock, next step and people, again."""
    return page(request, CONSOLE, console(request, workshop), fragment="side")


@never_cache
@host_view()
def present_show(request: HostRequest, workshop: Workshop) -> HttpResponse:
    """What the whole room reads; the same words as everybody has, and nothing hidden."""
    return page(request, PRESENT, _stage(console(request, workshop)), fragment="stage")


def _stage(context: dict[str, Any]) -> dict[str, Any]:
    """The big screen, at the step that somebody looks at with the arrow keys; the room does not move."""
    steps, shown, looking = context["steps"], context["shown"], context["looking"]
    at = steps.index(shown) if shown else None
    return {
        **context,
        **names(step.activity for step in steps),
        "phase": "" if looking else context["workshop"].phase,
        "look_back": steps[at - 1] if at else None,
        "look_ahead": steps[at + 1] if at is not None and at + 1 < len(steps) else None,
    }


@host_view(methods=POST)
def room_open(request: HostRequest, workshop: Workshop) -> HttpResponse:
    actions.open_room(workshop, by=request.user)
    return gone_to(request, console_url(workshop))


@host_view(methods=POST)
def workshop_start(request: HostRequest, workshop: Workshop) -> HttpResponse:
    return _driven(request, workshop, StepForm(request.POST), actions.start_workshop)


@host_view(methods=POST)
def room_move(request: HostRequest, workshop: Workshop) -> HttpResponse:
    """Ticked members who are not here may still answer the proposal that closes with this."""
    form = MoveOnForm(request.POST, members=_asked_about(request, workshop), auto_id=NEXT)
    return _driven(request, workshop, form, actions.move_everyone)


@host_view(methods=POST)
def workshop_end(request: HostRequest, workshop: Workshop) -> HttpResponse:
    form = EndForm(request.POST, members=_asked_about(request, workshop), auto_id=NEXT)
    outcome = submit(form, actions.end_workshop, workshop, by=request.user)
    if outcome == Outcome.SAVED:
        # A rehearsal leaves no minutes.
        recap = reverse("workshops:recap", args=[workshop.project_id, workshop.pk])
        return gone_to(request, console_url(workshop) if workshop.rehearsal else recap)
    return _refused(request, workshop, form, outcome)


@host_view(methods=POST)
def time_add(request: HostRequest, workshop: Workshop) -> HttpResponse:
    return _driven(request, workshop, TimeForm(request.POST), actions.add_time)


@host_view(methods=POST)
def clock_pause(request: HostRequest, workshop: Workshop) -> HttpResponse:
    return _driven(request, workshop, NothingForm(request.POST), actions.pause_clock)


@host_view(methods=POST)
def clock_resume(request: HostRequest, workshop: Workshop) -> HttpResponse:
    return _driven(request, workshop, NothingForm(request.POST), actions.resume_clock)


@host_view(methods=POST)
def everyone_bring(request: HostRequest, workshop: Workshop) -> HttpResponse:
    return _driven(request, workshop, NothingForm(request.POST), actions.bring_everyone)


@host_view(methods=POST)
def seat_let_in(request: HostRequest, workshop: Workshop, seat_id: UUID) -> HttpResponse:
    form = NothingForm(request.POST)
    outcome = submit(form, actions.let_in_again, seat_in(workshop, seat_id), by=request.user)
    return answered(request, workshop, form, outcome)


def _driven(request: HostRequest, workshop: Workshop, form: Form, action: Any) -> HttpResponse:
    outcome = submit(form, action, workshop, by=request.user)
    if outcome == Outcome.SAVED and workshop.rehearsal:
        pretend(workshop)
    return answered(request, workshop, form, outcome)


def answered(request: HostRequest, workshop: Workshop, form: Form, outcome: Outcome) -> HttpResponse:
    if outcome != Outcome.SAVED:
        return _refused(request, workshop, form, outcome)
    context = console(request, again(workshop))
    then = console_url(workshop)
    return saved(request, CONSOLE, context, fragment="side", oob=["rail", "board"], then=then, changed=STEPPED)


def _refused(request: HostRequest, workshop: Workshop, form: Form, outcome: Outcome) -> HttpResponse:
    """The host's screen as it is now, with the reason."""
    context = {**console(request, again(workshop)), "refused": form}
    context |= {"move_form": form} if isinstance(form, AbsentFields) else {}
    return page(request, CONSOLE, context, fragment="side", status=outcome)


def console_url(workshop: Workshop) -> str:
    return reverse("workshops:console", args=[workshop.project_id, workshop.pk])


def console(request: ProjectRequest, workshop: Workshop) -> dict[str, Any]:
    """Everything the host's screen and the big one show. `look` in the address looks without moving anybody."""
    rows = queries.activities(workshop)
    steps = queries.agenda(workshop, rows)
    current = next((step for step in steps if step.activity.pk == workshop.activity_id), None)
    shown = _looked_at(request, steps) or current
    looking = bool(shown and shown is not current)
    before, after = queries.around(workshop, steps)
    return {
        "workshop": workshop,
        "project": workshop.project,
        "steps": steps,
        "current": current,
        "shown": shown,
        "looking": looking,
        "look": f"?look={shown.activity.pk}" if shown and looking else "",
        "board": queries.board(workshop, shown.activity) if shown else None,
        "hidden": queries.hidden_count(shown.activity) if shown else 0,
        **(_block(workshop, shown.activity) if shown else {}),
        "before": before,
        "after": after,
        "next": _next(steps, after, current),
        "absence": _absence(workshop, current),
        "after_that": _step_after(steps, current),
        "parts": queries.ruler(workshop, steps),
        "total": queries.planned_minutes(rows),
        "spent": queries.spent_minutes(workshop),
        **too_long(workshop, rows),
        **add_menu(),
        "people": queries.people(workshop),
        "lot": lot.parked(workshop),
        "actions": lot.actions(workshop),
        "action_form": ActionForm(auto_id=False),
        "group_form": GroupForm(auto_id=False),
        "address": settings.PUBLIC_URL.split("//", 1)[-1],
        "any_card": ANY_CARD,
        # What a card becomes goes into the project, where somebody who hosts this one room may not write.
        "becomes": becomes(shown.plan.becomes if shown else "") if request.may(Perm.WORKSHOP_HOST) else [],
        "qr": codes.qr(workshop.join_url),
        "seq": position(workshop.stream),
    }


def _asked_about(request: HostRequest, workshop: Workshop) -> list[User]:
    return decisions.absent_members(workshop) if "absent" in request.POST else []


def _absence(workshop: Workshop, current: Step | None) -> decisions.Absence | None:
    """Whom to ask about before the room leaves a proposal that is open."""
    if current is None or not kinds.behaviour(current.activity.kind).one_by_one:
        return None
    return decisions.absence(workshop, current.activity) if decisions.left_open(current.activity).exists() else None


def _block(workshop: Workshop, activity: Activity) -> dict[str, Any]:
    """What this kind of step shows on the host's screen and the big one beside cards."""
    known = kinds.behaviour(activity.kind)
    block = known.board(workshop, activity)
    here = workshop.activity_id == activity.pk
    return {
        "behaviour": known,
        "writing": here and workshop.phase in known.writing,
        "hiding": here and known.hides(workshop.phase),
        "told": block,
        **board_forms(activity, block),
        "board_template": known.template("board"),
        "stage_template": known.template("stage"),
        "item_form": item_form(activity)(auto_id=False),
    }


def _looked_at(request: ProjectRequest, steps: list[Step]) -> Step | None:
    wanted = request.GET.get("look", "")
    return next((step for step in steps if str(step.activity.pk) == wanted), None)


def _next(steps: list[Step], after: Goal | None, current: Step | None) -> dict[str, Any] | None:
    """What the one big button does: the next phase here, or the next step."""
    if after is None:
        return None
    step = next(step for step in steps if step.activity.pk == after.activity.pk)
    same = bool(current and current.activity.pk == after.activity.pk)
    return {"goal": after, "step": step, "same": same, "minutes": step.plan.minutes_of(after.phase), "vote": Phase.VOTE}


def _step_after(steps: list[Step], current: Step | None) -> list[Step]:
    """The steps behind this one, nearest first."""
    return steps[steps.index(current) + 1 :][:2] if current else steps[:2]
