"""What the host's screen answers with after something was done on it."""

from typing import Any

from django.forms import Form
from django.http import HttpResponse

from apps.core.forms import Outcome
from apps.core.htmx import gone_to, page, saved
from apps.workshops.models import Workshop
from apps.workshops.views.console import CONSOLE, console, console_url
from apps.workshops.views.door import HostRequest

CARDS = "cards:changed"
ITEMS = "items:changed"


def laid(
    request: HostRequest,
    workshop: Workshop,
    form: Form,
    outcome: Outcome,
    *,
    changed: str,
    part: str = "board",
    beside: tuple[str, ...] = ("side",),
    **refused: Any,
) -> HttpResponse:
    """A part of the screen as it is now, with those `beside` it; refused, the reason and what else it needs then."""
    context = console(request, workshop)
    if outcome != Outcome.SAVED:
        return page(request, CONSOLE, {**context, "refused": form, **refused}, fragment=part, status=outcome)
    then = console_url(workshop) + context["look"]
    return saved(request, CONSOLE, context, fragment=part, oob=beside, then=then, changed=changed)


def off_the_desk(request: Any, workshop: Workshop, *, ended: str) -> HttpResponse:
    """What was written beside the board is done: the board again, or `ended` when the workshop is over."""
    if workshop.is_ended:
        return gone_to(request, ended)
    then = console_url(workshop)
    return saved(request, CONSOLE, console(request, workshop), fragment="desk", oob=["board"], then=then, changed=CARDS)
