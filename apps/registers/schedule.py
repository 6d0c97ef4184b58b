"""What the clock does for tables."""

from celery import shared_task
from django.utils import timezone

from apps.notifications.actions import notify
from apps.registers.slips import SLIPPED, slipped

MORNING = 8


@shared_task(name="registers.tell_slips", ignore_result=True)
def tell_slips() -> None:
    """Tell of dependencies that missed their day, from eight in the morning on; run twice it tells once."""
    now = timezone.localtime()
    if now.hour < MORNING:
        return
    for user, about in slipped(now.date()):
        notify([user], kind=SLIPPED, about=about)
