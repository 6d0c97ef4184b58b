from typing import Any
from uuid import UUID

from django.contrib.auth import login
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apps.core.forms import NothingForm, Outcome, submit
from apps.core.htmx import gone_to, page, saved
from apps.events.queries import position
from apps.notifications.queries import with_mail
from apps.projects.access import ProjectRequest, project_view
from apps.projects.models import Project
from apps.projects.permissions import Perm
from apps.stakeholders import actions, queries
from apps.stakeholders.forms import InviteForm, NewcomerForm

INVITE = "stakeholders/invite.html"
ACCEPT = "stakeholders/accept.html"
CHANGED = "stakeholders:changed"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@project_view(Perm.MEMBERS_MANAGE, methods=["GET", "POST"])
def people_invite(request: ProjectRequest, project: Project) -> HttpResponse:
    """Tick people, give each a role, send all at once."""
    # `counted` marks a form that was touched: the same form without it shows everybody ticked.
    touched = request.POST or (request.GET if "counted" in request.GET else None)
    form = InviteForm(touched, people=queries.invitable(project))
    if request.method == "GET":
        return page(request, INVITE, _invite(project, form), fragment="invite")
    outcome = submit(form, actions.invite_people, project, by=request.user)
    if outcome == Outcome.SAVED:
        context = _invite(project, InviteForm(None, people=queries.invitable(project)))
        context["sent"] = len(form.result)  # type: ignore[attr-defined]
        then = reverse("stakeholders:invite", args=[project.pk])
        return saved(request, INVITE, context, fragment="invite", then=then, changed=CHANGED)
    return page(request, INVITE, _invite(project, form), fragment="invite", status=outcome)


@project_view(Perm.MEMBERS_MANAGE, methods=["POST"])
def invitation_resend(request: ProjectRequest, project: Project, invitation_id: UUID) -> HttpResponse:
    return _after(request, project, invitation_id, actions.resend_invitation)


@project_view(Perm.MEMBERS_MANAGE, methods=["POST"])
def invitation_withdraw(request: ProjectRequest, project: Project, invitation_id: UUID) -> HttpResponse:
    return _after(request, project, invitation_id, actions.withdraw_invitation)


@never_cache
@require_http_methods(["GET", "POST"])
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link in the mail. Looking at it leaves it whole; the button uses it."""
    invitation = queries.invitation(token)
    if invitation is None:
        return page(request, ACCEPT, {"state": "unknown"}, status=404)
    if invitation.state != "open":
        return page(request, ACCEPT, {"state": invitation.state, "invitation": invitation}, status=409)
    kind: type[Form] = NothingForm if queries.user_of(invitation.email) else NewcomerForm
    posted = request.POST if request.method == "POST" else None
    form = kind(posted, initial={"name": invitation.stakeholder.name})
    outcome = submit(form, actions.accept_invitation, invitation)
    if outcome == Outcome.SAVED:
        login(request, form.result, backend=BACKEND)  # type: ignore[attr-defined]
        return gone_to(request, invitation.stakeholder.project.get_absolute_url())
    context = {"state": "open", "invitation": invitation, "form": form}
    return page(request, ACCEPT, context, status=outcome)


def _after(request: ProjectRequest, project: Project, invitation_id: UUID, action: Any) -> HttpResponse:
    invitation = get_object_or_404(
        queries.invitations_of(project).select_related("stakeholder__project"), pk=invitation_id
    )
    form = NothingForm(request.POST)
    outcome = submit(form, action, invitation, by=request.user)
    context = _invite(project, InviteForm(None, people=queries.invitable(project)))
    if outcome != Outcome.SAVED:
        return page(request, INVITE, {**context, "refused": form}, fragment="invite", status=outcome)
    then = reverse("stakeholders:invite", args=[project.pk])
    return saved(request, INVITE, context, fragment="invite", then=then, changed=CHANGED)


def _invite(project: Project, form: InviteForm) -> dict[str, Any]:
    return {
        "form": form,
        "invitations": with_mail(queries.invitations(project), "invitation"),
        "without_address": queries.without_address(project),
        "seq": position(project.stream),
        "here": "invite",
    }
