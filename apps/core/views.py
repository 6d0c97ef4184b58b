from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.cache import never_cache

from apps.core import health


@never_cache
def livez(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Can people work here? 503 only when pages and saves cannot; the rest is told."""
    found = health.checks()
    ready = all(check.ok for check in found if check.required)
    lines = [f"{'ok  ' if check.ok else 'FAIL'} {check.name}: {check.detail}\n" for check in found]
    return HttpResponse("".join(lines), status=200 if ready else 503, content_type="text/plain")


def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for it at this address whatever the page says."""
    return redirect(static("icons/mark.svg"))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without a valid token: say so plainly, keep the person's page one step back."""
    return render(request, "403_csrf.html", {"reason": reason}, status=403)


def styleguide(request: HttpRequest) -> HttpResponse:
    return render(request, "styleguide.html")
