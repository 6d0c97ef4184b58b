from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from apps.accounts.typing import Request
from apps.core.htmx import page
from apps.search import queries


@login_required
@require_GET
def find(request: Request) -> HttpResponse:
    """What the person may see of what they typed; in the bar only the best of each project."""
    in_bar = "bar" in request.GET
    found = queries.search(
        request.user,
        request.GET.get("q", ""),
        only=request.GET.get("project", ""),
        shown=queries.IN_BAR if in_bar else queries.IN_PROJECT,
    )
    fragment = "bar" if in_bar else "found"
    return page(
        request, "search/find.html", {"found": found, "only": request.GET.get("project", "")}, fragment=fragment
    )
