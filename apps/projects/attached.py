"""What stands beside a section of the document and is drawn again by itself."""

from django.http import HttpResponse

from apps.accounts.typing import Request
from apps.core.htmx import page
from apps.projects.models import Project
from apps.projects.sections import Part


def attached(request: Request, project: Project, part: Part) -> HttpResponse:
    """The part as it stands in the document, again."""
    more = {
        "part": part,
        "drawn": part.snapshot(project),
        "edit_url": part.edit_url(project),
        "page_url": part.page_url(project),
    }
    return page(request, "projects/_attached.html", {"project": project, "more": more})
