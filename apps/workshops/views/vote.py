"""Around a vote, from the host's screen: items on the table, where they go, and the scope."""

from uuid import UUID

from django.http import HttpResponse

from apps.core.forms import NothingForm, Outcome, submit
from apps.core.htmx import page
from apps.workshops import actions, queries
from apps.workshops.enums import Place
from apps.workshops.forms.vote import PutCardForm, ScopeForm, SortForm, TakeTasksForm, UnitForm
from apps.workshops.kinds.vote import sorted_items
from apps.workshops.models import Activity, Workshop
from apps.workshops.views.console import console_url
from apps.workshops.views.door import HostRequest, host_view
from apps.workshops.views.found import activity_of
from apps.workshops.views.laid import CARDS, ITEMS, laid, off_the_desk

SCOPE = "workshops/scope.html"
POST = ["POST"]


@host_view(methods=POST)
def card_put(request: HostRequest, workshop: Workshop, activity_id: UUID) -> HttpResponse:
    form = PutCardForm(request.POST)
    outcome = submit(form, actions.put_card, activity_of(workshop, activity_id), by=request.user)
    return laid(request, workshop, form, outcome, changed=CARDS, put_form=form)


@host_view(methods=POST)
def thing_sort(request: HostRequest, workshop: Workshop, activity_id: UUID) -> HttpResponse:
    form = SortForm(request.POST)
    outcome = submit(form, actions.sort_thing, activity_of(workshop, activity_id), by=request.user)
    return laid(request, workshop, form, outcome, changed=CARDS, put_form=form)


@host_view(methods=POST)
def unit_change(request: HostRequest, workshop: Workshop, activity_id: UUID) -> HttpResponse:
    form = UnitForm(request.POST)
    outcome = submit(form, actions.change_unit, activity_of(workshop, activity_id), by=request.user)
    return laid(request, workshop, form, outcome, changed=CARDS, put_form=form)


@host_view(methods=POST)
def tasks_take(request: HostRequest, workshop: Workshop, activity_id: UUID) -> HttpResponse:
    """Cards become tasks of this step; those that are tasks already stay what they are."""
    activity = activity_of(workshop, activity_id)
    # A card that was taken a moment ago is no mistake.
    cards = list(workshop.cards.filter(revealed_at__isnull=False).values_list("pk", flat=True))
    form = TakeTasksForm(request.POST, cards=cards)
    outcome = submit(form, actions.take_tasks, activity, by=request.user)
    return laid(request, workshop, form, outcome, changed=ITEMS, put_form=form)


@host_view(methods=POST)
def steps_take(request: HostRequest, workshop: Workshop, activity_id: UUID) -> HttpResponse:
    """The steps of the delivery plan become tasks of this step."""
    form = NothingForm(request.POST)
    outcome = submit(form, actions.take_steps, activity_of(workshop, activity_id), by=request.user)
    return laid(request, workshop, form, outcome, changed=ITEMS)


@host_view(methods=POST)
def plan_put(request: HostRequest, workshop: Workshop, activity_id: UUID) -> HttpResponse:
    """What the room thinks goes into the delivery plan."""
    form = NothingForm(request.POST)
    outcome = submit(form, actions.put_into_plan, activity_of(workshop, activity_id), by=request.user)
    return laid(request, workshop, form, outcome, changed=ITEMS)


@host_view(methods=["GET", "POST"])
def scope_put(request: HostRequest, workshop: Workshop, activity_id: UUID) -> HttpResponse:
    """What was sorted becomes lines of the project's scope; the words first, so that they can be mended."""
    activity = activity_of(workshop, activity_id)
    form = ScopeForm(request.POST if request.method == "POST" else None, initial=_lines(workshop, activity))
    outcome = submit(form, actions.put_into_scope, activity, by=request.user)
    if outcome == Outcome.SAVED:
        return off_the_desk(request, workshop, ended=f"{console_url(workshop)}?look={activity.pk}")
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
