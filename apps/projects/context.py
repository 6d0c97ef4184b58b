from typing import Any

from django.http import HttpRequest

from apps.projects.way_back import way_back


def project(request: HttpRequest) -> dict[str, Any]:
    """What templates of a page inside a project know: the project and what one may do in it."""
    if not hasattr(request, "project"):
        return {}
    return {
        "project": request.project,
        "may": request.may,  # type: ignore[attr-defined]
        "membership": request.membership,  # type: ignore[attr-defined]
        "way_back": way_back(request, request.project),
    }
