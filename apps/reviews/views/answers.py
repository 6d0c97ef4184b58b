from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from apps.core.forms import Outcome, submit
from apps.core.htmx import page, saved
from apps.projects.access import ProjectRequest, project_view
from apps.projects.models import Project
from apps.projects.permissions import Perm
from apps.reviews import actions, queries
from apps.reviews.forms import AnswerForm, SendForm, SentForm
from apps.reviews.models import ReviewRequest

ANSWER = "reviews/answer.html"
CHANGED = "reviews:changed"


@project_view(Perm.REVIEW_ANSWER, methods=["GET", "POST"])
def answer_write(request: ProjectRequest, project: Project, round_id: UUID) -> HttpResponse:
    """Read, answer, send. Without JavaScript the button saves and sends in one go."""
    asked = _asked(request, project, round_id)
    parts = queries.parts(asked)
    posted = request.POST if request.method == "POST" else None
    for part in parts:
        part.form = (SentForm if posted is not None else AnswerForm).of(part.response, posted)
    if posted is None:
        return page(request, ANSWER, _answers(asked, parts), fragment="review")
    outcome, refused = _sent(asked, parts, request)
    if outcome == Outcome.SAVED:
        context = _answers(asked, _fresh(asked))
        return saved(request, ANSWER, context, fragment="review", then=asked.round.answer_url, changed=CHANGED)
    return page(request, ANSWER, {**_answers(asked, parts), "refused": refused}, fragment="review", status=outcome)


@project_view(Perm.REVIEW_ANSWER, methods=["POST"])
def answer_save(request: ProjectRequest, project: Project, round_id: UUID, section: str) -> HttpResponse:
    """Keep the draft of one section as one goes."""
    asked = _asked(request, project, round_id)
    response = get_object_or_404(asked.responses.select_related("request__round"), section=section)
    form = AnswerForm.of(response, request.POST)
    outcome = submit(form, actions.save_response, response, by=request.user)
    parts = queries.answers(asked)
    part = next(part for part in parts if part.topic.key == section)
    part.form = form
    context = {**_answers(asked, parts), "part": part}
    if outcome == Outcome.SAVED:
        part.form = AnswerForm.of(part.response)
        context["just_saved"] = part.response.updated_at
        return saved(request, ANSWER, context, fragment="kept", oob=["contents", "dock"], then=asked.round.answer_url)
    _show_kept(part, form)
    return page(request, ANSWER, context, fragment="kept", status=outcome)


@project_view(Perm.REVIEW_ANSWER, methods=["POST"])
def answer_opened(request: ProjectRequest, project: Project, round_id: UUID) -> HttpResponse:
    """Sent once by the page when it is in front of somebody; a GET writes nothing."""
    actions.note_opened(_asked(request, project, round_id), by=request.user)
    return HttpResponse(status=204)


def _asked(request: ProjectRequest, project: Project, round_id: UUID) -> ReviewRequest:
    asked = queries.request_of(project, round_id, request.user)
    if asked is None:
        raise Http404
    return asked


def _sent(asked: ReviewRequest, parts: list[queries.Part], request: ProjectRequest) -> tuple[Outcome, forms.Form]:
    form = SendForm(request.POST)
    # Every form is asked, so that every section says what it lacks.
    valid = [form.is_valid(), *(part.form.is_valid() for part in parts)]
    if not all(valid):
        return Outcome.INVALID, form
    said = {
        part.topic.key: tuple(part.form.cleaned_data[name] for name in ("answer", "text", "version")) for part in parts
    }
    outcome = submit(form, actions.send_answers, asked, answers=said, by=request.user)
    for part in parts:
        _show_kept(part, form)
    return outcome, form


def _show_kept(part: queries.Part, refused: forms.Form) -> None:
    """After a stale save: what another tab has kept beside what was typed here; saving again goes on from there."""
    form, kept = part.form, part.response
    if not refused.stale or form.cleaned_data["version"] == kept.version:  # type: ignore[attr-defined]
        return
    form.data = form.data.copy()
    form.data[form.add_prefix("version")] = str(kept.version)
    if (kept.answer, kept.text) != (form.cleaned_data["answer"], form.cleaned_data["text"]):
        part.kept = kept


def _fresh(asked: ReviewRequest) -> list[queries.Part]:
    parts = queries.parts(asked)
    for part in parts:
        part.form = AnswerForm.of(part.response)
    return parts


def _answers(asked: ReviewRequest, parts: list[queries.Part]) -> dict[str, Any]:
    return {
        "asked": asked,
        "round": asked.round,
        "parts": parts,
        "answered": sum(bool(part.response.answer) for part in parts),
        "to_send": sum(part.response.is_drafted for part in parts),
        "rest": sum(part.is_rest for part in parts),
        "must_approve": any(part.response.approves for part in parts),
        "minutes": queries.reading_minutes(parts),
        "problems": [part for part in parts if part.problem],
        "refused": None,
        "just_saved": None,
        "here": "review",
    }
