"""What people are told about a round, and the reminders that the sweep hands over."""

from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.links import addressed
from apps.core.due import State, claim, finish
from apps.notifications import outbox
from apps.notifications.enums import Pace
from apps.reviews import asking, queries
from apps.reviews.enums import Kind
from apps.reviews.models import Reminder, ReviewRequest
from apps.reviews.times import is_working_time, next_working_moment

LEASE_SECONDS = 60


def ask(request: ReviewRequest) -> None:
    """The request itself, as the person chose: at once, with the daily mail, or not by mail."""
    if asking.pace(request) != Pace.NOW:
        asking.put_into_digest(request)
        return
    _send(request, _("Your answer on “%(title)s”"), "request", f"review-request:{request.pk}")


def nudge(request: ReviewRequest, *, key: str) -> None:
    """A word from the host, by hand."""
    _send(request, _("Waiting for your answer on “%(title)s”"), "nudge", f"review-nudge:{request.pk}:{key}")


@transaction.atomic
def remind(reminder_id: str) -> None:
    """Send a reminder that is due, if it still makes sense. Safe to run twice: the mail has one key."""
    reminder = claim(Reminder, reminder_id, lease_seconds=LEASE_SECONDS)
    if reminder is None:
        return
    if reason := _void(reminder):
        finish(reminder, State.DONE, reason)
        return
    zone = ZoneInfo(reminder.request.user.time_zone)
    if not is_working_time(timezone.now(), zone):
        _wait_for_morning(reminder, zone)
        return
    words = _("Tomorrow: your answer on “%(title)s”") if reminder.kind == Kind.BEFORE else _("Today: “%(title)s”")
    _send(reminder.request, words, reminder.kind, f"reminder:{reminder.effect_key}")
    reminder.sent_at = timezone.now()
    reminder.save(update_fields=["sent_at"])
    finish(reminder, State.DONE)


def _void(reminder: Reminder) -> str:
    """Why there is nothing to remind of any more; empty when there is."""
    request, round = reminder.request, reminder.request.round
    if request.answered_at:
        return "Answered."
    if not round.is_open:
        return "The round is closed."
    if round.due_at != reminder.for_due:
        return "The due date has moved."
    if round.due_at <= timezone.now():
        return "The due date has passed."
    if not queries.is_member(request):
        return "Not a member any more."
    if asking.pace(request) == Pace.NEVER:
        return "They chose no mail about requests."
    later = request.reminders.filter(kind=Kind.DUE_DAY, for_due=round.due_at, due_at__lte=timezone.now())
    if reminder.kind == Kind.BEFORE and later.exists():
        return "The reminder of the due day says it all."
    return ""


def _wait_for_morning(reminder: Reminder, zone: ZoneInfo) -> None:
    """A sweep that ran late does not wake anybody; what no working hour is left for falls away."""
    morning = next_working_moment(timezone.now(), zone)
    if morning >= reminder.for_due:
        finish(reminder, State.DONE, "No working hour was left before the due date.")
        return
    reminder.due_at = morning
    reminder.save(update_fields=["due_at"])
    finish(reminder, State.QUEUED)


def _send(request: ReviewRequest, words: str, kind: str, key: str) -> None:
    round = request.round
    zone = ZoneInfo(request.user.time_zone)
    with timezone.override(zone):
        outbox.send(
            to=request.user,
            subject=words % {"title": round.project.title},
            template="mail/review",
            context={
                "kind": kind,
                "request": request,
                "round": round,
                "project": round.project,
                "topics": queries.topics(round.sections),
                "approves": queries.to_approve(request),
                "due": timezone.localtime(round.due_at),
                "zone": zone.key.rsplit("/", 1)[-1].replace("_", " "),
                "path": addressed(round.answer_url, request.user),
            },
            effect_key=key,
            about=f"review-request:{request.pk}",
        )
