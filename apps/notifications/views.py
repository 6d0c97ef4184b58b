from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from apps.accounts.typing import Request
from apps.core.forms import Outcome, submit
from apps.core.htmx import gone_to, page
from apps.notifications import actions, mailbox, news, queries, stopping
from apps.notifications.forms import PacesForm

CLOSED = "notifications/mailbox_closed.html"


@never_cache
@require_GET
def mailbox_list(request: HttpRequest) -> HttpResponse:
    """Every mail that this installation has sent to itself; only where a catcher runs."""
    if not settings.MAILBOX:
        raise Http404
    if not mailbox.open_to(request):
        return page(request, CLOSED, {}, status=403)
    return page(request, "notifications/mailbox.html", {"mails": mailbox.mails()})


@never_cache
@require_GET
def mailbox_show(request: HttpRequest, name: str) -> HttpResponse:
    """One mail as text, its links alive."""
    if settings.MAILBOX and not mailbox.open_to(request):
        return page(request, CLOSED, {}, status=403)
    mail = mailbox.mail(name)
    if mail is None:
        raise Http404
    return page(request, "notifications/mailbox_show.html", {"mail": mail})


@login_required
@require_http_methods(["GET", "POST"])
def paces(request: Request) -> HttpResponse:
    """How often mail comes, for each kind of news."""
    form = PacesForm(request.POST or None, initial=queries.paces(request.user))
    outcome = submit(form, actions.choose_paces, request.user)
    if outcome == Outcome.SAVED:
        messages.success(request, _("Saved. It counts from the next mail on."))
        return gone_to(request, "notifications:paces")
    return page(request, "notifications/paces.html", {"form": form}, status=outcome)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def mail_stop(request: HttpRequest, token: str) -> HttpResponse:
    """End a kind of mail from the mail itself. Looking changes nothing; mail programs post here by themselves (RFC 8058),
    signed out and without a token of ours: the address is the proof."""
    asked = stopping.read(token)
    if asked is None:
        raise Http404
    stopped = request.method == "POST"
    if stopped:
        actions.stop(asked.user, kind=asked.kind)
    label = next((kind.label for kind in news.kinds() if kind.key == asked.kind), _("the daily mail"))
    return page(request, "notifications/stop.html", {"asked": asked, "label": label, "stopped": stopped})
