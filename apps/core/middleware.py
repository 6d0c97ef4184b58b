"""What every request gets."""

import time
from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from apps.core.htmx import wants_fragment
from apps.core.ids import uuid7

log = structlog.get_logger("request")
Answer = Callable[[HttpRequest], HttpResponse]


def visitor_address(get_response: Answer) -> Answer:
    """Behind proxies of one's own, the visitor's address is the one that the outermost of them saw.

    Each proxy appends whom it heard from, so the entry is counted from the right: what a visitor
    writes into the header stands further left and is never read.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        said = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
        if settings.TRUSTED_PROXIES and len(said) >= settings.TRUSTED_PROXIES:
            request.META["REMOTE_ADDR"] = said[-settings.TRUSTED_PROXIES]
        return get_response(request)

    return middleware


def request_log(get_response: Answer) -> Answer:
    """One structured line a request, with an id that is also in the answer."""

    def middleware(request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        request_id = str(uuid7())
        structlog.contextvars.bind_contextvars(request_id=request_id)
        try:
            response = get_response(request)
            response["X-Request-ID"] = request_id
            if not request.path.startswith(("/static/", "/livez", "/readyz")):
                match = request.resolver_match
                log.info(
                    "request",
                    method=request.method,
                    route=match.route if match else "",
                    status=response.status_code,
                    ms=round((time.perf_counter() - started) * 1000, 1),
                )
            return response
        finally:
            structlog.contextvars.clear_contextvars()

    return middleware


def no_endless_bodies(get_response: Answer) -> Answer:
    """Refuse what is larger than anything one uploads here, before a byte of it lands on the disk."""

    def middleware(request: HttpRequest) -> HttpResponse:
        said = request.META.get("CONTENT_LENGTH") or "0"
        if said.isdecimal() and int(said) > settings.LARGEST_REQUEST:
            return HttpResponse("Too large.\n", status=413, content_type="text/plain")
        return get_response(request)

    return middleware


def no_nul_cookies(get_response: Answer) -> Answer:
    """Forget cookies with a NUL inside (they may come quoted): PostgreSQL has no such character."""

    def middleware(request: HttpRequest) -> HttpResponse:
        for name in [name for name, value in request.COOKIES.items() if "\0" in value]:
            del request.COOKIES[name]
        return get_response(request)

    return middleware


def htmx_answers(get_response: Answer) -> Answer:
    """Turn redirects into something htmx follows as a page, and keep caches from mixing parts and pages."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        patch_vary_headers(response, ["HX-Request"])
        if wants_fragment(request) and response.status_code in (301, 302, 303):
            moved = HttpResponse(status=204)
            moved["HX-Redirect"] = response["Location"]
            moved.cookies = response.cookies
            return moved
        return response

    return middleware
