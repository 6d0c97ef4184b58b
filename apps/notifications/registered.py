"""What the sweep does with messages."""

from apps.core import due
from apps.notifications.mail import deliver
from apps.notifications.models import Message


def register() -> None:
    due.register(Message, deliver)
