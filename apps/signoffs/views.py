from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from apps.core.forms import NothingForm, Outcome, submit
from apps.core.htmx import gone_to, page, saved
from apps.events.queries import position
from apps.notifications.queries import with_mail
from apps.projects.access import ProjectRequest, project_view
from apps.projects.models import Project
from apps.projects.permissions import Perm
from apps.projects.queries import member_users
from apps.projects.sections import reading
from apps.scope import changes
from apps.scope.models import Baseline
from apps.scope.queries import baselines, before, latest
from apps.signoffs import actions, approvals, queries
from apps.signoffs.forms import AskForm, DeclineForm, SignForm
from apps.signoffs.models import SignRequest
from apps.signoffs.statement import statement, statement_hash

SHOW, DECLINE, NONE = "signoffs/show.html", "signoffs/decline.html", "signoffs/none.html"
CHANGED = "signatures:changed"


@project_view(Perm.PROJECT_READ)
def signoff_latest(request: ProjectRequest, project: Project) -> HttpResponse:
    baseline = latest(project)
    return gone_to(request, _url("show", baseline)) if baseline else page(request, NONE, {"here": "sign"})


@project_view(Perm.PROJECT_READ)
def signoff_show(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    """What is signed, and beside it the card to sign it with."""
    baseline = _baseline(project, number)
    fragment = "signers" if request.htmx.target == "signers" else "card"
    return page(request, SHOW, _show(request, baseline), fragment=fragment)


@project_view(Perm.SIGN_MANAGE, methods=["POST"])
def signers_ask(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    baseline = _baseline(project, number)
    form = _ask_form(baseline, request.POST)
    outcome = submit(form, actions.ask_to_sign, baseline, by=request.user)
    if outcome == Outcome.SAVED:
        context = _show(request, baseline)
        return saved(request, SHOW, context, fragment="signers", then=_url("show", baseline), changed=CHANGED)
    return page(request, SHOW, {**_show(request, baseline), "ask_form": form}, fragment="signers", status=outcome)


@project_view(Perm.SIGN_MANAGE, methods=["POST"])
def request_withdraw(request: ProjectRequest, project: Project, number: int, request_id: UUID) -> HttpResponse:
    return _change(request, _baseline(project, number), request_id, actions.withdraw_request)


@project_view(Perm.SIGN_MANAGE, methods=["POST"])
def request_resend(request: ProjectRequest, project: Project, number: int, request_id: UUID) -> HttpResponse:
    return _change(request, _baseline(project, number), request_id, actions.ask_again)


def _change(
    request: ProjectRequest, baseline: Baseline, request_id: UUID, action: Callable[..., object]
) -> HttpResponse:
    asked = get_object_or_404(queries.requests(baseline), pk=request_id)
    form = NothingForm(request.POST)
    outcome = submit(form, action, asked, by=request.user)
    context = {**_show(request, baseline), "change_form": form}
    if outcome == Outcome.SAVED:
        return saved(request, SHOW, context, fragment="signers", then=_url("show", baseline), changed=CHANGED)
    return page(request, SHOW, context, fragment="signers", status=outcome)


@project_view(Perm.SIGN, methods=["POST"])
def code_send(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    baseline, mine = _mine(request, project, number)
    form = NothingForm(request.POST)
    outcome = submit(form, actions.send_code, mine, by=request.user)
    if outcome == Outcome.SAVED:
        return saved(request, SHOW, _show(request, baseline), fragment="card", then=_url("show", baseline))
    return page(request, SHOW, {**_show(request, baseline), "code_form": form}, fragment="card", status=outcome)


@project_view(Perm.SIGN, methods=["POST"])
def baseline_sign(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    baseline, mine = _mine(request, project, number)
    form = SignForm(request.POST)
    outcome = submit(form, actions.sign, mine, by=request.user)
    if outcome == Outcome.SAVED:
        # On a phone the card stands last; without the query the same address would not be loaded anew.
        return gone_to(request, f"{_url('show', baseline)}?signed#sign-card")
    return page(request, SHOW, {**_show(request, baseline), "form": form}, fragment="card", status=outcome)


@project_view(Perm.SIGN, methods=["GET", "POST"])
def baseline_decline(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    baseline, mine = _mine(request, project, number)
    form = DeclineForm(request.POST or None)
    outcome = submit(form, actions.decline, mine, by=request.user)
    if outcome == Outcome.SAVED:
        return gone_to(request, _url("show", baseline))
    context = {"baseline": baseline, "mine": mine, "form": form, "here": "sign"}
    return page(request, DECLINE, context, fragment="form", status=outcome)


def _baseline(project: Project, number: int) -> Baseline:
    baseline = get_object_or_404(baselines(project), number=number)
    baseline.project = project
    return baseline


def _mine(request: ProjectRequest, project: Project, number: int) -> tuple[Baseline, SignRequest]:
    baseline = _baseline(project, number)
    return baseline, get_object_or_404(queries.requests(baseline), signer=request.user)


def _url(name: str, baseline: Baseline) -> str:
    return reverse(f"signoffs:{name}", args=[baseline.project_id, baseline.number])


def _ask_form(baseline: Baseline, given: Any = None) -> forms.Form:
    people = member_users(baseline.project).exclude(sign_requests__baseline=baseline)
    likely = list(queries.earlier_requests(baseline)) if given is None else []
    return AskForm(given, people=people, initial={"step": 1, "signers": likely})


def _show(request: ProjectRequest, baseline: Baseline) -> dict[str, Any]:
    standing = queries.standing(baseline)
    mine = next((one for one in standing.requests if one.signer_id == request.user.pk), None)
    signed_before = queries.last_signed(baseline.project, request.user, before=baseline.number)
    since = signed_before or before(baseline)
    words = statement(baseline, name=request.user.name or request.user.email, role=mine.role) if mine else ""
    context = {
        "baseline": baseline,
        "standing": standing,
        "mine": mine,
        "since": since,
        "since_signed": signed_before is not None,
        "changes": changes.between(since.snapshot if since else None, baseline.snapshot),
        "accepted": queries.accepted_risks(baseline),
        "doubts": queries.doubts(baseline),
        "approvals": approvals.of_baseline(baseline.snapshot, [str(one.signer) for one in standing.requests]),
        "statement": words,
        "statement_hash": statement_hash(words) if words else "",
        "form": SignForm(),
        "code": _live_code(mine),
        "seq": position(baseline.project.stream),
        "here": "sign",
    }
    if request.may(Perm.SIGN_MANAGE) and not standing.superseded_by:
        context["ask_form"] = _ask_form(baseline)
        with reading(baseline.project):
            context["unapproved"] = approvals.unapproved(baseline, standing.requests)
            context["objection"] = approvals.why_not_to_ask(baseline)
        with_mail(standing.requests, "sign-request")
    return context


def _live_code(mine: SignRequest | None) -> Any:
    return mine.codes.filter(used_at=None, expires_at__gt=timezone.now()).first() if mine and mine.is_waiting else None
