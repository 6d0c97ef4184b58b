from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from apps.core.htmx import page
from apps.notifications import mailbox

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
