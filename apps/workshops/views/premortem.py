"""From reasons to risks: the form first, so that the words can be mended."""

from uuid import UUID

from django.http import HttpResponse

from apps.core.forms import Outcome, submit
from apps.core.htmx import gone_to, page, saved
from apps.workshops import actions
from apps.workshops.forms.premortem import RisksForm
from apps.workshops.kinds.premortem import open_risks
from apps.workshops.models import Workshop
from apps.workshops.views.console import CONSOLE, console, console_url
from apps.workshops.views.door import HostRequest, host_view
from apps.workshops.views.found import activity_of

MAKE = "workshops/make_risks.html"


@host_view(methods=["GET", "POST"])
def risks_make(request: HostRequest, workshop: Workshop, activity_id: UUID) -> HttpResponse:
    activity = activity_of(workshop, activity_id)
    form = RisksForm(open_risks(workshop, activity), request.POST if request.method == "POST" else None)
    outcome = submit(form, actions.make_risks, activity, by=request.user)
    if outcome == Outcome.SAVED and workshop.is_ended:
        return gone_to(request, console_url(workshop) + f"?look={activity.pk}")
    if outcome == Outcome.SAVED:
        context = console(request, workshop)
        return saved(
            request,
            CONSOLE,
            context,
            fragment="desk",
            oob=["board"],
            then=console_url(workshop),
            changed="cards:changed",
        )
    context = {
        "workshop": workshop,
        "project": workshop.project,
        "activity": activity,
        "form": form,
        "here": "workshop",
    }
    return page(request, MAKE, context, fragment="desk", status=outcome)
