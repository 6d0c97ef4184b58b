from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from apps.events.origin import Origin, current


def origin(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Remember address, browser and tab of the request for what it records."""

    def middleware(request: HttpRequest) -> HttpResponse:
        token = current.set(
            Origin(
                ip=request.META.get("REMOTE_ADDR") or None,
                agent=request.headers.get("User-Agent", "")[:300],
                client=request.headers.get("X-Client", "")[:40],
            )
        )
        try:
            return get_response(request)
        finally:
            current.reset(token)

    return middleware
