from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from apps.accounts.typing import Request
from apps.core.htmx import page
from apps.events.queries import history
from apps.overview import queries
from apps.overview.project_page import project_page
from apps.projects import needs
from apps.projects.access import ProjectRequest, project_view
from apps.projects.models import Project
from apps.projects.permissions import Perm


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What needs me today, then my projects; for somebody signed out, the ways in."""
    if not request.user.is_authenticated:
        return page(request, "overview/welcome.html", {})
    found = queries.home(request.user)
    return page(request, "overview/home.html", {"home": found, "needs_count": len(found.needs)})


@project_view(Perm.PROJECT_READ)
def project(request: ProjectRequest, project: Project) -> HttpResponse:
    found = project_page(project, role=request.membership.role, user=request.user)
    last = history(project.stream).first()
    seq, touched = (last.seq, last.at) if last else (0, project.updated_at)
    context = {"project": project, "overview": found, "seq": seq, "touched": touched}
    return page(request, "overview/project.html", context, fragment="overview")


@login_required
@require_GET
def needs_count(request: Request) -> HttpResponse:
    """The figure in the bar. Asked for after the page, so that no page pays for it."""
    return page(request, "components/_needs_count.html", {"needs_count": len(needs.of(request.user))})


@login_required
@require_GET
def menu(request: Request) -> HttpResponse:
    """My projects, for the switch in the bar."""
    return page(request, "overview/menu.html", {"my_projects": queries.projects_of(request.user)[:12]})
