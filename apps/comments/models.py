from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.core.models import Base
from apps.core.text.passages import Quoted


class ThreadQuerySet(models.QuerySet["Thread"]):
    def open(self) -> "ThreadQuerySet":
        return self.filter(resolved_at=None)


class Thread(Base):
    """A conversation about one thing: `target` is its key, such as "section:purpose" or "risk:<uuid>"."""

    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="threads")
    target = models.CharField(max_length=120)
    # The section of the document in which the target stands, so that its margin finds what was said about its rows.
    section = models.CharField(max_length=40, blank=True)
    quote = models.TextField(_("about these words"), blank=True, max_length=1000)
    quote_start = models.PositiveIntegerField(null=True, blank=True)
    # What stood around the words, to tell equal places apart.
    quote_before = models.CharField(max_length=80, blank=True)
    quote_after = models.CharField(max_length=80, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="resolved_threads"
    )

    objects = ThreadQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["project", "target", "created_at"]),
            models.Index(
                fields=["project", "section", "-created_at"], condition=Q(resolved_at=None), name="open_threads"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="resolver_has_a_time", condition=Q(resolved_by=None) | Q(resolved_at__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return self.target

    def get_absolute_url(self) -> str:
        return reverse("comments:thread", args=[self.project_id, self.pk])

    @property
    def is_open(self) -> bool:
        return self.resolved_at is None

    @property
    def last_said(self) -> "Comment":
        """The newest comment of a thread that was loaded with its comments."""
        return list(self.comments.all())[-1]

    @property
    def quoted(self) -> Quoted:
        """The words it is about, to be found in the text as it is now."""
        return Quoted(self.quote, self.quote_before, self.quote_after, str(self.pk))


class Comment(Base):
    """One thing that one person said in a thread. What was said is never changed."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="comments")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="comments"
    )
    body = models.TextField(_("comment"), max_length=4000)

    class Meta:
        ordering = [F("created_at").asc(), "pk"]
        constraints = [models.CheckConstraint(name="comment_says_something", condition=~Q(body=""))]
        indexes = [models.Index(fields=["thread", "created_at"])]

    def __str__(self) -> str:
        return self.body[:60]


class Mention(Base):
    """A person whose name stands in a comment, and who may read it."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="mentions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mentions")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comment", "user"], name="one_mention_of_each_person")]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.comment_id}"


class Look(models.Model):
    """How far a person has read a thread: the moment of the last comment that stood on their screen."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="looks")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thread", "user"], name="one_look_at_each_thread")]

    def __str__(self) -> str:
        return f"{self.user_id} at {self.at}"
