from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from apps.core.forms import NothingForm, Outcome, submit
from apps.core.htmx import page, saved
from apps.dprd import actions, proposals, queries
from apps.dprd.forms import AcceptEditedForm, DeclineForm, SuggestForm, WhereForm
from apps.dprd.models import Section, Suggestion
from apps.projects.access import ProjectRequest, project_view
from apps.projects.models import Project
from apps.projects.permissions import Perm

PAGE = "dprd/suggestions.html"
CHANGED = f"{actions.SUGGESTED}, {actions.CHANGED}"


@project_view(Perm.PROJECT_READ)
def suggestion_list(request: ProjectRequest, project: Project, key: str) -> HttpResponse:
    """What was suggested for a section, and what became of it."""
    return page(request, PAGE, _context(project, queries.section(project, key)), fragment="margin")


@project_view(Perm.COMMENT_WRITE, methods=["GET", "POST"])
def suggest(request: ProjectRequest, project: Project, key: str) -> HttpResponse:
    """Other words for the passage that was selected, or for the whole text."""
    found = queries.section(project, key)
    form = SuggestForm(request.POST) if request.method == "POST" else _blank(found, request.GET)
    outcome = submit(form, actions.suggest, found, by=request.user)
    context = _context(project, queries.section(project, key))
    if outcome == Outcome.SAVED:
        return saved(request, PAGE, context, fragment="margin", then=form.result, changed=actions.SUGGESTED)  # type: ignore[attr-defined]
    return page(request, PAGE, context | {"suggest_form": form}, fragment="margin", status=outcome)


@project_view(Perm.SECTION_EDIT, methods=["POST"])
def suggestion_accept(request: ProjectRequest, project: Project, key: str, suggestion_id: UUID) -> HttpResponse:
    return _settled(request, project, key, suggestion_id, NothingForm(request.POST), actions.accept_suggestion)


@project_view(Perm.SECTION_EDIT, methods=["GET", "POST"])
def suggestion_edit(request: ProjectRequest, project: Project, key: str, suggestion_id: UUID) -> HttpResponse:
    """The section's text with the suggestion in it, to be changed before it is taken."""
    suggestion = _found(project, key, suggestion_id)
    text, fits = proposals.fitted(suggestion, suggestion.section.text)
    form = AcceptEditedForm(request.POST or None, initial={"text": text, "base_version": suggestion.section.version})
    outcome = submit(form, actions.accept_edited, suggestion, by=request.user)
    context = _context(project, queries.section(project, key))
    if outcome == Outcome.SAVED:
        return saved(request, PAGE, context, fragment="margin", then=form.result.section, changed=CHANGED)  # type: ignore[attr-defined]
    shown = {"editing": proposals.proposal(suggestion), "edit_form": form, "fits": fits}
    return page(request, "dprd/suggestion_edit.html", context | shown, fragment="edit", status=outcome)


@project_view(Perm.SECTION_EDIT, methods=["GET", "POST"])
def suggestion_decline(request: ProjectRequest, project: Project, key: str, suggestion_id: UUID) -> HttpResponse:
    form = DeclineForm(request.POST or None)
    return _settled(request, project, key, suggestion_id, form, actions.decline_suggestion)


@project_view(Perm.COMMENT_WRITE, methods=["POST"])
def suggestion_withdraw(request: ProjectRequest, project: Project, key: str, suggestion_id: UUID) -> HttpResponse:
    return _settled(request, project, key, suggestion_id, NothingForm(request.POST), actions.withdraw_suggestion)


def _settled(
    request: ProjectRequest, project: Project, key: str, suggestion_id: UUID, form: Any, action: Callable[..., Any]
) -> HttpResponse:
    suggestion = _found(project, key, suggestion_id)
    outcome = submit(form, action, suggestion, by=request.user)
    context = _context(project, queries.section(project, key))
    if outcome == Outcome.SAVED:
        return saved(request, PAGE, context, fragment="margin", then=suggestion.section, changed=CHANGED)
    shown = {"settling": suggestion, "settle_form": form}
    return page(request, PAGE, context | shown, fragment="margin", status=outcome)


def _found(project: Project, key: str, suggestion_id: UUID) -> Suggestion:
    return get_object_or_404(proposals.of_section(queries.section(project, key)), pk=suggestion_id)


def _blank(section: Section, asked: Any) -> SuggestForm:
    """The form for what the reader selected: the words as they were written, ready to be changed."""
    where = WhereForm(asked)
    selected = where.cleaned_data if where.is_valid() else {}
    quote = selected.get("quote") or ""
    passage = proposals.passage(section, quote, nth=selected.get("nth") or 0)
    form = SuggestForm(
        initial={
            "base_version": section.version,
            "start": passage.start,
            "end": passage.end,
            "text": passage.text,
        }
    )
    if quote and passage.is_whole:
        form.fields["text"].help_text = _(
            "The words you selected could not be found in the text, so here is all of it."
        )
    return form


def _context(project: Project, section: Section) -> dict[str, Any]:
    everything = [proposals.proposal(found) for found in proposals.of_section(section)]
    return {
        "project": project,
        "section": section,
        "key": section.key,
        "suggestions": [found for found in everything if found.suggestion.is_open],
        "settled": [found for found in reversed(everything) if not found.suggestion.is_open],
        "here": "draft",
    }
