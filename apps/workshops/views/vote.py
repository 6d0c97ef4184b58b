"""Around a vote, from the host's screen: items on the table, where they go, and the scope."""

from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse

from apps.core.forms import Outcome, submit
from apps.core.htmx import gone_to, page, saved
from apps.workshops import actions, queries
from apps.workshops.enums import Place
from apps.workshops.forms.vote import PutCardForm, ScopeForm, SortForm, TakeTasksForm, UnitForm
from apps.workshops.kinds.vote import sorted_items
from apps.workshops.models import Activity, Workshop
from apps.workshops.views.console import CONSOLE, console, console_url
from apps.workshops.views.door import HostRequest, host_view
from apps.workshops.views.found import activity_of

SCOPE = "workshops/scope.html"
POST = ["POST"]
CHANGED = "cards:changed"
ITEMS = "items:changed"


@host_view(methods=POST)
def card_put(request: HostRequest, workshop: Workshop, activity_id: UUID) -> HttpResponse:
    form = PutCardForm(request.POST)
    activity = activity_of(workshop, activity_id)
    return _laid(request, workshop, form, submit(form, actions.put_card, activity, by=request.user))


@host_view(methods=POST)
def thing_sort(request: HostRequest, workshop: Workshop, activity_id: UUID) -> HttpResponse:
    form = SortForm(request.POST)
    activity = activity_of(workshop, activity_id)
    return _laid(request, workshop, form, submit(form, actions.sort_thing, activity, by=request.user))


@host_view(methods=POST)
def unit_change(request: HostRequest, workshop: Workshop, activity_id: UUID) -> HttpResponse:
    form = UnitForm(request.POST)
    activity = activity_of(workshop, activity_id)
    return _laid(request, workshop, form, submit(form, actions.change_unit, activity, by=request.user))


@host_view(methods=POST)
def tasks_take(request: HostRequest, workshop: Workshop, activity_id: UUID) -> HttpResponse:
    """Cards become tasks of this step; those that are tasks already stay what they are."""
    activity = activity_of(workshop, activity_id)
    # A card that was taken a moment ago is no mistake.
    cards = list(workshop.cards.filter(revealed_at__isnull=False).values_list("pk", flat=True))
    form = TakeTasksForm(request.POST, cards=cards)
    return _laid(request, workshop, form, submit(form, actions.take_tasks, activity, by=request.user), ITEMS)


@host_view(methods=["GET", "POST"])
def scope_put(request: HostRequest, workshop: Workshop, activity_id: UUID) -> HttpResponse:
    """What was sorted becomes lines of the project's scope; the words first, so that they can be mended."""
    activity = activity_of(workshop, activity_id)
    form = ScopeForm(request.POST if request.method == "POST" else None, initial=_lines(workshop, activity))
    outcome = submit(form, actions.put_into_scope, activity, by=request.user)
    if outcome == Outcome.SAVED and workshop.is_ended:
        return gone_to(request, console_url(workshop) + f"?look={activity.pk}")
    if outcome == Outcome.SAVED:
        context = console(request, workshop)
        return saved(
            request, CONSOLE, context, fragment="desk", oob=["board"], then=console_url(workshop), changed=CHANGED
        )
    context = {
        "workshop": workshop,
        "project": workshop.project,
        "activity": activity,
        "form": form,
        "here": "workshop",
    }
    return page(request, SCOPE, context, fragment="desk", status=outcome)


def _lines(workshop: Workshop, activity: Activity) -> dict[str, str]:
    """What was sorted and has not landed, each line with where it comes from."""
    waiting = [row for row in sorted_items(activity, queries.board(workshop, activity)) if row.waits]
    fields = {"in_scope": Place.IN, "later": Place.LATER, "out_of_scope": Place.OUT}
    return {
        name: "\n".join(f"{row.title} ({workshop.title})" for row in waiting if row.place == place)
        for name, place in fields.items()
    }


def _laid(
    request: HostRequest, workshop: Workshop, form: Form, outcome: Outcome, changed: str = CHANGED
) -> HttpResponse:
    context: dict[str, Any] = console(request, workshop)
    if outcome != Outcome.SAVED:
        return page(request, CONSOLE, {**context, "refused": form, "put_form": form}, fragment="board", status=outcome)
    then = console_url(workshop) + context["look"]
    return saved(request, CONSOLE, context, fragment="board", oob=["side"], then=then, changed=changed)
