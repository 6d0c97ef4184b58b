from collections.abc import Callable
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from apps.core.forms import NothingForm, Outcome, show_both, submit
from apps.core.htmx import gone_to, page, saved
from apps.events.queries import position
from apps.notifications.queries import with_mail
from apps.projects.access import ProjectRequest, project_view
from apps.projects.models import Project
from apps.projects.permissions import Perm
from apps.reviews import actions, queries
from apps.reviews.forms import DueForm, RoundForm, VersionForm
from apps.reviews.models import Round

LIST = "reviews/list.html"
OPEN = "reviews/open.html"
SHOW = "reviews/show.html"
CHANGED = "reviews:changed"


@project_view(Perm.PROJECT_READ)
def round_list(request: ProjectRequest, project: Project) -> HttpResponse:
    """Every round, and what waits for the reader."""
    context = {
        "rounds": queries.rounds(project),
        "mine": queries.own_requests(project, request.user),
        "seq": position(project.stream),
        "here": "review",
    }
    return page(request, LIST, context, fragment="rounds")


@project_view(Perm.REVIEW_MANAGE, methods=["GET", "POST"])
def round_open(request: ProjectRequest, project: Project) -> HttpResponse:
    # `counted` marks a form that was touched: on a change htmx asks what the button says now.
    touched = request.POST or (request.GET if "counted" in request.GET else None)
    members = queries.reviewers(project)
    form = RoundForm(touched, members=members, plan=queries.plan(project, members), me=request.user)
    if request.method == "GET":
        return page(request, OPEN, {"form": form, "here": "review"}, fragment="form")
    outcome = submit(form, actions.open_round, project, by=request.user)
    if outcome == Outcome.SAVED:
        return gone_to(request, form.result)  # type: ignore[attr-defined]
    return page(request, OPEN, {"form": form, "here": "review"}, fragment="form", status=outcome)


@project_view(Perm.PROJECT_READ)
def round_show(request: ProjectRequest, project: Project, round_id: UUID) -> HttpResponse:
    """Where the table agrees, where it does not, and who is missing."""
    return page(request, SHOW, _round(request, _found(project, round_id)), fragment="round")


@project_view(Perm.REVIEW_MANAGE, methods=["GET", "POST"])
def round_nudge(request: ProjectRequest, project: Project, round_id: UUID) -> HttpResponse:
    """GET names the recipients, POST writes to them."""
    form = NothingForm(request.POST if request.method == "POST" else None)
    return _change(request, _found(project, round_id), form, actions.nudge_people, "nudge_form")


@project_view(Perm.REVIEW_MANAGE, methods=["POST"])
def request_resend(request: ProjectRequest, project: Project, round_id: UUID, request_id: UUID) -> HttpResponse:
    """The mail that got lost, once more."""
    round = _found(project, round_id)
    asked = get_object_or_404(round.requests.select_related("user", "round__project"), pk=request_id)
    form = NothingForm(request.POST)
    outcome = submit(form, actions.ask_again, asked, by=request.user)
    context = {**_round(request, _found(project, round_id)), "resend_form": form}
    if outcome == Outcome.SAVED:
        return saved(request, SHOW, context, fragment="round", then=round, changed=CHANGED)
    return page(request, SHOW, context, fragment="round", status=outcome)


@project_view(Perm.REVIEW_MANAGE, methods=["GET", "POST"])
def round_move(request: ProjectRequest, project: Project, round_id: UUID) -> HttpResponse:
    round = _found(project, round_id)
    due = timezone.localtime(round.due_at, ZoneInfo(project.time_zone)).date()
    form = DueForm(request.POST or None, initial={"due": due, "version": round.version})
    return _change(request, round, form, actions.move_due, "due_form")


@project_view(Perm.REVIEW_MANAGE, methods=["GET", "POST"])
def round_close(request: ProjectRequest, project: Project, round_id: UUID) -> HttpResponse:
    round = _found(project, round_id)
    form = VersionForm(request.POST or None, initial={"version": round.version})
    return _change(request, round, form, actions.close_round, "close_form")


def _change(
    request: ProjectRequest, round: Round, form: forms.Form, action: Callable[..., Any], name: str
) -> HttpResponse:
    """One of the things a host does with a round: asked for, done, or refused beside what was typed."""
    outcome = submit(form, action, round, by=request.user)
    if outcome == Outcome.SAVED:
        context = _round(request, _found(request.project, round.pk))
        return saved(request, SHOW, context, fragment="round", then=round, changed=CHANGED)
    both = show_both(form, round)
    context = {**_round(request, _found(request.project, round.pk)), name: form, "both": both}
    return page(request, SHOW, context, fragment="round", status=outcome)


def _found(project: Project, round_id: UUID) -> Round:
    return get_object_or_404(project.review_rounds.select_related("project", "opened_by"), pk=round_id)


def _round(request: ProjectRequest, round: Round) -> dict[str, Any]:
    alignment = queries.alignment(round)
    if request.may(Perm.REVIEW_MANAGE):
        with_mail((row.request for row in alignment.rows), "review-request")
    return {
        "round": round,
        "alignment": alignment,
        "to_nudge": queries.to_nudge(round, request.user) if round.is_open and request.may(Perm.REVIEW_MANAGE) else [],
        "mine": next((row.request for row in alignment.rows if row.request.user_id == request.user.pk), None),
        "nudge_form": None,
        "due_form": None,
        "close_form": None,
        "resend_form": None,
        "seq": position(round.project.stream),
        "here": "review",
    }
