"""The ratings of a pre-mortem on the host's screen; and from reasons to risks, the form first."""

from uuid import UUID

from django.http import HttpResponse

from apps.core.forms import Outcome, submit
from apps.core.htmx import page
from apps.workshops import actions
from apps.workshops.forms.premortem import OrderForm, RateAgainForm, RisksForm
from apps.workshops.kinds.premortem import open_risks
from apps.workshops.models import Workshop
from apps.workshops.views.console import answered, console_url
from apps.workshops.views.door import HostRequest, host_view
from apps.workshops.views.found import activity_of
from apps.workshops.views.laid import laid, off_the_desk
from apps.workshops.views.pretending import pretend

MAKE = "workshops/make_risks.html"


@host_view(methods=["GET", "POST"])
def risks_make(request: HostRequest, workshop: Workshop, activity_id: UUID) -> HttpResponse:
    activity = activity_of(workshop, activity_id)
    form = RisksForm(open_risks(workshop, activity), request.POST if request.method == "POST" else None)
    outcome = submit(form, actions.make_risks, activity, by=request.user)
    if outcome == Outcome.SAVED:
        return off_the_desk(request, workshop, ended=f"{console_url(workshop)}?look={activity.pk}")
    context = {
        "workshop": workshop,
        "project": workshop.project,
        "activity": activity,
        "form": form,
        "here": "workshop",
    }
    return page(request, MAKE, context, fragment="desk", status=outcome)


@host_view(methods=["POST"])
def ratings_order(request: HostRequest, workshop: Workshop, activity_id: UUID) -> HttpResponse:
    form = OrderForm(request.POST)
    outcome = submit(form, actions.order_ratings, activity_of(workshop, activity_id), by=request.user)
    return laid(request, workshop, form, outcome, changed="answers:changed", beside=())


@host_view(methods=["POST"])
def rating_again(request: HostRequest, workshop: Workshop, activity_id: UUID) -> HttpResponse:
    form = RateAgainForm(request.POST)
    outcome = submit(form, actions.rate_again, activity_of(workshop, activity_id), by=request.user)
    if outcome == Outcome.SAVED and workshop.rehearsal:
        pretend(workshop)
    return answered(request, workshop, form, outcome)
