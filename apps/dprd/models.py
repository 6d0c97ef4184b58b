from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.core.models import Base, Versioned
from apps.dprd.enums import Key, Outcome, State, Verdict, Way

LONGEST = 200_000


class Section(Versioned):
    """A section of prose. A row exists once somebody wrote in it, set its state or owns it."""

    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="sections")
    key = models.CharField(max_length=20, choices=Key)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.EMPTY)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="owned_sections"
    )
    text = models.TextField(_("text"), blank=True, max_length=LONGEST)
    text_version = models.PositiveIntegerField(default=1, editable=False)
    ready_version = models.PositiveIntegerField(null=True, blank=True, editable=False)
    ready_at = models.DateTimeField(null=True, blank=True, editable=False)
    ready_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "key"], name="one_section_of_each_kind"),
            models.CheckConstraint(name="section_of_a_known_kind", condition=Q(key__in=Key.values)),
        ]

    def __str__(self) -> str:
        return str(self.title)

    def get_absolute_url(self) -> str:
        return f"{reverse('dprd:document', args=[self.project_id])}#{self.key}"

    @property
    def title(self) -> str:
        return str(Key(self.key).label)

    @property
    def target(self) -> str:
        """What comments call this section."""
        return f"section:{self.key}"

    @property
    def states(self) -> list[tuple[str, str]]:
        """The states one may choose: text or none decides about "empty"."""
        chosen = (State.DRAFT, State.READY) if self.text.strip() else (State.EMPTY,)
        return [(state.value, str(state.label)) for state in chosen]

    @property
    def changed_since_ready(self) -> bool:
        """Whether the text is no longer the one that somebody called ready."""
        return self.state == State.READY and self.ready_version is not None and self.text_version > self.ready_version

    @property
    def is_stored(self) -> bool:
        return not self._state.adding


class Revision(Base):
    """A text that somebody sent, exactly as sent, and the section's text after it was merged."""

    section = models.ForeignKey(Section, models.CASCADE, related_name="revisions")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="revisions"
    )
    client_key = models.CharField(max_length=64)
    base_version = models.PositiveIntegerField()
    base_key = models.CharField(max_length=64, blank=True)
    submitted = models.TextField(blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.KEPT)
    version = models.PositiveIntegerField(null=True, blank=True)
    text = models.TextField(blank=True)
    origin = models.CharField(_("where it came from"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["section", "author", "client_key"], name="one_revision_per_sending"),
            models.CheckConstraint(
                name="a_merged_revision_has_a_version",
                condition=Q(outcome=Outcome.KEPT, version=None) | Q(~Q(outcome=Outcome.KEPT), version__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["section", "-version"]), models.Index(fields=["section", "-created_at"])]

    def __str__(self) -> str:
        return f"{self.section_id} {self.version or self.outcome}"


class ConflictCopy(Base):
    """Words that could not be merged: `other` stands beside the passage `saved` until a person settles it.

    `start` and `end` point into the text of `revision`, the sending that brought `other`.
    """

    section = models.ForeignKey(Section, models.CASCADE, related_name="conflicts")
    revision = models.ForeignKey(Revision, models.CASCADE, related_name="conflicts")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    saved_author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    base = models.TextField(blank=True)
    saved = models.TextField(blank=True)
    other = models.TextField(blank=True)
    way = models.CharField(max_length=10, choices=Way, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["section"], condition=Q(resolved_at=None), name="open_conflicts")]

    def __str__(self) -> str:
        return self.other[:60]


class Seen(models.Model):
    """How far a person has read a section: the version of its text that stood on their screen."""

    section = models.ForeignKey(Section, models.CASCADE, related_name="seen")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    version = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["section", "user"], name="one_look_per_person")]

    def __str__(self) -> str:
        return f"{self.user_id} at {self.version}"


class Suggestion(Base):
    """Other words for a passage, until an editor takes or declines them.

    `start` and `end` point into the section's text of version `base_version`; `quote` is what stood there.
    """

    section = models.ForeignKey(Section, models.CASCADE, related_name="suggestions")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    base_version = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField(blank=True)
    replacement = models.TextField(blank=True)
    why = models.CharField(_("why"), max_length=500, blank=True)
    verdict = models.CharField(max_length=10, choices=Verdict, default=Verdict.OPEN)
    word = models.CharField(max_length=500, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    revision = models.ForeignKey(Revision, models.SET_NULL, null=True, blank=True, related_name="suggestions")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_settled_suggestion_has_a_time",
                condition=Q(verdict=Verdict.OPEN, settled_at=None)
                | Q(~Q(verdict=Verdict.OPEN), settled_at__isnull=False),
            ),
            models.CheckConstraint(name="a_suggestion_changes_something", condition=~Q(quote=models.F("replacement"))),
        ]
        indexes = [models.Index(fields=["section"], condition=Q(settled_at=None), name="open_suggestions")]

    def __str__(self) -> str:
        return self.replacement[:60]

    def get_absolute_url(self) -> str:
        return f"{reverse('dprd:document', args=[self.section.project_id])}#suggestion-{self.pk}"

    @property
    def is_open(self) -> bool:
        return self.verdict == Verdict.OPEN


class Presence(models.Model):
    """Where in the document a browser tab of a member is. Lost in a crash, and nobody minds."""

    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="presences")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    client = models.CharField(max_length=64)
    section = models.CharField(max_length=40, blank=True)
    typing = models.BooleanField(default=False)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "user", "client"], name="one_presence_per_tab")]
        indexes = [models.Index(fields=["project", "seen_at"])]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.section or 'the document'}"
