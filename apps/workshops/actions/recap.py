"""The recap leaves: to exactly those who were ticked, once each."""

from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.core.errors import DomainError
from apps.events.log import record
from apps.notifications import outbox
from apps.workshops import queries
from apps.workshops.minutes import minutes
from apps.workshops.models import Participant, Workshop


@transaction.atomic
def send_recap(workshop: Workshop, *, recipients: list[UUID], by: User) -> int:
    """Mail the recap to these participants; returns to how many. Pressing twice sends once."""
    if not workshop.is_ended:
        raise DomainError(_("The recap can be sent when the workshop is over."))
    chosen = [seat for seat in queries.attendance(workshop) if seat.pk in set(recipients)]
    if not chosen or any(not seat.address for seat in chosen):
        raise DomainError(_("Tick at least one person who has an address."))
    context = _context(workshop)
    for seat in chosen:
        _send(workshop, seat, context)
    record("recap.sent", subject=workshop, by=by, stream=workshop.stream, people=len(chosen))
    return len(chosen)


def _context(workshop: Workshop) -> dict[str, object]:
    return {
        "workshop": workshop,
        "project": workshop.project,
        "record": minutes(workshop),
        "path": reverse("workshops:recap", args=[workshop.project_id, workshop.pk]),
    }


def _send(workshop: Workshop, seat: Participant, context: dict[str, object]) -> None:
    outbox.send(
        to=seat.user or seat.email,
        subject=_("What was said: %(title)s") % {"title": workshop.title},
        template="mail/workshop_recap",
        context={**context, "seat": seat},
        effect_key=f"recap:{workshop.pk}:{seat.pk}",
        about=str(workshop.pk),
    )
