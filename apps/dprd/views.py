from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.core.forms import Outcome, submit
from apps.core.htmx import gone_to, page, saved
from apps.core.text.diff import as_html, redline
from apps.dprd import actions, enums, queries
from apps.dprd.forms import (
    CompareForm,
    OwnerForm,
    PresenceForm,
    PreviewForm,
    ProseForm,
    RestoreForm,
    SettleForm,
    StateForm,
    new_key,
)
from apps.dprd.models import Revision, Section
from apps.projects.access import ProjectRequest, project_view
from apps.projects.models import Project
from apps.projects.permissions import Perm

DOCUMENT, SECTION, EDIT, PREVIEW, HISTORY = (
    f"dprd/{name}.html" for name in ("document", "section", "edit", "preview", "history")
)
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
    return page(request, SECTION, _part(request, project, key), fragment="live")


@project_view(Perm.SECTION_EDIT, methods=["GET", "POST"])
def section_edit(request: ProjectRequest, project: Project, key: str) -> HttpResponse:
    """Write in a section and close it. Words that could not be merged come back beside the saved text, as a 409."""
    found = queries.section(project, key)
    form = ProseForm(found, request.POST or None)
    outcome = submit(form, actions.save_prose, found, by=request.user)
    if outcome == Outcome.SAVED and form.result.outcome == enums.Outcome.CONFLICT:  # type: ignore[attr-defined]
        return page(request, EDIT, _proposal(request, project, key), fragment="editor", status=Outcome.REFUSED)
    if outcome == Outcome.SAVED:
        return _closed(request, project, key, form.result)  # type: ignore[attr-defined]
    return page(request, EDIT, _part(request, project, key) | {"form": form}, fragment="editor", status=outcome)


@project_view(Perm.SECTION_EDIT, methods=["GET", "POST"])
def section_save(request: ProjectRequest, project: Project, key: str) -> HttpResponse:
    """What the editor saves between two pauses, and what it asks for when somebody else has saved."""
    found = queries.section(project, key)
    form = ProseForm(found, request.POST or None)
    outcome = submit(form, actions.save_prose, found, by=request.user)
    saving = form.result  # type: ignore[attr-defined]
    now = saving.section if saving else found
    context = {"project": project, "form": form, "saving": saving, "section": now, "part": queries.waiting(now)}
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
        return page(request, EDIT, _proposal(request, project, key), status=Outcome.REFUSED)
    context = _history(project, found, {"to": revision_id}) | {"form": form}
    return page(request, HISTORY, context, fragment="change", status=outcome)


@project_view(Perm.SECTION_EDIT, methods=["POST"])
def conflict_settle(request: ProjectRequest, project: Project, key: str, copy_id: UUID) -> HttpResponse:
    """Choose between two texts for one passage."""
    found = queries.section(project, key)
    copy = get_object_or_404(queries.copies(found), pk=copy_id)
    form = SettleForm(request.POST)
    outcome = submit(form, actions.settle_conflict, copy, by=request.user)
    context = _part(request, project, key) | {"is_editing": "editing" in request.POST}
    fragment = "conflicts" if context["is_editing"] else "text"
    if outcome != Outcome.SAVED:
        return page(request, SECTION, context | {"refused": form}, fragment=fragment, status=outcome)
    return saved(request, SECTION, context, fragment=fragment, then=found, changed=CHANGED)


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
    context = _part(request, project, key)
    if saving.outcome == enums.Outcome.WOVEN:
        messages.info(request, _("Somebody wrote in the same sentence. Both changes are in: read it once."))
    return saved(request, SECTION, context, fragment="text", then=saving.section, changed=CHANGED)


def _margin(
    request: ProjectRequest, project: Project, key: str, outcome: Outcome, forms: dict[str, Any]
) -> HttpResponse:
    part = queries.part(project, key, reader=request.user)
    context = {"project": project, "part": part, "members": queries.members(project)}
    if outcome == Outcome.SAVED:
        return saved(request, SECTION, context, fragment="state", then=part.prose, changed=CHANGED)
    return page(request, SECTION, context | forms | {"settings_open": True}, fragment="state", status=outcome)


def _document(request: ProjectRequest, project: Project) -> dict[str, Any]:
    parts = queries.document(project, reader=request.user)
    people = queries.here(project)
    return {
        "project": project,
        "parts": parts,
        "present": [person.user for person in people],
        "members": queries.members(project),
        "here": "draft",
        "ready": sum(part.state == enums.State.READY for part in parts),
        "comments": sum(len(part.conversation.open) for part in parts),
    }


def _part(request: ProjectRequest, project: Project, key: str) -> dict[str, Any]:
    part = queries.part(project, key, reader=request.user)
    assert part.prose is not None
    return {
        "project": project,
        "part": part,
        "form": ProseForm(part.prose),
        "members": queries.members(project),
        "here": "draft",
        "client_key": new_key(),
    }


def _proposal(request: ProjectRequest, project: Project, key: str) -> dict[str, Any]:
    """The saved text with the words beside it put in: what one may send, or change before sending."""
    context = _part(request, project, key)
    prose = context["part"].prose
    waiting = [choice.copy for choice in context["part"].conflicts]
    proposed = {"text": queries.with_both(prose, waiting), "resolves": [copy.pk for copy in waiting]}
    return context | {"form": ProseForm(prose, initial=proposed), "is_proposal": True}


def _history(project: Project, section: Section, asked: Any) -> dict[str, Any]:
    form = CompareForm(asked)
    chosen = form.cleaned_data if form.is_valid() else {}
    entries = queries.history(section)
    to = _chosen(section, chosen.get("to")) or (queries.latest(section) if entries else None)
    since = _chosen(section, chosen.get("since"))
    before = since.text if since else (queries.text_before(to) if to else "")
    return {
        "project": project,
        "section": section,
        "entries": entries,
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
