"""What signers and hosts are told."""

from zoneinfo import ZoneInfo

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.core.due import State, claim, finish
from apps.notifications import outbox
from apps.notifications.enums import Pace
from apps.notifications.queries import paces_of
from apps.reviews.asking import REQUEST
from apps.reviews.times import is_working_time, next_working_moment
from apps.signoffs import queries
from apps.signoffs.models import SignReminder, SignRequest
from apps.signoffs.times import next_reminder

LEASE_SECONDS = 60


def asked(request: SignRequest) -> None:
    """The request itself, once, when it is the signer's turn; from then on they are reminded until they answer."""
    baseline = request.baseline
    before = queries.last_signed(baseline.project, request.signer, before=baseline.number)
    outbox.send(
        to=request.signer,
        subject=_("Your signature: %(title)s, baseline %(number)s")
        % {"title": baseline.project.title, "number": baseline.number},
        template="mail/sign_request",
        context={"request": request, "baseline": baseline, "before": before, "path": _path(request)},
        effect_key=f"sign-request:{request.pk}",
        about=f"sign-request:{request.pk}",
    )
    zone = ZoneInfo(request.signer.time_zone)
    fields = {"effect_key": f"sign-reminder:{request.pk}", "due_at": next_reminder(request.due, zone, timezone.now())}
    SignReminder.objects.get_or_create(request=request, defaults=fields)


@transaction.atomic
def remind(reminder_id: str) -> None:
    """Remind a signer, and plan the next reminder. What matters is looked at again first. Safe to run twice."""
    reminder = claim(SignReminder, reminder_id, lease_seconds=LEASE_SECONDS)
    if reminder is None:
        return
    request = queries.with_baseline(reminder.request_id)
    if over := queries.why_not_to_remind(request):
        finish(reminder, State.DONE, over)
        return
    now, zone = timezone.now(), ZoneInfo(request.signer.time_zone)
    if not is_working_time(now, zone):
        # A sweep that was late does not disturb a weekend.
        reminder.due_at = next_working_moment(now, zone)
    else:
        _remind(request, reminder.sent + 1)
        reminder.sent, reminder.due_at = reminder.sent + 1, next_reminder(request.due, zone, now)
    reminder.save(update_fields=["sent", "due_at", "updated_at"])
    finish(reminder, State.QUEUED)


def _remind(request: SignRequest, time: int) -> None:
    if paces_of([request.signer], REQUEST)[request.signer_id] == Pace.NEVER:
        return
    baseline = request.baseline
    outbox.send(
        to=request.signer,
        subject=_("Still open: your signature, %(title)s, baseline %(number)s")
        % {"title": baseline.project.title, "number": baseline.number},
        template="mail/sign_request",
        context={"request": request, "baseline": baseline, "reminder": True, "path": _path(request)},
        effect_key=f"sign-reminder:{request.pk}:{time}",
        about=f"sign-request:{request.pk}",
    )


def code(request: SignRequest, digits: str, *, key: str) -> None:
    outbox.send(
        to=request.signer,
        subject=_("Your code to sign baseline %(number)s") % {"number": request.baseline.number},
        template="mail/sign_code",
        context={"code": digits, "baseline": request.baseline, "project_title": request.baseline.project.title},
        effect_key=f"sign-code:{key}",
        secret=True,
        about=f"sign-request:{request.pk}",
    )


def declined(request: SignRequest, *, host: User) -> None:
    outbox.send(
        to=host,
        subject=_("%(name)s declined to sign baseline %(number)s")
        % {"name": request.signer, "number": request.baseline.number},
        template="mail/sign_declined",
        context={"request": request, "baseline": request.baseline, "path": _path(request)},
        effect_key=f"sign-declined:{request.pk}:{host.pk}",
        about=f"sign-declined:{request.pk}",
    )


def _path(request: SignRequest) -> str:
    baseline = request.baseline
    return reverse("signoffs:show", args=[baseline.project_id, baseline.number])
