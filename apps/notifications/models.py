from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from apps.core.due import DueRow, State

GONE = "(this text held a code or a link that works once, and was removed)"


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
    # Codes and one-time links do not stay in the table, whatever became of the mail.
    secret = models.BooleanField(default=False)
    # What the mail tells of, as `kind:id`: so that whoever sent it sees what became of it.
    about = models.CharField(max_length=80, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta(DueRow.Meta):
        abstract = False
        indexes = [
            *DueRow.Meta.indexes,
            models.Index(fields=["about", "-created_at"], condition=~Q(about=""), name="message_about"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} → {self.to}"

    @property
    def is_lost(self) -> bool:
        """It is over, and the mail did not leave as far as anybody knows."""
        return self.state in (State.FAILED, State.UNKNOWN)

    @property
    def trouble(self) -> str:
        """Why the mail is not there, for the person who sent it; empty when all is well."""
        why = {"why": self.last_error.rstrip(". ")}
        if self.state == State.FAILED:
            return _("The mail did not go out: %(why)s.") % why
        if self.state == State.UNKNOWN:
            return _("Nobody knows whether the mail went out: %(why)s.") % why
        if self.state == State.QUEUED and self.attempts:
            return _("The mail has not gone out yet and is tried again: %(why)s.") % why
        return ""

    def closing(self) -> list[str]:
        if not self.secret:
            return []
        self.text, self.html = GONE, ""
        return ["text", "html"]
