from http import HTTPStatus

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from apps.accounts.typing import Request
from apps.core import limits
from apps.core.htmx import page
from apps.search import queries

FIND = "search/find.html"
# Twice a second for a whole minute: nobody types so long, and each question reads all tables.
MOST_A_MINUTE = 120


@login_required
@require_GET
def find(request: Request) -> HttpResponse:
    """What the person may see of what they typed; in the bar only the best of each project."""
    typed, only = request.GET.get("q", ""), request.GET.get("project", "")
    in_bar = "bar" in request.GET
    fragment = "bar" if in_bar else "found"
    if typed.strip() and limits.count("search", request.user.pk, seconds=60) > MOST_A_MINUTE:
        context = {"found": queries.Found(typed), "only": only, "too_often": True}
        return page(request, FIND, context, fragment=fragment, status=HTTPStatus.TOO_MANY_REQUESTS)
    found = queries.search(request.user, typed, only=only, shown=queries.IN_BAR if in_bar else queries.IN_PROJECT)
    return page(request, FIND, {"found": found, "only": only}, fragment=fragment)
