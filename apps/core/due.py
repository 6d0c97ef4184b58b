"""Effects outside the database (mail, PDF, reminders) are rows first.

A row is due, somebody claims it under a lease, does the work, and finishes it. Many processes may
try: PostgreSQL's row locks decide. A lease that ran out means that the worker died; whether the
work may be tried again is the model's own choice (`repeat_after_crash`).
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, ClassVar
from uuid import UUID

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.core.models import Base

Work = Callable[[str], None]
SWEEP_BATCH = 50
MAX_ATTEMPTS = 8


class State(models.TextChoices):
    QUEUED = "queued", _("queued")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    UNKNOWN = "unknown", _("unknown")


OVER = {State.DONE, State.FAILED, State.UNKNOWN}


class DueRow(Base):
    """A thing to do once, at or after `due_at`."""

    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    due_at = models.DateTimeField(default=timezone.now)
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    effect_key = models.CharField(max_length=200, unique=True)
    last_error = models.TextField(blank=True)

    # Work that is safe to do twice is tried again after a crash; work that is not (a mail
    # that may have left) becomes `unknown` and waits for a person.
    repeat_after_crash: ClassVar[bool] = True
    max_attempts: ClassVar[int] = MAX_ATTEMPTS

    class Meta:
        abstract = True
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state__in=["queued", "running"]), name="%(class)s_due"),
        ]

    def closing(self) -> list[str]:
        """What else changes on the row when it is over; returns the names of the changed fields."""
        return []


_kinds: dict[type[DueRow], Work] = {}


def register(model: type[DueRow], work: Work) -> None:
    """Tell the sweep that rows of `model` are done by `work(pk)`."""
    _kinds[model] = work


def claim(model: type[Any], pk: str | UUID, *, lease_seconds: int) -> Any | None:
    """Take the row for `lease_seconds`; None when it is finished, not due yet, or somebody else's."""
    now = timezone.now()
    with transaction.atomic():
        row = model.objects.select_for_update(skip_locked=True, of=("self",)).filter(_free(now), pk=pk).first()
        if row is None:
            return None
        if row.state == State.RUNNING and not model.repeat_after_crash:
            finish(row, State.UNKNOWN, "The worker stopped while doing this.")
            return None
        row.state = State.RUNNING
        row.attempts += 1
        row.lease_until = now + timedelta(seconds=lease_seconds)
        row.save(update_fields=["state", "attempts", "lease_until", "updated_at"])
    return row


def finish(row: DueRow, state: State, error: str = "") -> None:
    """Close the row, whatever became of it."""
    row.state = state
    row.lease_until = None
    row.last_error = error[:4000]
    changed = row.closing() if state in OVER else []
    row.save(update_fields=["state", "lease_until", "last_error", "updated_at", *changed])


def try_later(row: DueRow, error: str) -> None:
    """Put the row back with a growing pause (5 s, 10 s, 20 s … 5 min); give up after `max_attempts`."""
    if row.attempts >= row.max_attempts:
        finish(row, State.FAILED, error)
        return
    row.state = State.QUEUED
    row.lease_until = None
    row.last_error = error[:4000]
    row.due_at = timezone.now() + timedelta(seconds=min(300, 5 * 2 ** min(row.attempts - 1, 10)))
    row.save(update_fields=["state", "lease_until", "last_error", "due_at", "updated_at"])


def waiting() -> list[tuple[str, str]]:
    """Everything that is due and free, as (model label, pk); the oldest of each kind first."""
    found = []
    for model in _kinds:
        rows = model.objects.filter(_free(timezone.now())).order_by("due_at")  # type: ignore[attr-defined]
        found += [(model._meta.label, str(pk)) for pk in rows.values_list("pk", flat=True)[:SWEEP_BATCH]]
    return found


def do(label: str, pk: str) -> None:
    """Do the work of one row; `claim` inside it decides whether there is any left."""
    for model, work in _kinds.items():
        if model._meta.label == label:
            work(pk)


def oldest_wait_seconds() -> float:
    """Age in seconds of the oldest row that should have been done by now, 0 when none waits."""
    now = timezone.now()
    oldest = [
        first
        for model in _kinds
        if (first := model.objects.filter(_free(now)).aggregate(first=models.Min("due_at"))["first"])  # type: ignore[attr-defined]
    ]
    return (now - min(oldest)).total_seconds() if oldest else 0.0


def _free(now: Any) -> Q:
    return Q(state=State.QUEUED, due_at__lte=now) | Q(state=State.RUNNING, lease_until__lte=now)
