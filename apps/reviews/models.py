from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.core.due import DueRow
from apps.core.models import Base, Versioned
from apps.projects.models import Project
from apps.reviews.enums import APPROVED, NEEDS_WORDS, Answer, Asked, Kind


class Round(Versioned):
    """A call for reading: these sections, these people, by this moment."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="review_rounds")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=120, blank=True)
    note = models.TextField(max_length=2000, blank=True)
    sections = models.JSONField(default=list)
    due_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    closed_at: "models.DateTimeField[datetime | None, datetime | None]" = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "number"], name="one_round_per_number")]

    def __str__(self) -> str:
        return self.title or _("Review, round %(number)d") % {"number": self.number}

    def get_absolute_url(self) -> str:
        return reverse("reviews:show", args=[self.project_id, self.pk])

    @property
    def answer_url(self) -> str:
        return reverse("reviews:answer", args=[self.project_id, self.pk])

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def is_late(self) -> bool:
        return self.is_open and self.due_at < timezone.now()


class ReviewRequest(Base):
    """One person's part in a round."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="requests")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="review_requests")
    asked = models.CharField(max_length=10, choices=Asked, default=Asked.COMMENT)
    opened_at: "models.DateTimeField[datetime | None, datetime | None]" = models.DateTimeField(null=True, blank=True)
    answered_at: "models.DateTimeField[datetime | None, datetime | None]" = models.DateTimeField(null=True, blank=True)
    nudged_at: "models.DateTimeField[datetime | None, datetime | None]" = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "user"], name="one_request_each")]

    def __str__(self) -> str:
        return f"{self.user} in {self.round}"


class Response(Versioned):
    """What a person says to one section: `answer` and `text` as they stand here, `sent_*` as the table sees them."""

    request = models.ForeignKey(ReviewRequest, models.CASCADE, related_name="responses")
    section = models.CharField(max_length=40)
    # To agree is to approve: this person has to, before the section is signed.
    approves = models.BooleanField(default=False)
    answer = models.CharField(max_length=12, choices=Answer, blank=True)
    text = models.TextField(max_length=4000, blank=True)
    sent_answer = models.CharField(max_length=12, choices=Answer, blank=True)
    sent_text = models.TextField(max_length=4000, blank=True)
    sent_at: "models.DateTimeField[datetime | None, datetime | None]" = models.DateTimeField(null=True, blank=True)
    # The section as it was when the answer was sent: what the next round is compared with.
    seen = models.JSONField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "section"], name="one_response_per_section"),
            models.CheckConstraint(
                condition=~Q(sent_answer__in=sorted(NEEDS_WORDS)) | ~Q(sent_text=""), name="doubts_are_said_in_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.section}: {self.answer or 'open'}"

    @property
    def is_drafted(self) -> bool:
        """There is an answer that the table does not see yet."""
        return bool(self.answer) and (self.answer, self.text) != (self.sent_answer, self.sent_text)

    @property
    def word(self) -> str | None:
        """What they say here, where it is an approval."""
        return _word(self.answer, approves=self.approves)

    @property
    def sent_word(self) -> str | None:
        """What they said to the table, where it is an approval."""
        return _word(self.sent_answer, approves=self.approves)

    @property
    def lacks_words(self) -> bool:
        return self.answer in NEEDS_WORDS and not self.text.strip()


def _word(answer: str, *, approves: bool) -> str | None:
    return str(APPROVED[Answer(answer)]) if answer and approves else None


class Reminder(DueRow):
    """An obligation to remind one person once. What matters is looked at again when it is due."""

    request = models.ForeignKey(ReviewRequest, models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=10, choices=Kind)
    # The due moment that it was made for; when the round moved, this one is void.
    for_due = models.DateTimeField()
    sent_at: "models.DateTimeField[datetime | None, datetime | None]" = models.DateTimeField(null=True, blank=True)

    class Meta(DueRow.Meta):
        abstract = False

    def __str__(self) -> str:
        return f"{self.kind} for {self.request_id}"
