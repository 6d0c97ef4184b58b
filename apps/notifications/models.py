from typing import ClassVar

from django.conf import settings
from django.db import models

from apps.core.due import DueRow


class Message(DueRow):
    """One mail to one person. The row is written with what it tells of; SMTP comes after the commit.

    SMTP cannot promise exactly once: a worker that dies while sending leaves the message `unknown`,
    it is shown to the host and not sent again by itself.
    """

    repeat_after_crash: ClassVar[bool] = False
    # A mail server may be down over a weekend: three days of a try every five minutes.
    max_attempts: ClassVar[int] = 870

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="messages"
    )
    to = models.EmailField(max_length=254)
    subject = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField(blank=True)
    # Codes and one-time links do not stay in the table after they have left.
    secret = models.BooleanField(default=False)
    about = models.CharField(max_length=80, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta(DueRow.Meta):
        abstract = False

    def __str__(self) -> str:
        return f"{self.subject} → {self.to}"
