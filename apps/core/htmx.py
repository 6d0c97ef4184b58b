"""The answers a view gives. Nothing else asks whether htmx is there."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe


def wants_fragment(request: HttpRequest) -> bool:
    """True when htmx will swap a part; a boosted link and a restored page want it whole."""
    htmx = request.htmx  # type: ignore[attr-defined]
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    fragment: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """The whole page, or only `fragment` of it when htmx asked."""
    part = f"{template}#{fragment}" if fragment and wants_fragment(request) else template
    return HttpResponse(render_to_string(part, context, request), status=status)


def saved(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    fragment: str,
    then: Any,
    oob: Iterable[str] = (),
    changed: str | None = None,
) -> HttpResponse:
    """Saved: the changed fragment and its neighbours for htmx, a redirect to `then` without it."""
    if not wants_fragment(request):
        return redirect(then)
    parts = [render_to_string(f"{template}#{fragment}", context, request)]
    parts += [render_to_string(f"{template}#{name}", {**context, "oob": True}, request) for name in oob]
    response = HttpResponse(mark_safe("".join(parts)))  # noqa: S308 - rendered templates
    if changed:
        response["HX-Trigger"] = changed
    return response


def gone_to(request: HttpRequest, to: Any) -> HttpResponse:
    """Saved, and the person goes elsewhere. The middleware makes it an HX-Redirect for htmx."""
    return redirect(to)
