from collections.abc import Callable
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.http import HttpRequest, HttpResponse
from django.utils import timezone


def reader(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Show times in the reader's own zone: the account's, or the one a guest's browser told us."""

    def middleware(request: HttpRequest) -> HttpResponse:
        name = ""
        if request.session.get("_auth_user_id"):
            name = getattr(request.user, "time_zone", "")
        else:
            name = request.COOKIES.get("zone", "")
        try:
            zone = ZoneInfo(name or "UTC")
        except (ZoneInfoNotFoundError, ValueError):
            zone = ZoneInfo("UTC")
        with timezone.override(zone):
            return get_response(request)

    return middleware
