"""What the sweep does with messages and letters."""

from apps.core import due
from apps.notifications import letters
from apps.notifications.mail import deliver
from apps.notifications.models import Letter, Message


def register() -> None:
    due.register(Message, deliver)
    due.register(Letter, letters.write)
