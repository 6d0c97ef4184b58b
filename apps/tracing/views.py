from collections.abc import Sequence
from dataclasses import dataclass
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
from apps.tracing.forms import KINDS, WITHOUT, WORDS, TieForm
from apps.tracing.web import Thing, grouped, left_hanging, left_without, pair

SHOW = "tracing/show.html"
POST = ["POST"]
MOST, FEW = 12, 5
"""So many of a kind stand in a list; the rest is folded."""


@dataclass(frozen=True)
class Band:
    """The things of one kind, each with what there is to say of it. `is_open` when the one that was chosen is folded."""

    kind: str
    words: str
    shown: list[tuple[Thing, Any]]
    rest: list[tuple[Thing, Any]]
    is_open: bool

    @property
    def count(self) -> int:
        return len(self.shown) + len(self.rest)


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
    lines = [(thing, found.neighbours(thing.key)) for thing in found.things.values()]
    near = [(thing, pair(at.key, thing.key) in found.made) for thing in found.neighbours(at.key)] if at else []
    orphans = found.orphans
    return {
        "project": project,
        "here": "draft",
        "kinds": _bands(lines, MOST, at),
        "at": at,
        "at_kind": KINDS[at.kind] if at else "",
        "near": _bands(near, MOST),
        "lost": _bands([(thing, None) for thing in left_hanging(found, at.key)] if at else [], MOST),
        "without": left_without(found, at.key) if at else [],
        "without_words": WITHOUT.get(at.kind, "") if at else "",
        "orphans": _bands([(thing, None) for thing in orphans], FEW),
        "orphan_count": len(orphans),
        "form": TieForm(found, initial={"one": at.key} if at else None),
        "seq": position(project.stream),
    }


def _bands(said: Sequence[tuple[Thing, Any]], most: int, at: Thing | None = None) -> list[Band]:
    """One that would be folded alone is shown."""
    about = {thing.key: words for thing, words in said}
    found = []
    for kind, inside in grouped([thing for thing, _words in said]):
        lines = [(thing, about[thing.key]) for thing in inside]
        cut = most if len(lines) > most + 1 else len(lines)
        found.append(Band(kind, WORDS[kind], lines[:cut], lines[cut:], at in inside[cut:]))
    return found
