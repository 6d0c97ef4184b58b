from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.core.forms import Outcome, submit
from apps.core.htmx import gone_to, page
from apps.core.text.diff import as_html, redline
from apps.dprd import actions, enums, past, queries
from apps.dprd.forms import CompareForm, RestoreForm, SeenForm, SinceForm, ToldForm, new_key
from apps.dprd.models import Revision, Section
from apps.dprd.views.contexts import proposal_context
from apps.projects.access import ProjectRequest, project_view
from apps.projects.models import Project
from apps.projects.permissions import Perm

EDIT, HISTORY, TOLD, SINCE, AUTHORS = (f"dprd/{name}.html" for name in ("edit", "history", "told", "since", "authors"))


@project_view(Perm.PROJECT_READ)
def section_history(request: ProjectRequest, project: Project, key: str) -> HttpResponse:
    """Who wrote when, and what changed between any two texts."""
    found = queries.section(project, key)
    return page(request, HISTORY, _history(project, found, request.GET), fragment="change")


@project_view(Perm.SECTION_EDIT, methods=["POST"])
def revision_restore(request: ProjectRequest, project: Project, key: str, revision_id: UUID) -> HttpResponse:
    found = queries.section(project, key)
    revision = get_object_or_404(queries.revisions(found), pk=revision_id)
    form = RestoreForm(request.POST)
    outcome = submit(form, actions.restore_revision, found, revision, by=request.user)
    if outcome == Outcome.SAVED and form.result.outcome != enums.Outcome.CONFLICT:  # type: ignore[attr-defined]
        messages.success(request, _("The earlier text is back. What it replaced stays in the history."))
        return gone_to(request, queries.section(project, key))
    if outcome == Outcome.SAVED:
        return page(request, EDIT, proposal_context(request, project, key), status=Outcome.REFUSED)
    context = _history(project, found, {"to": revision_id}) | {"form": form}
    return page(request, HISTORY, context, fragment="change", status=outcome)


@project_view(Perm.PROJECT_READ)
def project_history(request: ProjectRequest, project: Project) -> HttpResponse:
    """Everything that was written in the project, the newest first; by section and person if asked."""
    form = ToldForm(project, request.GET)
    form.is_valid()
    asked = {name: str(form.cleaned_data.get(name) or "") for name in ("section", "person")}
    found = past.told(project, **asked, page=form.cleaned_data.get("page") or 1)
    context = {
        "project": project,
        "form": form,
        "asked": asked,
        "page_obj": found,
        "told": past.tellings(found.object_list),
        "here": "draft",
    }
    return page(request, TOLD, context)


@project_view(Perm.PROJECT_READ)
def section_authors(request: ProjectRequest, project: Project, key: str) -> HttpResponse:
    """Who wrote which words of the text as it stands."""
    found = queries.section(project, key)
    context = {"project": project, "section": found, "authorship": past.authorship(found), "here": "draft"}
    return page(request, AUTHORS, context)


@project_view(Perm.PROJECT_READ)
def section_since(request: ProjectRequest, project: Project, key: str) -> HttpResponse:
    """What changed since this person last looked, or since the version that the address names."""
    found = queries.section(project, key)
    form = SinceForm(request.GET)
    asked = form.cleaned_data["version"] if form.is_valid() else None
    since = asked or past.seen_version(found, request.user) or found.version
    context = {"project": project, "section": found, "news": past.news(found, since), "here": "draft"}
    return page(request, SINCE, context, fragment="news")


@project_view(Perm.PROJECT_READ, methods=["POST"])
def section_seen(request: ProjectRequest, project: Project, key: str) -> HttpResponse:
    """This person has read the section up to a version: said by the page when the text has stood on the screen."""
    found = queries.section(project, key)
    form = SeenForm(request.POST)
    outcome = submit(form, actions.mark_seen, found, by=request.user)
    if outcome != Outcome.SAVED or request.htmx or "X-Client" in request.headers:
        return HttpResponse(status=204 if outcome == Outcome.SAVED else outcome)
    return gone_to(request, found)


def _history(project: Project, section: Section, asked: Any) -> dict[str, Any]:
    form = CompareForm(asked)
    chosen = form.cleaned_data if form.is_valid() else {}
    told = queries.told(section, chosen.get("page") or 1)
    entries = queries.entries(told)
    to = _chosen(section, chosen.get("to")) or (queries.latest(section) if entries else None)
    since = _chosen(section, chosen.get("since"))
    before = since.text if since else (queries.text_before(to) if to else "")
    return {
        "project": project,
        "section": section,
        "entries": entries,
        "page_obj": told,
        "to": to,
        "since": since,
        "is_new": not before.strip(),
        "change": as_html(redline(before, to.text)) if to else "",
        "beside": queries.beside(to) if to else [],
        "client_key": new_key(),
        "here": "draft",
        "back": f"{reverse('dprd:document', args=[project.pk])}#{section.key}",
    }


def _chosen(section: Section, revision_id: UUID | None) -> Revision | None:
    return get_object_or_404(queries.revisions(section), pk=revision_id) if revision_id else None
