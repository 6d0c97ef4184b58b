"""What the host writes down while everybody watches: the problem, and the sheet of success."""

from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse

from apps.core.forms import NothingForm, Outcome, submit
from apps.core.htmx import page, saved
from apps.workshops import actions
from apps.workshops.forms.boards import sheet_form
from apps.workshops.forms.framing import KeepForm, StatementForm
from apps.workshops.models import Workshop
from apps.workshops.views.console import console, console_url
from apps.workshops.views.door import HostRequest, host_view
from apps.workshops.views.found import item_of
from apps.workshops.views.laid import ITEMS, laid

STATEMENT = "workshops/statement.html"
SHEET = "workshops/sheet.html"
POST = ["POST"]


@host_view(methods=POST)
def statement_say(request: HostRequest, workshop: Workshop, item_id: UUID) -> HttpResponse:
    """Other words for the problem, while they are typed or when they are saved."""
    form = StatementForm(request.POST)
    outcome = submit(form, actions.change_item, item_of(workshop, item_id), by=request.user)
    return _written(request, workshop, STATEMENT, {"statement_form": form}, outcome)


@host_view(methods=POST)
def statement_keep(request: HostRequest, workshop: Workshop, item_id: UUID) -> HttpResponse:
    """Into the use case."""
    form = KeepForm(request.POST)
    outcome = submit(form, actions.keep_statement, item_of(workshop, item_id), by=request.user)
    return _kept(request, workshop, form, outcome)


@host_view(methods=POST)
def sheet_fill(request: HostRequest, workshop: Workshop, item_id: UUID) -> HttpResponse:
    item = item_of(workshop, item_id)
    form = sheet_form(item, request.POST)
    outcome = submit(form, actions.fill_sheet, item, by=request.user)
    if outcome == Outcome.SAVED:
        form.go_on()
    elif outcome == Outcome.REFUSED:
        item.refresh_from_db()
        form.look_again(actions.sheet_of(item))
    return _written(request, workshop, SHEET, {"sheet_form": form}, outcome)


@host_view(methods=POST)
def sheet_take(request: HostRequest, workshop: Workshop, item_id: UUID) -> HttpResponse:
    """Into the scope."""
    form = NothingForm(request.POST)
    outcome = submit(form, actions.take_sheet, item_of(workshop, item_id), by=request.user)
    return _kept(request, workshop, form, outcome)


def _written(
    request: HostRequest, workshop: Workshop, template: str, more: dict[str, Any], outcome: Outcome
) -> HttpResponse:
    """Only the line below the fields is drawn anew: nobody's caret moves."""
    context = {**console(request, workshop), **more}
    if outcome == Outcome.SAVED:
        return saved(request, template, context, fragment="state", then=console_url(workshop) + context["look"])
    return page(request, template, context, fragment="state", status=outcome)


def _kept(request: HostRequest, workshop: Workshop, form: Form, outcome: Outcome) -> HttpResponse:
    """The words are in the frame too, which the board compares them with."""
    workshop.project.refresh_from_db(fields=["pain", "version"])
    return laid(request, workshop, form, outcome, changed=ITEMS, beside=())
