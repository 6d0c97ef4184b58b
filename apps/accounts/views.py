from allauth.account.views import confirm_login_code
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts import actions, links
from apps.accounts.forms import ProfileForm, SetUpForm, ZoneForm
from apps.accounts.typing import Request
from apps.core.errors import DomainError
from apps.core.forms import Outcome, submit
from apps.core.htmx import gone_to, page

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@require_http_methods(["GET", "POST"])
def link_enter(request: HttpRequest, token: str) -> HttpResponse:
    """Sign in by a one-time link; looking at it leaves it whole."""
    link = links.look(token, links.ENTER)
    error = "" if link else _("This link has been used or is too old. Ask for a new one, or sign in with your address.")
    if link and request.method == "POST":
        try:
            person = links.use(token, links.ENTER).user
        except DomainError as refusal:
            error = str(refusal)
        else:
            login(request, person, backend=BACKEND)
            return redirect("/")
    return page(request, "accounts/link_enter.html", {"link": link, "error": error}, status=200 if not error else 409)


@require_http_methods(["GET", "POST"])
def link_set_up(request: HttpRequest, token: str) -> HttpResponse:
    """The first host introduces themselves."""
    if links.look(token, links.SETUP) is None:
        return page(
            request, "accounts/link_enter.html", {"error": _("This link has been used or is too old.")}, status=409
        )
    form = SetUpForm(request.POST or None)
    outcome = submit(form, actions.set_up, token)
    if outcome == Outcome.SAVED:
        login(request, form.result, backend=BACKEND)  # type: ignore[attr-defined]
        return redirect("/")
    return page(request, "accounts/set_up.html", {"form": form}, status=outcome)


def code_confirm(request: HttpRequest) -> HttpResponse:
    """The page for the six digits. Where it sends people back to ask for another code, it says why."""
    response = confirm_login_code(request)
    again = reverse("account_request_login_code")
    if response.status_code != 302 or response["Location"].split("?")[0] != again:
        return response
    if not messages.get_messages(request):
        messages.error(request, _("This code is too old. Ask for a new one; you come to the same page afterwards."))
    to = request.POST.get("next") or request.GET.get("next")
    return redirect(f"{again}?{urlencode({'next': to})}" if to else again)


@login_required
@require_http_methods(["GET", "POST"])
def profile(request: Request) -> HttpResponse:
    """One's own name, zone and appearance."""
    user = request.user
    form = ProfileForm(
        request.POST or None, initial={"name": user.name, "time_zone": user.time_zone, "theme": user.theme}
    )
    outcome = submit(form, actions.change_profile, user)
    if outcome == Outcome.SAVED:
        return gone_to(request, "accounts:profile")
    return page(request, "accounts/profile.html", {"form": form}, status=outcome)


@login_required
@require_POST
def zone(request: Request) -> HttpResponse:
    """The browser says where it is; sent once by a script when it differs."""
    form = ZoneForm(request.POST)
    if form.is_valid():
        actions.adopt_reader_settings(request.user, **form.cleaned_data)
    return HttpResponse(status=204)
