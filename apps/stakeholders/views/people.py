from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from apps.core.forms import Outcome, show_both, submit
from apps.core.htmx import gone_to, page, saved
from apps.events.queries import position
from apps.projects.access import ProjectRequest, project_view
from apps.projects.models import Project
from apps.projects.permissions import Perm
from apps.projects.sections import reading
from apps.projects.way_back import way_back
from apps.stakeholders import actions, document, queries
from apps.stakeholders.forms import PersonEditForm, PersonForm, PlaceForm

LIST = "stakeholders/list.html"
CHANGED = "stakeholders:changed"


@project_view(Perm.PROJECT_READ)
def people_list(request: ProjectRequest, project: Project) -> HttpResponse:
    """Who is at the table, and which seats are empty."""
    return page(request, LIST, register_context(project), fragment="people")


@project_view(Perm.PEOPLE_EDIT, methods=["GET", "POST"])
def person_add(request: ProjectRequest, project: Project) -> HttpResponse:
    form = PersonForm(
        request.POST or None, own=queries.own_seats(project), initial={"role": request.GET.get("role", "")}
    )
    outcome = submit(form, actions.add_stakeholder, project, by=request.user)
    if outcome == Outcome.SAVED:
        if back := way_back(request, project):
            return gone_to(request, back.url)
        then = reverse("stakeholders:list", args=[project.pk])
        return saved(request, LIST, register_context(project), fragment="people", then=then, changed=CHANGED)
    return page(request, LIST, {**register_context(project), "add_form": form}, fragment="people", status=outcome)


@project_view(Perm.PROJECT_READ)
def person_show(request: ProjectRequest, project: Project, person_id: UUID) -> HttpResponse:
    """One row, as it stands when editing is given up."""
    person = get_object_or_404(queries.everybody(project), pk=person_id)
    return page(request, LIST, {**register_context(project), "person": person}, fragment="row")


@project_view(Perm.PEOPLE_EDIT, methods=["GET", "POST"])
def person_edit(request: ProjectRequest, project: Project, person_id: UUID) -> HttpResponse:
    person = get_object_or_404(queries.everybody(project), pk=person_id)
    form = PersonEditForm.of(person, request.POST or None, queries.own_seats(project))
    outcome = submit(form, actions.change_stakeholder, person, by=request.user)
    if outcome == Outcome.SAVED:
        person = queries.everybody(project).get(pk=person_id)
        context = {**register_context(project), "person": person}
        then = reverse("stakeholders:list", args=[project.pk])
        return saved(request, LIST, context, fragment="row", oob=["picture", "missing"], then=then, changed=CHANGED)

    context = {**register_context(project), "person": person, "edit_form": form, "both": show_both(form, person)}
    return page(request, LIST, context, fragment="form", status=outcome)


@project_view(Perm.PEOPLE_EDIT, methods=["POST"])
def person_place(request: ProjectRequest, project: Project, person_id: UUID) -> HttpResponse:
    """Moved on the grid."""
    person = get_object_or_404(queries.everybody(project), pk=person_id)
    form = PlaceForm(request.POST)
    outcome = submit(form, actions.place_stakeholder, person, by=request.user)
    context = {**register_context(project), "person": queries.everybody(project).get(pk=person_id)}
    if outcome == Outcome.SAVED:
        then = reverse("stakeholders:list", args=[project.pk])
        return saved(request, LIST, context, fragment="row", oob=["picture"], then=then, changed=CHANGED)
    return page(request, LIST, context, fragment="row", status=outcome)


@project_view(Perm.PEOPLE_EDIT, methods=["GET", "POST"])
def person_remove(request: ProjectRequest, project: Project, person_id: UUID) -> HttpResponse:
    person = get_object_or_404(queries.everybody(project), pk=person_id)
    if request.method == "GET":
        return page(request, "stakeholders/remove.html", {"person": person, "here": "invite"})
    actions.remove_stakeholder(person, by=request.user)
    then = reverse("stakeholders:list", args=[project.pk])
    return saved(request, LIST, register_context(project), fragment="people", then=then, changed=CHANGED)


def register_context(project: Project) -> dict[str, Any]:
    """The register, and what calls for more people."""
    with reading(project):
        register, called = queries.register(project), queries.called(project)
    return {
        "register": register,
        "called": called,
        "empty": queries.noted(project, register.empty),
        "rows": document.as_rows(register.people),
        "seq": position(project.stream),
        "here": "invite",
    }
