"""Who does what in which section."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse

from apps.core.forms import Outcome, submit
from apps.core.htmx import page, saved
from apps.events.queries import position
from apps.projects.access import ProjectRequest, project_view
from apps.projects.models import Project
from apps.projects.permissions import Perm
from apps.stakeholders import actions, raci, roles
from apps.stakeholders.enums import Letter
from apps.stakeholders.forms import DutiesForm, TakeForm
from apps.stakeholders.matrix import matrix

DUTIES = "stakeholders/duties.html"
CHANGED = "duties:changed"


@project_view(Perm.PROJECT_READ)
def duty_list(request: ProjectRequest, project: Project) -> HttpResponse:
    """The matrix: people across, sections down."""
    return page(request, DUTIES, _matrix(project), fragment="duties")


@project_view(Perm.PEOPLE_EDIT, methods=["GET", "POST"])
def duty_edit(request: ProjectRequest, project: Project, section: str) -> HttpResponse:
    """The letters of one section."""
    found = {line.key: line for line in matrix(project).lines}
    if section not in found:
        raise Http404
    form = DutiesForm(request.POST or None, line=found[section])
    outcome = submit(form, actions.set_duties, project, section, by=request.user)
    if outcome == Outcome.SAVED:
        then = f"{reverse('stakeholders:duties', args=[project.pk])}#duty-{section}"
        context = _matrix(project) | {"settled": section}
        return saved(request, DUTIES, context, fragment="duties", then=then, changed=CHANGED)
    if form.stale:  # type: ignore[attr-defined]
        form.look_again(matrix(project).line(section))
    context = _matrix(project) | {"form": form, "editing": section}
    return page(request, DUTIES, context, fragment="duties", status=outcome)


@project_view(Perm.PEOPLE_EDIT, methods=["POST"])
def duty_take(request: ProjectRequest, project: Project) -> HttpResponse:
    """The catalog's letters where nobody has said anything yet."""
    form = TakeForm(request.POST)
    outcome = submit(form, actions.take_proposals, project, by=request.user)
    if outcome != Outcome.SAVED:
        return page(request, DUTIES, _matrix(project) | {"refused": form}, fragment="duties", status=outcome)
    then = reverse("stakeholders:duties", args=[project.pk])
    return saved(request, DUTIES, _matrix(project), fragment="duties", then=then, changed=CHANGED)


def _matrix(project: Project) -> dict[str, Any]:
    found = matrix(project)
    seats = {seat.key: seat for seat in roles.seats()}
    return {
        "matrix": found,
        "unanswered": sum(line.accountable is None for line in found.lines),
        "undone": sum(not line.is_done for line in found.lines),
        "letters": [(letter.value, letter.label) for letter in Letter],
        "usual": [(row.title, [row.letters.get(key, "") for key in raci.seats()]) for row in raci.usual()],
        "usual_seats": [seats[key] for key in raci.seats()],
        "edition": raci.edition(),
        "seq": position(project.stream),
        "here": "invite",
    }
