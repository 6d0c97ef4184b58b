"""The seats that a table may have: the shipped ones and the company's own."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from apps.core.forms import NothingForm, Outcome, submit
from apps.core.htmx import page, saved
from apps.projects.access import ProjectRequest, project_view
from apps.projects.models import Project
from apps.projects.permissions import Perm
from apps.stakeholders import actions, queries, roles
from apps.stakeholders.forms import SeatForm, SeatNoteForm
from apps.stakeholders.views.people import CHANGED, LIST, register_context
from apps.tables import catalogs

SEATS = "stakeholders/seats.html"


@project_view(Perm.PROJECT_READ)
def seat_list(request: ProjectRequest, project: Project) -> HttpResponse:
    """What each seat is for, and who takes it here."""
    return page(request, SEATS, _seats(request, project), fragment="seats")


@project_view(Perm.PEOPLE_EDIT, methods=["POST"])
def seat_add(request: ProjectRequest, project: Project) -> HttpResponse:
    form = SeatForm(request.POST)
    return _done(request, project, form, submit(form, actions.add_seat, project, by=request.user))


@project_view(Perm.PEOPLE_EDIT, methods=["POST"])
def seat_drop(request: ProjectRequest, project: Project, entry_id: UUID) -> HttpResponse:
    """By who added it, or by who runs the installation."""
    entry = get_object_or_404(catalogs.own_entries(queries.OWN), pk=entry_id)
    if not catalogs.may_drop(entry, request.user):
        raise PermissionDenied
    outcome = submit(NothingForm(request.POST), actions.drop_seat, project, entry, by=request.user)
    return _done(request, project, SeatForm(), outcome)


@project_view(Perm.PEOPLE_EDIT, methods=["POST"])
def seat_note(request: ProjectRequest, project: Project, seat: str) -> HttpResponse:
    """What is being done about an empty seat."""
    form = SeatNoteForm(request.POST, auto_id=f"id_{seat}_%s")
    if seat not in {empty.key for empty in queries.register(project).empty}:
        raise Http404
    outcome = submit(form, actions.note_seat, project, seat, by=request.user)
    if outcome == Outcome.SAVED:
        then = f"{reverse('stakeholders:list', args=[project.pk])}#seats-title"
        return saved(request, LIST, register_context(project), fragment="picture", then=then, changed=CHANGED)
    context = register_context(project) | {"note_form": form, "note_seat": seat}
    return page(request, LIST, context, fragment="picture", status=outcome)


def _done(request: ProjectRequest, project: Project, form: Any, outcome: Outcome) -> HttpResponse:
    if outcome == Outcome.SAVED:
        then = reverse("stakeholders:seats", args=[project.pk])
        return saved(request, SEATS, _seats(request, project), fragment="seats", then=then, changed=CHANGED)
    return page(request, SEATS, _seats(request, project) | {"form": form}, fragment="seats", status=outcome)


def _seats(request: ProjectRequest, project: Project) -> dict[str, Any]:
    people = queries.at_the_table(project)
    own = [
        (
            entry,
            [person for person in people if roles.is_taken(entry.name, [person.own_role])],
            catalogs.may_drop(entry, request.user),
        )
        for entry in catalogs.own_entries(queries.OWN)
    ]
    return {
        "shipped": [(seat, [person for person in people if person.role == seat.key]) for seat in roles.seats()],
        "own": own,
        "form": SeatForm(),
        "edition": roles.edition(),
        "source": roles.source(),
        "here": "invite",
    }
