"""The door of a host's screens: beside members who may host, those who were made a host of this one room."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed

from apps.projects import queries as projects
from apps.projects.access import May, ProjectRequest
from apps.projects.permissions import Perm, granted
from apps.workshops import queries
from apps.workshops.models import Workshop

View = Callable[..., HttpResponse]


class HostRequest(ProjectRequest):
    """A request of somebody who hosts `workshop`."""

    workshop: Workshop


def host_view(*, methods: Sequence[str] = ("GET",)) -> Callable[[View], View]:
    """Let who hosts this workshop in: by their role in the project, or because a host made them one of its hosts.

    Strangers get 404, other members 403. A rehearsal is there for the one who rehearses and for nobody else. The
    view gets the workshop with its project.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        @login_required
        def behind(
            request: HttpRequest, project_id: UUID, workshop_id: UUID, *args: Any, **kwargs: Any
        ) -> HttpResponse:
            membership = projects.membership(request.user, project_id)
            if membership is None:
                raise Http404
            workshop = queries.hosted(membership.project, workshop_id, by=request.user)
            may_host = granted(membership.role, Perm.WORKSHOP_HOST)
            if not may_host and not (workshop and workshop.co_hosted):  # type: ignore[attr-defined]
                raise PermissionDenied
            if workshop is None or not workshop.shown_to(request.user):
                raise Http404
            if request.method not in methods and not (request.method == "HEAD" and "GET" in methods):
                return HttpResponseNotAllowed(methods)
            workshop.project = membership.project
            request.project, request.membership = membership.project, membership  # type: ignore[attr-defined]
            request.may, request.workshop = May(membership.role), workshop  # type: ignore[attr-defined]
            return view(request, workshop, *args, **kwargs)

        behind.hosts = True  # type: ignore[attr-defined]
        return behind

    return decorate
