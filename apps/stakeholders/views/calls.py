"""Seats that something in the project calls for."""

from django.http import Http404, HttpResponse
from django.urls import reverse

from apps.core.forms import Outcome, submit
from apps.core.htmx import page, saved
from apps.projects.access import ProjectRequest, project_view
from apps.projects.models import Project
from apps.projects.permissions import Perm
from apps.stakeholders import actions, calls
from apps.stakeholders.forms import CallForm
from apps.stakeholders.views.people import CHANGED, LIST, register_context


@project_view(Perm.PEOPLE_EDIT, methods=["POST"])
def call_answer(request: ProjectRequest, project: Project, key: str) -> HttpResponse:
    """Add the seat, say why not, or take that back."""
    if calls.trigger(key) is None:
        raise Http404
    form = CallForm(request.POST, auto_id=f"id_{key}_%s")
    outcome = submit(form, actions.answer_call, project, key, by=request.user)
    if outcome == Outcome.SAVED:
        then = f"{reverse('stakeholders:list', args=[project.pk])}#called"
        return saved(request, LIST, register_context(project), fragment="people", then=then, changed=CHANGED)
    context = register_context(project) | {"call_form": form, "call_key": key}
    return page(request, LIST, context, fragment="people", status=outcome)
