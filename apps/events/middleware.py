from collections.abc import Callable
from ipaddress import ip_address

from django.http import HttpRequest, HttpResponse

from apps.events.origin import Origin, current


def origin(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Remember address, browser and tab of the request for what it records."""

    def middleware(request: HttpRequest) -> HttpResponse:
        token = current.set(
            Origin(
                ip=_address(request),
                agent=request.headers.get("User-Agent", "")[:300],
                client=request.headers.get("X-Client", "")[:40],
            )
        )
        try:
            return get_response(request)
        finally:
            current.reset(token)

    return middleware


def _address(request: HttpRequest) -> str | None:
    """Where the request came from; what a proxy or a socket says instead of an address is none."""
    try:
        return str(ip_address(request.META.get("REMOTE_ADDR", "").partition("%")[0]))
    except ValueError:
        return None
