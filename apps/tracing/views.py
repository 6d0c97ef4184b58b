from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from apps.core.forms import Outcome, submit
from apps.core.htmx import page, saved
from apps.events.queries import position
from apps.projects.access import ProjectRequest, project_view
from apps.projects.models import Project
from apps.projects.permissions import Perm
from apps.tracing import actions, queries
from apps.tracing.forms import WORDS, TieForm
from apps.tracing.web import grouped, left_hanging, pair

SHOW = "tracing/show.html"
POST = ["POST"]


@project_view(Perm.PROJECT_READ)
def tracing_show(request: ProjectRequest, project: Project) -> HttpResponse:
    """What hangs on what; `?at=` looks at one thing and says what breaks when it goes."""
    return page(request, SHOW, _show(request, project), fragment="web")


@project_view(Perm.SECTION_EDIT, methods=POST)
def tie_draw(request: ProjectRequest, project: Project) -> HttpResponse:
    return _done(request, project, actions.tie)


@project_view(Perm.SECTION_EDIT, methods=POST)
def tie_cut(request: ProjectRequest, project: Project) -> HttpResponse:
    return _done(request, project, actions.untie)


def _done(request: ProjectRequest, project: Project, action: Any) -> HttpResponse:
    form = TieForm(queries.of(project), request.POST)
    outcome = submit(form, action, project, by=request.user)
    if outcome == Outcome.SAVED:
        then = reverse("tracing:show", args=[project.pk])
        return saved(request, SHOW, _show(request, project), fragment="web", then=then, changed=actions.CHANGED)
    return page(request, SHOW, {**_show(request, project), "form": form}, fragment="web", status=outcome)


def _show(request: ProjectRequest, project: Project) -> dict[str, Any]:
    found = queries.of(project)
    at = found.things.get(request.GET.get("at", ""))
    things = list(found.things.values())
    return {
        "project": project,
        "here": "draft",
        "kinds": [
            (WORDS[kind], [(thing, found.neighbours(thing.key)) for thing in inside])
            for kind, inside in grouped(things)
        ],
        "at": at,
        "near": [(thing, pair(at.key, thing.key) in found.made) for thing in found.neighbours(at.key)] if at else [],
        "lost": left_hanging(found, at.key) if at else [],
        "orphans": [(WORDS[kind], inside) for kind, inside in grouped(found.orphans)],
        "orphan_count": len(found.orphans),
        "form": TieForm(found, initial={"one": at.key} if at else None),
        "seq": position(project.stream),
    }
