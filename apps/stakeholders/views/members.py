from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from apps.core.errors import DomainError
from apps.core.forms import Outcome, submit
from apps.core.htmx import gone_to, page, saved
from apps.events.queries import position
from apps.projects.access import ProjectRequest, project_view
from apps.projects.actions import change_role, remove_member
from apps.projects.enums import Role
from apps.projects.models import Project
from apps.projects.permissions import Perm
from apps.stakeholders import queries
from apps.stakeholders.forms import RoleForm

MEMBERS = "stakeholders/members.html"


@project_view(Perm.PROJECT_READ)
def member_list(request: ProjectRequest, project: Project) -> HttpResponse:
    """Everyone who may open the project, and what they may do."""
    return page(request, MEMBERS, _members(project), fragment="members")


@project_view(Perm.MEMBERS_MANAGE, methods=["POST"])
def member_change(request: ProjectRequest, project: Project, membership_id: UUID) -> HttpResponse:
    membership = get_object_or_404(project.memberships.select_related("project", "user"), pk=membership_id)
    form = RoleForm(request.POST)
    outcome = submit(form, change_role, membership, by=request.user)
    if outcome == Outcome.SAVED:
        then = reverse("stakeholders:members", args=[project.pk])
        return saved(request, MEMBERS, _members(project), fragment="members", then=then, changed="members:changed")
    return page(request, MEMBERS, {**_members(project), "form": form}, fragment="members", status=outcome)


@project_view(Perm.MEMBERS_MANAGE, methods=["GET", "POST"])
def member_remove(request: ProjectRequest, project: Project, membership_id: UUID) -> HttpResponse:
    membership = get_object_or_404(project.memberships.select_related("project", "user"), pk=membership_id)
    context = {"member": membership, "here": "invite", "error": ""}
    if request.method == "GET":
        return page(request, "stakeholders/member_remove.html", context)
    try:
        remove_member(membership, by=request.user)
    except DomainError as refusal:
        return page(request, "stakeholders/member_remove.html", {**context, "error": str(refusal)}, status=409)
    is_me = membership.user_id == request.user.pk
    return gone_to(request, "/" if is_me else reverse("stakeholders:members", args=[project.pk]))


def _members(project: Project) -> dict[str, object]:
    return {
        "members": queries.members(project),
        "form": None,
        "roles": Role.choices,
        "seq": position(project.stream),
        "here": "invite",
    }
