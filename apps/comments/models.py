from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.core.models import Base


class ThreadQuerySet(models.QuerySet["Thread"]):
    def open(self) -> "ThreadQuerySet":
        return self.filter(resolved_at=None)


class Thread(Base):
    """A conversation about one thing: `target` is its key, such as "section:purpose" or "risk:<uuid>"."""

    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="threads")
    target = models.CharField(max_length=120)
    quote = models.TextField(_("about these words"), blank=True, max_length=1000)
    quote_start = models.PositiveIntegerField(null=True, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="resolved_threads"
    )

    objects = ThreadQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["project", "target", "created_at"])]
        constraints = [
            models.CheckConstraint(
                name="resolver_has_a_time", condition=Q(resolved_by=None) | Q(resolved_at__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return self.target

    def get_absolute_url(self) -> str:
        return f"{reverse('comments:list', args=[self.project_id])}?target={self.target}#thread-{self.pk}"

    @property
    def is_open(self) -> bool:
        return self.resolved_at is None


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

    def __str__(self) -> str:
        return self.body[:60]
