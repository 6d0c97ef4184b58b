from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from apps.core.due import DueRow, State
from apps.core.models import Base
from apps.notifications.enums import Pace

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
    headers: Any = models.JSONField(default=dict, blank=True)
    # An invitation for their calendar, as iCalendar text.
    calendar = models.TextField(blank=True)
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


class Preference(Base):
    """How often a person wants mail about one kind of news; without a row it is the kind's own pace."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mail_preferences")
    kind = models.CharField(max_length=20)
    pace = models.CharField(max_length=5, choices=Pace)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="one_preference_of_each_kind")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.pace}"


class Notice(Base):
    """One thing that one person is to be told. `about` names it for the kind that tells it."""

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=20)
    about = models.CharField(max_length=80)
    pace = models.CharField(max_length=5, choices=Pace)
    # When a mail told it, or when it was found that there is nothing left to tell.
    settled_at = models.DateTimeField(null=True, blank=True)
    told = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["recipient", "about"], name="one_notice_of_each_thing")]
        indexes = [
            models.Index(fields=["recipient"], condition=Q(settled_at=None), name="notices_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.about}"


class Letter(DueRow):
    """A mail of news that is to be written: about `notice` at once, or the digest of all that waits for a person.

    Writing it only puts a message into the outbox, under a key of its own: after a crash it may be done again.
    """

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="letters")
    notice = models.ForeignKey(Notice, models.CASCADE, null=True, blank=True, related_name="letters")

    class Meta(DueRow.Meta):
        abstract = False

    def __str__(self) -> str:
        return self.effect_key
