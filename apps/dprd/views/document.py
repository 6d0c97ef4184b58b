from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from apps.comments import queries as comments
from apps.core.forms import Outcome, submit
from apps.core.htmx import gone_to, page, saved
from apps.dprd import actions, enums, length, queries
from apps.dprd.forms import (
    OwnerForm,
    PresenceForm,
    PreviewForm,
    ProseForm,
    SettleForm,
    StateForm,
)
from apps.dprd.views.contexts import people_context, proposal_context, section_context
from apps.projects.access import ProjectRequest, project_view
from apps.projects.models import Project
from apps.projects.permissions import Perm
from apps.projects.way_back import way_back

DOCUMENT, SECTION, EDIT, PREVIEW = (f"dprd/{name}.html" for name in ("document", "section", "edit", "preview"))
CHANGED = actions.CHANGED


@project_view(Perm.PROJECT_READ)
def document(request: ProjectRequest, project: Project) -> HttpResponse:
    """The whole scope document."""
    return page(request, DOCUMENT, _document(request, project))


@project_view(Perm.PROJECT_READ)
def outline(request: ProjectRequest, project: Project) -> HttpResponse:
    """The list of sections with their states and who is where, asked for again when one of these changes."""
    return page(request, DOCUMENT, _document(request, project) | {"oob": True}, fragment="outline")


@project_view(Perm.PROJECT_READ)
def section(request: ProjectRequest, project: Project, key: str) -> HttpResponse:
    return page(request, SECTION, section_context(request, project, key), fragment="live")


@project_view(Perm.SECTION_EDIT, methods=["GET", "POST"])
def section_edit(request: ProjectRequest, project: Project, key: str) -> HttpResponse:
    """Write in a section and close it. Words that could not be merged come back beside the saved text, as a 409."""
    found = queries.section(project, key)
    form = ProseForm(found, request.POST or None)
    outcome = submit(form, actions.save_prose, found, by=request.user)
    if outcome == Outcome.SAVED and form.result.outcome == enums.Outcome.CONFLICT:  # type: ignore[attr-defined]
        return page(request, EDIT, proposal_context(request, project, key), fragment="editor", status=Outcome.REFUSED)
    if outcome == Outcome.SAVED:
        if back := way_back(request, project):
            return gone_to(request, back.url)
        return _closed(request, project, key, form.result)  # type: ignore[attr-defined]
    return page(
        request, EDIT, section_context(request, project, key) | {"form": form}, fragment="editor", status=outcome
    )


@project_view(Perm.SECTION_EDIT, methods=["GET", "POST"])
def section_save(request: ProjectRequest, project: Project, key: str) -> HttpResponse:
    """What the editor saves between two pauses, and what it asks for when somebody else has saved."""
    found = queries.section(project, key)
    form = ProseForm(found, request.POST or None)
    outcome = submit(form, actions.save_prose, found, by=request.user)
    saving = form.result  # type: ignore[attr-defined]
    now = saving.section if saving else found
    context = {"project": project, "form": form, "saving": saving, "section": now, "part": queries.waiting(now)}
    if saving and bool(now.text.strip()) != bool(found.text.strip()):
        context["head"] = queries.part(project, key, reader=request.user)
    status = outcome if outcome in (Outcome.INVALID, Outcome.REFUSED) else 200
    if saving and saving.copies:
        status = Outcome.REFUSED
    return page(request, "dprd/answer.html", context, status=status)


@project_view(Perm.SECTION_EDIT, methods=["POST"])
def section_preview(request: ProjectRequest, project: Project, key: str) -> HttpResponse:
    """The text of the form as readers will see it; nothing is kept."""
    form = PreviewForm(request.POST)
    status = Outcome.OPEN if form.is_valid() else Outcome.INVALID
    return page(request, PREVIEW, {"project": project, "key": key, "form": form}, fragment="shown", status=status)


@project_view(Perm.SECTION_EDIT, methods=["GET", "POST"])
def section_state(request: ProjectRequest, project: Project, key: str) -> HttpResponse:
    found = queries.section(project, key)
    form = StateForm(found, request.POST or None)
    outcome = submit(form, actions.set_state, found, by=request.user)
    return _margin(request, project, key, outcome, {"state_form": form})


@project_view(Perm.SECTION_EDIT, methods=["GET", "POST"])
def section_owner(request: ProjectRequest, project: Project, key: str) -> HttpResponse:
    found = queries.section(project, key)
    form = OwnerForm(found, request.POST or None)
    outcome = submit(form, actions.set_owner, found, by=request.user)
    return _margin(request, project, key, outcome, {"owner_form": form})


@project_view(Perm.SECTION_EDIT, methods=["POST"])
def conflict_settle(request: ProjectRequest, project: Project, key: str, copy_id: UUID) -> HttpResponse:
    """Choose between two texts for one passage."""
    found = queries.section(project, key)
    copy = get_object_or_404(queries.copies(found), pk=copy_id)
    form = SettleForm(request.POST)
    outcome = submit(form, actions.settle_conflict, copy, by=request.user)
    context = section_context(request, project, key) | {"is_editing": "editing" in request.POST}
    fragment = "conflicts" if context["is_editing"] else "text"
    if outcome != Outcome.SAVED:
        return page(request, SECTION, context | {"refused": form}, fragment=fragment, status=outcome)
    return saved(request, SECTION, context, fragment=fragment, then=found, changed=CHANGED)


@project_view(Perm.PROJECT_READ)
def presence_show(request: ProjectRequest, project: Project) -> HttpResponse:
    """Who is on the project now, for the bar; with `?document` also who is in which section."""
    people = queries.here(project)
    context: dict[str, Any] = {"project": project, "present": [person.user for person in people], "asked": True}
    if "document" in request.GET:
        context |= {"whole": True, "around": queries.around(project, people, reader=request.user)}
    return page(request, "dprd/present.html", context)


@project_view(Perm.PROJECT_READ, methods=["POST"])
def presence_tell(request: ProjectRequest, project: Project) -> HttpResponse:
    """A browser tab says where it is, or that it goes."""
    form = PresenceForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=Outcome.INVALID)
    told = form.cleaned_data
    if told.pop("leave"):
        actions.leave(project, client=told["client"], by=request.user)
    else:
        actions.be_present(project, **told, by=request.user)
    return HttpResponse(status=204)


def _closed(request: ProjectRequest, project: Project, key: str, saving: actions.Saving) -> HttpResponse:
    context = section_context(request, project, key)
    if saving.outcome == enums.Outcome.WOVEN:
        messages.info(request, _("Somebody wrote in the same sentence. Both changes are in: read it once."))
    return saved(request, SECTION, context, fragment="live", then=saving.section, changed=CHANGED)


def _margin(
    request: ProjectRequest, project: Project, key: str, outcome: Outcome, forms: dict[str, Any]
) -> HttpResponse:
    part = queries.part(project, key, reader=request.user)
    context = {"project": project, "part": part, **people_context(project)}
    if outcome == Outcome.SAVED:
        if back := way_back(request, project):
            return gone_to(request, back.url)
        return saved(request, SECTION, context, fragment="state", then=part.prose, changed=CHANGED)
    return page(request, SECTION, context | forms | {"settings_open": True}, fragment="state", status=outcome)


def _document(request: ProjectRequest, project: Project) -> dict[str, Any]:
    parts = queries.document(project, reader=request.user)
    people = queries.here(project)
    return {
        "project": project,
        "parts": parts,
        "present": [person.user for person in people],
        **people_context(project),
        "here": "draft",
        "ready": sum(part.state == enums.State.READY for part in parts),
        "news": sum(part.has_news for part in parts),
        "suggestions": sum(len(part.suggestions) for part in parts),
        "length": length.of(parts),
        "comments": sum(part.conversation.open_count for part in parts),
        **_notes(request, project, parts),
    }


def _notes(request: ProjectRequest, project: Project, parts: list[queries.Part]) -> dict[str, Any]:
    """How much stands in the margin, and which of it is wanted: all, comments or findings."""
    said = sum(part.conversation.open_count + len(part.suggestions) for part in parts)
    found = sum(finding.level != "hint" for part in parts for finding in part.findings)
    found += sum(len(part.advice) for part in parts)
    asked = parse_qs(urlsplit(request.headers.get("HX-Current-URL", "")).query).get("notes", [""])[0]
    wanted = request.GET.get("notes", asked)
    return {
        "notes": wanted if wanted in ("comments", "findings") else "",
        "notes_said": said,
        "notes_found": found,
        "notes_all": said + found,
        "unread": comments.unread_count(project, request.user),
    }
