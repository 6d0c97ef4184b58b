"""The door: the only way into a project."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed

from apps.accounts.typing import Request
from apps.projects import queries
from apps.projects.models import Membership, Project
from apps.projects.permissions import GRANTS, Perm, granted

View = Callable[..., HttpResponse]


class May:
    """`may.RISK_EDIT` in templates, `request.may(Perm.RISK_EDIT)` in views."""

    def __init__(self, role: str) -> None:
        self._granted = GRANTS[role]  # type: ignore[index]

    def __call__(self, perm: Perm) -> bool:
        return perm in self._granted

    def __getitem__(self, name: str) -> bool:
        return Perm(name) in self._granted

    do_not_call_in_templates = True


class ProjectRequest(Request):
    """A request that came through the door."""

    project: Project
    membership: Membership
    may: May


def project_view(perm: Perm, *, methods: Sequence[str] = ("GET",)) -> Callable[[View], View]:
    """Let a member with `perm` in: strangers get 404, members without the right 403.

    One query loads the project, the role and where the project stands on its road.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        @login_required
        def behind(request: HttpRequest, project_id: UUID, *args: Any, **kwargs: Any) -> HttpResponse:
            membership = queries.membership(request.user, project_id)
            if membership is None:
                raise Http404
            if not granted(membership.role, perm):
                raise PermissionDenied
            if request.method not in methods and not (request.method == "HEAD" and "GET" in methods):
                return HttpResponseNotAllowed(methods)
            request.project = membership.project  # type: ignore[attr-defined]
            request.membership = membership  # type: ignore[attr-defined]
            request.may = May(membership.role)  # type: ignore[attr-defined]
            return view(request, membership.project, *args, **kwargs)

        behind.perm = perm  # type: ignore[attr-defined]
        return behind

    return decorate
