from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.core.due import DueRow
from apps.core.models import Base, Versioned
from apps.projects.models import Project
from apps.workshops import agenda, codes
from apps.workshops.enums import Became, CardKind, Consent, Kind, Part, Phase, State, Template

MAX_CARD = 4000
HERE = timedelta(seconds=75)
# How long a change of the host is told.
TOLD = timedelta(minutes=5)


class Workshop(Versioned):
    """A meeting of the project's people in one room. `step` counts the moves of the room."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="workshops")
    title = models.CharField(_("title"), max_length=120)
    purpose = models.TextField(_("purpose"), max_length=600, blank=True)
    template = models.CharField(max_length=20, choices=Template, default=Template.SCOPING)
    host = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    scheduled_at = models.DateTimeField(_("starts"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=90)
    code = models.CharField(max_length=codes.LENGTH, unique=True, default=codes.make_code)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    step = models.PositiveIntegerField(default=0)
    activity = models.ForeignKey("Activity", models.SET_NULL, null=True, blank=True, related_name="+")
    phase = models.CharField(max_length=10, choices=Phase, blank=True)
    entered_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    # Seconds that were left when the clock was stopped; None while it runs.
    paused_left = models.IntegerField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    # Nobody new comes in.
    locked_at = models.DateTimeField(null=True, blank=True)
    # A disposable copy to try the workshop with.
    rehearsal = models.BooleanField(default=False)
    # Steps that are planned for it take input before the meeting from this moment on, and after it until that one.
    ahead_from = models.DateTimeField(null=True, blank=True)
    after_until = models.DateTimeField(null=True, blank=True)
    # Counts the calendar invitations: a newer one replaces an older one.
    ics_sequence = models.PositiveIntegerField(default=0)
    # Whether guests read the host's own address in their calendar; settled with the first guest who is invited.
    host_mail_shown = models.BooleanField(default=False)
    # Why it was called off; empty when nobody said.
    called_off_word = models.CharField(max_length=300, blank=True)
    # When somebody took over from a host whose connection was gone.
    handed_over_at = models.DateTimeField(null=True, blank=True)
    # Minutes over the slot that the host has seen and keeps.
    overrun_kept = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("workshops:plan", args=[self.project_id, self.pk])

    @property
    def stream(self) -> str:
        return f"workshop:{self.pk}"

    @property
    def join_url(self) -> str:
        return codes.link(self.pk, self.code)

    @property
    def code_words(self) -> str:
        """`K7M 4QX`: easier to read aloud."""
        return f"{self.code[:3]} {self.code[3:]}"

    @property
    def is_live(self) -> bool:
        return self.state == State.LIVE

    @property
    def is_ended(self) -> bool:
        return self.state == State.ENDED

    @property
    def is_called_off(self) -> bool:
        return self.state == State.OFF

    @property
    def is_locked(self) -> bool:
        return self.locked_at is not None

    @property
    def admits(self) -> bool:
        """Whether people can come in."""
        return self.state in (State.OPEN, State.LIVE)

    @property
    def takes_ahead(self) -> bool:
        """Whether steps that are planned for it take input before the meeting."""
        begun = self.ahead_from is not None and self.ahead_from <= timezone.now()
        return begun and self.state in (State.DRAFT, State.OPEN)

    @property
    def lets_in(self) -> bool:
        """Whether somebody new can take a seat: in the room, or to write something ahead."""
        return self.admits or self.takes_ahead

    @property
    def was_handed_over(self) -> bool:
        """A while ago somebody took over: long enough to tell everybody."""
        return self.handed_over_at is not None and timezone.now() - self.handed_over_at < TOLD

    @property
    def takes_after(self) -> bool:
        """Whether steps that are planned for it still take input after the meeting."""
        return self.is_ended and self.after_until is not None and timezone.now() < self.after_until

    def shown_to(self, user: Any) -> bool:
        """A rehearsal is there for who rehearses; no user is a guest."""
        return not self.rehearsal or (user is not None and self.host_id == user.pk)

    @property
    def has_clock(self) -> bool:
        """A week without a meeting has days, no minutes."""
        return self.template != Template.WEEK

    @property
    def slot_end(self) -> datetime | None:
        start = self.started_at or self.scheduled_at
        return start + timedelta(minutes=self.minutes) if start else None

    @property
    def clock(self) -> str:
        """What is left of the phase as the page is drawn: `2:40`, `+0:12` when it is over."""
        left = self.paused_left
        if left is None:
            left = round((self.ends_at - timezone.now()).total_seconds()) if self.ends_at else 0
        return f"{'+' if left < 0 else ''}{abs(left) // 60}:{abs(left) % 60:02d}"

    @property
    def host_name(self) -> str:
        return self.host.short_name if self.host else str(_("the host"))


class Activity(Versioned):
    """One step of the agenda."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="activities")
    kind = models.CharField(max_length=20, choices=Kind)
    title = models.CharField(_("title"), max_length=120)
    note = models.CharField(_("how"), max_length=200, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=5)
    position = models.PositiveSmallIntegerField(default=0)
    settings = models.JSONField(default=dict)
    used_seconds = models.PositiveIntegerField(default=0)
    visited_at = models.DateTimeField(null=True, blank=True)
    votes_closed_at = models.DateTimeField(null=True, blank=True)
    # Stays on the agenda, takes no time, and the room goes past it.
    skipped = models.BooleanField(default=False)
    # What was counted while answers and dots still had their people, and what the host made of it.
    result = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["position", "created_at", "id"]
        verbose_name_plural = "activities"

    def __str__(self) -> str:
        return self.title

    @property
    def plan(self) -> agenda.Plan:
        return agenda.read(self.settings)

    @property
    def takes_cards(self) -> bool:
        return bool(self.settings.get("prompts"))

    @property
    def used_minutes(self) -> int:
        return round(self.used_seconds / 60)


class Participant(Base):
    """Somebody in one workshop: a member of the project, or a guest known by a secret in their session."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="participants")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(_("name"), max_length=60)
    email = models.EmailField(_("e-mail address"), max_length=254, blank=True)
    secret_hash = models.CharField(max_length=64, blank=True)
    role = models.CharField(max_length=12, choices=Part, default=Part.PARTICIPANT)
    # What they are at this table: a role of the catalog or their own word.
    title = models.CharField(_("your part in this"), max_length=60, blank=True)
    last_seen_at = models.DateTimeField(default=timezone.now)
    ready = models.BooleanField(default=False)
    # Whether a card came from them in this step; kept apart from the cards, dropped when the step ends.
    heard = models.BooleanField(default=False)
    looking_at = models.ForeignKey(Activity, models.SET_NULL, null=True, blank=True, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)
    # Whether something came from them before the meeting; kept apart from what it was.
    contributed = models.BooleanField(default=False)
    # Somebody of a rehearsal who does not exist.
    pretend = models.BooleanField(default=False)

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "user"], name="one_seat_each"),
            models.UniqueConstraint(
                fields=["workshop", "secret_hash"], condition=~Q(secret_hash=""), name="one_seat_for_a_session"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        return self.name

    @property
    def first_name(self) -> str:
        return self.name.split()[0] if self.name.strip() else self.name

    @property
    def is_host(self) -> bool:
        return self.role == Part.HOST

    @property
    def is_here(self) -> bool:
        return self.last_seen_at >= timezone.now() - HERE

    @property
    def address(self) -> str:
        """Where mail reaches them; empty for a guest who left none. Needs the user to be loaded."""
        return self.user.email if self.user else self.email


class Item(Versioned):
    """Something people answer about: a proposal, a task to estimate, a statement, somebody on the map."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="items")
    text = models.TextField(max_length=MAX_CARD)
    # What its kind of activity keeps about it.
    details = models.JSONField(default=dict, blank=True)
    position = models.PositiveIntegerField(default=0)
    author = models.ForeignKey(Participant, models.SET_NULL, null=True, blank=True, related_name="items")
    # The same form sent twice is the same item.
    client_key = models.UUIDField(default=uuid4)
    # While it is open people answer; afterwards everybody sees the answers.
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position", "created_at", "id"]
        constraints = [models.UniqueConstraint(fields=["activity", "client_key"], name="one_item_for_a_submit")]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def is_open(self) -> bool:
        return self.opened_at is not None and self.closed_at is None


class Group(Versioned):
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="groups")
    name = models.CharField(_("name"), max_length=80)

    class Meta:
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return self.name


class Card(Versioned):
    """What somebody said. Hidden from everyone else until `revealed_at`."""

    # Random, not by time: an anonymous card does not tell when it was written.
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="cards")
    activity = models.ForeignKey(Activity, models.CASCADE, null=True, blank=True, related_name="cards")
    prompt = models.CharField(max_length=20, blank=True)
    kind = models.CharField(max_length=20, choices=CardKind, default=CardKind.IDEA)
    text = models.TextField(max_length=MAX_CARD)
    author = models.ForeignKey(Participant, models.SET_NULL, null=True, blank=True, related_name="cards")
    anonymous = models.BooleanField(default=False)
    client_key = models.UUIDField(default=uuid4)
    group = models.ForeignKey(Group, models.SET_NULL, null=True, blank=True, related_name="cards")
    position = models.PositiveIntegerField(default=0)
    revealed_at = models.DateTimeField(null=True, blank=True)
    parked_at = models.DateTimeField(null=True, blank=True)
    # Looked at, and left a card.
    left_at = models.DateTimeField(null=True, blank=True)
    # From the parking lot into nothing: by whom, and why.
    dropped_at = models.DateTimeField(null=True, blank=True)
    dropped_by = models.CharField(max_length=120, blank=True)
    dropped_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "client_key"], name="one_card_for_a_submit"),
            models.CheckConstraint(
                condition=Q(anonymous=False) | Q(author=None) | Q(revealed_at=None),
                name="revealed_anonymous_cards_have_no_author",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Vote(Base):
    """Dots of one person on one thing: a group, or a card outside groups."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="votes")
    # Until the workshop ends it holds the budget; then it is dropped, unless the step gives dots with names.
    participant = models.ForeignKey(Participant, models.SET_NULL, null=True, related_name="votes")
    card = models.ForeignKey(Card, models.CASCADE, null=True, blank=True, related_name="votes")
    group = models.ForeignKey(Group, models.CASCADE, null=True, blank=True, related_name="votes")
    dots = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["participant", "card"], name="one_vote_a_card"),
            models.UniqueConstraint(fields=["participant", "group"], name="one_vote_a_group"),
            models.CheckConstraint(
                condition=Q(card=None, group__isnull=False) | Q(card__isnull=False, group=None),
                name="a_vote_is_for_one_thing",
            ),
            models.CheckConstraint(condition=Q(dots__gte=1, dots__lte=agenda.MAX_DOTS), name="a_vote_has_dots"),
        ]


class Answer(Base):
    """What one person answered in one round about one thing, or about the step. Hidden until `revealed_at`."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="answers")
    round = models.PositiveSmallIntegerField(default=1)
    # Dropped when the workshop ends, unless answers of this kind, or of this step, carry names.
    participant = models.ForeignKey(Participant, models.SET_NULL, null=True, related_name="answers")
    item = models.ForeignKey(Item, models.CASCADE, null=True, blank=True, related_name="answers")
    group = models.ForeignKey(Group, models.CASCADE, null=True, blank=True, related_name="answers")
    card = models.ForeignKey(Card, models.CASCADE, null=True, blank=True, related_name="answers")
    value = models.JSONField(default=dict)
    text = models.TextField(max_length=2000, blank=True)
    revealed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "activity", "round", "item", "group", "card"],
                condition=Q(participant__isnull=False),
                nulls_distinct=False,
                name="one_answer_each",
            ),
        ]


class Voice(DueRow):
    """The word of a member who was not there, on one proposal: asked by mail, reminded once, until a moment.

    The row is due when it is time to remind, and again when the time is over.
    """

    item = models.ForeignKey(Item, models.CASCADE, related_name="voices")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    until = models.DateTimeField()
    choice = models.CharField(max_length=10, choices=Consent, blank=True)
    text = models.TextField(max_length=2000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta(DueRow.Meta):
        abstract = False
        ordering = ["created_at", "id"]
        constraints = [models.UniqueConstraint(fields=["item", "user"], name="one_voice_each")]

    def __str__(self) -> str:
        return f"{self.user}: {self.choice or 'not heard'}"

    @property
    def is_awaited(self) -> bool:
        return self.answered_at is None and self.until > timezone.now()


class ActionItem(Versioned):
    """Something that somebody does by a day: said in a workshop, ticked off by its owner."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="action_items")
    # What on the parking lot it settles.
    card = models.OneToOneField(Card, models.SET_NULL, null=True, blank=True, related_name="action_item")
    text = models.CharField(_("what"), max_length=300)
    owner = models.CharField(_("who"), max_length=120)
    owner_user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    due: "models.DateField[date, date]" = models.DateField(_("by"))
    client_key = models.UUIDField(default=uuid4)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["due", "created_at", "id"]
        constraints = [models.UniqueConstraint(fields=["workshop", "client_key"], name="one_action_for_a_submit")]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def is_late(self) -> bool:
        return self.done_at is None and self.due < timezone.localdate()


class AgendaTemplate(Base):
    """An agenda that somebody saved to start from again; everybody in the company may."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    minutes = models.PositiveSmallIntegerField(default=90)
    # One entry a block: kind, title, note, minutes, settings.
    blocks = models.JSONField(default=list)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class Invite(Base):
    """Somebody who was asked to a workshop by mail, and the seat they took."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="invites")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=120)
    email = models.EmailField(max_length=254)
    time_zone = models.CharField(max_length=64, default="UTC")
    seat = models.OneToOneField(Participant, models.SET_NULL, null=True, blank=True, related_name="invite")
    # The calendar invitation that they were sent last.
    sequence = models.PositiveIntegerField(default=0)
    # Whether they were asked to write something before the meeting.
    asked_ahead = models.BooleanField(default=False)

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [models.UniqueConstraint(fields=["workshop", "email"], name="one_invite_for_an_address")]

    def __str__(self) -> str:
        return self.name

    @property
    def link(self) -> str:
        """The address that leads this one person to their seat."""
        return codes.seat_link(self.workshop.code, self.pk)

    @property
    def has_contributed(self) -> bool:
        """Whether something came from them ahead; what it was nobody is told. Needs the seat to be loaded."""
        return self.seat is not None and self.seat.contributed


class Errand(DueRow):
    """What is done about a workshop at its time: a reminder to one person, or the end of a rehearsal."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="errands")
    # Whom to remind; empty for a rehearsal.
    invite = models.ForeignKey(Invite, models.CASCADE, null=True, blank=True, related_name="errands")
    # The start that a reminder was planned for: when it has moved, there is another one.
    for_start = models.DateTimeField(null=True, blank=True)

    class Meta(DueRow.Meta):
        abstract = False

    def __str__(self) -> str:
        return self.effect_key


class Outcome(Base):
    """What a card became, and where that stands."""

    card = models.ForeignKey(Card, models.CASCADE, related_name="outcomes")
    kind = models.CharField(max_length=12, choices=Became)
    target = models.CharField(max_length=80)
    label = models.CharField(max_length=80)
    url = models.CharField(max_length=200)

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [models.UniqueConstraint(fields=["card", "kind"], name="a_card_becomes_a_thing_once")]

    def __str__(self) -> str:
        return self.label
