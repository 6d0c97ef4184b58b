"""The plan of one workshop: its agenda, step by step, before it starts and while it runs."""

from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from apps.core.forms import NothingForm, Outcome, submit
from apps.core.htmx import page, saved
from apps.projects.access import ProjectRequest, project_view
from apps.projects.models import Project
from apps.projects.permissions import Perm
from apps.workshops import actions, around, queries
from apps.workshops.forms import (
    ActivityForm,
    AddActivityForm,
    AgendaNameForm,
    KeepForm,
    SettingsForm,
    ShiftForm,
    ShortenForm,
    SkipForm,
    UseAgendaForm,
)
from apps.workshops.models import Activity, Workshop
from apps.workshops.views.console import console, console_url
from apps.workshops.views.door import HostRequest, host_view
from apps.workshops.views.found import activity_of, again, workshop_of
from apps.workshops.views.planning import PLAN, plan_of

POST = ["POST"]
CHANGED = "agenda:changed"
CONSOLE = "workshops/console.html"


@host_view()
def workshop_plan(request: HostRequest, workshop: Workshop) -> HttpResponse:
    return page(request, PLAN, plan_of(request, workshop), fragment="agenda")


@host_view()
def side_plan(request: HostRequest, workshop: Workshop) -> HttpResponse:
    """What could be shorter and who was asked, again."""
    return page(request, PLAN, plan_of(request, workshop), fragment="side")


@host_view(methods=POST)
def activity_add(request: HostRequest, workshop: Workshop) -> HttpResponse:
    form = AddActivityForm(request.POST)
    return _planned(request, workshop, form, submit(form, actions.add_activity, workshop, by=request.user))


@host_view(methods=["GET", "POST"])
def activity_change(request: HostRequest, workshop: Workshop, activity_id: UUID) -> HttpResponse:
    """Without JavaScript the open row is the page's own answer to a GET."""
    activity = activity_of(workshop, activity_id)
    if request.method == "GET" or "settings" in request.POST:
        form: Form = SettingsForm(request.POST if "settings" in request.POST else None, activity=activity)
    else:
        form = ActivityForm(request.POST)
    outcome = submit(form, actions.change_activity, activity, by=request.user)
    if outcome == Outcome.SAVED:
        return _saved(request, workshop)
    context = {**plan_of(request, workshop), "opened": activity.pk, "form": _settings(form, activity)}
    return page(request, PLAN, context, fragment="agenda", status=outcome)


@host_view(methods=POST)
def activity_shift(request: HostRequest, workshop: Workshop, activity_id: UUID) -> HttpResponse:
    return _step(request, workshop, activity_id, ShiftForm(request.POST), actions.shift_activity)


@host_view(methods=POST)
def activity_skip(request: HostRequest, workshop: Workshop, activity_id: UUID) -> HttpResponse:
    return _step(request, workshop, activity_id, SkipForm(request.POST), actions.skip_activity)


@host_view(methods=POST)
def activity_repeat(request: HostRequest, workshop: Workshop, activity_id: UUID) -> HttpResponse:
    return _step(request, workshop, activity_id, NothingForm(request.POST), actions.repeat_activity)


@host_view(methods=POST)
def activity_remove(request: HostRequest, workshop: Workshop, activity_id: UUID) -> HttpResponse:
    return _step(request, workshop, activity_id, NothingForm(request.POST), actions.remove_activity)


@host_view(methods=POST)
def agenda_shorten(request: HostRequest, workshop: Workshop) -> HttpResponse:
    keys = list(workshop.activities.values_list("pk", flat=True))
    form = ShortenForm(request.POST, keys=keys)
    return _planned(request, workshop, form, submit(form, actions.shorten_agenda, workshop, by=request.user))


@host_view(methods=POST)
def overrun_keep(request: HostRequest, workshop: Workshop) -> HttpResponse:
    form = KeepForm(request.POST)
    return _planned(request, workshop, form, submit(form, actions.keep_overrun, workshop, by=request.user))


@host_view(methods=POST)
def agenda_use(request: HostRequest, workshop: Workshop) -> HttpResponse:
    form = UseAgendaForm(request.POST, own=list(queries.saved_agendas()))
    return _planned(request, workshop, form, submit(form, actions.use_agenda, workshop, by=request.user))


@project_view(Perm.WORKSHOP_HOST, methods=POST)
def agenda_save(request: ProjectRequest, project: Project, workshop_id: UUID) -> HttpResponse:
    """For the whole company: under this name everybody who hosts finds it."""
    workshop = workshop_of(project, workshop_id)
    form = AgendaNameForm(request.POST, prefix="save", auto_id="save-%s")
    return _listed(request, workshop, form, submit(form, actions.save_agenda, workshop, by=request.user))


@project_view(Perm.WORKSHOP_HOST, methods=POST)
def agenda_rename(request: ProjectRequest, project: Project, workshop_id: UUID, template_id: UUID) -> HttpResponse:
    workshop = workshop_of(project, workshop_id)
    template = get_object_or_404(queries.saved_agendas(), pk=template_id, author=request.user)
    form = AgendaNameForm(request.POST)
    return _listed(request, workshop, form, submit(form, actions.rename_agenda, template, by=request.user))


@project_view(Perm.WORKSHOP_HOST, methods=POST)
def agenda_delete(request: ProjectRequest, project: Project, workshop_id: UUID, template_id: UUID) -> HttpResponse:
    workshop = workshop_of(project, workshop_id)
    template = get_object_or_404(queries.saved_agendas(), pk=template_id, author=request.user)
    form = NothingForm(request.POST)
    return _listed(request, workshop, form, submit(form, actions.delete_agenda, template, by=request.user))


@host_view(methods=POST)
def writing_add(request: HostRequest, workshop: Workshop) -> HttpResponse:
    """Six minutes of live writing, when few have sent anything ahead."""
    form = NothingForm(request.POST)
    outcome = submit(form, actions.add_live_writing, workshop, minutes=around.LIVE_WRITING, by=request.user)
    return _planned(request, workshop, form, outcome)


def _step(request: HostRequest, workshop: Workshop, activity_id: UUID, form: Form, action: Any) -> HttpResponse:
    activity = activity_of(workshop, activity_id)
    return _planned(request, workshop, form, submit(form, action, activity, by=request.user))


def _settings(form: Form, activity: Activity) -> Form:
    """The open row shows every setting, with what was wrong about the line."""
    if isinstance(form, SettingsForm):
        return form
    whole = SettingsForm(activity=activity, initial={name: form.data.get(name) for name in ("title", "note")})
    whole.line = form  # type: ignore[attr-defined]
    return whole


def _planned(request: HostRequest, workshop: Workshop, form: Form, outcome: Outcome) -> HttpResponse:
    if outcome == Outcome.SAVED:
        return _saved(request, workshop)
    if _from_console(request):
        context = {**console(request, again(workshop)), "refused": form}
        return page(request, CONSOLE, context, fragment="side", status=outcome)
    return page(request, PLAN, {**plan_of(request, workshop), "refused": form}, fragment="agenda", status=outcome)


def _saved(request: HostRequest, workshop: Workshop) -> HttpResponse:
    """Where it was asked: the agenda on the plan, the side and the rail on the host's screen."""
    fresh = again(workshop)
    if _from_console(request):
        context = console(request, fresh)
        then = console_url(workshop)
        return saved(request, CONSOLE, context, fragment="side", oob=["rail"], then=then, changed=CHANGED)
    context = plan_of(request, fresh)
    return saved(request, PLAN, context, fragment="agenda", oob=["side", "templates"], then=workshop, changed=CHANGED)


def _listed(request: ProjectRequest, workshop: Workshop, form: Form, outcome: Outcome) -> HttpResponse:
    context = plan_of(request, workshop)
    if outcome == Outcome.SAVED:
        return saved(request, PLAN, context, fragment="templates", then=workshop)
    return page(request, PLAN, {**context, "naming": form}, fragment="templates", status=outcome)


def _from_console(request: HostRequest) -> bool:
    return request.POST.get("at") == "console"
