"""What the screens of a room show, loaded whole: templates ask the database nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import CharField, Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils import timezone

from apps.accounts.models import User
from apps.events.models import Stream
from apps.notifications.models import Message
from apps.projects.models import Project
from apps.workshops import roles
from apps.workshops.agenda import Plan, Prompt
from apps.workshops.enums import Part, Phase, State
from apps.workshops.models import (
    HERE,
    Activity,
    AgendaTemplate,
    Card,
    Group,
    Invite,
    Item,
    Outcome,
    Participant,
    Vote,
    Workshop,
)
from apps.workshops.roles import Tally

Key = tuple[str, UUID]


@dataclass(frozen=True)
class Step:
    """A line of the agenda: `state` is done, now, open or skipped; `used` and `minutes` in minutes."""

    number: int
    activity: Activity
    plan: Plan
    state: str
    used: int
    starts: datetime | None = None
    late: bool = False

    @property
    def over(self) -> bool:
        return self.used > self.activity.minutes


@dataclass(frozen=True)
class Goal:
    """Where the room may go: an activity and a phase of it."""

    activity: Activity
    phase: str
    number: int


@dataclass(frozen=True)
class Giver:
    """Somebody with their dots on one thing, in a step whose dots carry names."""

    pk: UUID
    name: str
    dots: int

    def __str__(self) -> str:
        return f"{self.name} {self.dots}" if self.dots > 1 else self.name


@dataclass(frozen=True)
class Dots:
    """The dots of closed votes, with who gave them where that is said; nothing of a vote that is open."""

    hidden: bool = True
    dots: dict[Key, int] = field(default_factory=dict)
    givers: dict[Key, list[Giver]] = field(default_factory=dict)

    def on(self, key: Key) -> int | None:
        return None if self.hidden else self.dots.get(key, 0)

    def by(self, key: Key) -> list[Giver]:
        return [] if self.hidden else self.givers.get(key, [])


@dataclass(frozen=True)
class Thing:
    """A card as a board shows it: `dots` is None while votes are hidden."""

    card: Card
    author: str
    dots: int | None
    outcomes: list[Outcome]
    givers: list[Giver] = field(default_factory=list)
    key: str = "card"

    @property
    def pk(self) -> UUID:
        return self.card.pk


@dataclass(frozen=True)
class Cluster:
    """A group with its cards; its dots count those of its cards too."""

    group: Group
    cards: list[Thing]
    dots: int | None
    givers: list[Giver] = field(default_factory=list)
    key: str = "group"

    @property
    def pk(self) -> UUID:
        return self.group.pk


@dataclass(frozen=True)
class Column:
    """The loose cards of one prompt."""

    prompt: Prompt
    cards: list[Thing]


@dataclass(frozen=True)
class Board:
    """What everybody may see of one activity. Nothing that is still hidden is in here."""

    groups: list[Cluster] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)
    voters: int = 0
    dots: int | None = None
    result: dict[str, Any] = field(default_factory=dict)

    @property
    def tally(self) -> Tally | None:
        """Dots by role, when they may be seen and the roles are large enough."""
        return roles.table(self.result, map(_counted, self.ranked))

    @property
    def count(self) -> int:
        return sum(len(group.cards) for group in self.groups) + len(self.loose)

    @property
    def group_rows(self) -> list[Group]:
        return [cluster.group for cluster in self.groups]

    @property
    def loose(self) -> list[Thing]:
        return [thing for column in self.columns for thing in column.cards]

    @property
    def things(self) -> list[Cluster | Thing]:
        """What one votes on."""
        return [*self.groups, *self.loose]

    @property
    def ranked(self) -> list[Cluster | Thing]:
        """Groups and loose cards, most dots first."""
        return sorted(self.things, key=lambda thing: -(thing.dots or 0))


@dataclass(frozen=True)
class Choice:
    """Something to give dots to, and how many of mine lie on it."""

    thing: Cluster | Thing
    mine: int
    more: int | None
    less: int | None


@dataclass(frozen=True)
class Purse:
    budget: int
    per_item: int
    used: int

    @property
    def left(self) -> int:
        return self.budget - self.used


@dataclass(frozen=True)
class People:
    """Who is in the room, and who was shown out. Hosts are not waited for."""

    everyone: list[Participant]
    out: list[Participant] = field(default_factory=list)

    @property
    def here(self) -> list[Participant]:
        return [person for person in self.everyone if person.is_here]

    @property
    def asked(self) -> list[Participant]:
        """Those who are here and have something to do; a host drives."""
        return [person for person in self.here if not person.is_host]

    @property
    def ready(self) -> list[Participant]:
        return [person for person in self.asked if person.ready]

    @property
    def not_heard(self) -> list[Participant]:
        return [person for person in self.asked if not person.heard]

    @property
    def elsewhere(self) -> list[Participant]:
        return [person for person in self.here if person.looking_at_id]


# ----- workshops


def workshops(project: Project) -> QuerySet[Workshop]:
    """The newest first, with how many came and how many cards are there; rehearsals are nobody else's business."""
    return (
        project.workshops.filter(rehearsal=False)
        .select_related("host")
        .annotate(
            people=Count("participants", filter=Q(participants__removed_at=None), distinct=True),
            said=Count("cards", filter=Q(cards__revealed_at__isnull=False), distinct=True),
        )
        .order_by("-scheduled_at", "-created_at", "-id")
    )


def room(workshop_id: UUID | str) -> Workshop | None:
    return _rooms().filter(pk=workshop_id).first()


def hosted(project: Project, workshop_id: UUID, *, by: Any) -> Workshop | None:
    """A workshop of the project, which knows as `co_hosted` whether `by` was made one of its hosts."""
    seats = Participant.objects.filter(workshop=OuterRef("pk"), user=by, role=Part.HOST, removed_at=None)
    rows = project.workshops.select_related("host", "activity").annotate(co_hosted=Exists(seats))
    return rows.filter(pk=workshop_id).first()


def room_by_code(code: str) -> Workshop | None:
    return _rooms().filter(code=code).first()


def invite(invite_id: UUID) -> Invite | None:
    """An invitation with its room."""
    rows = Invite.objects.select_related("workshop__project", "workshop__host", "workshop__activity", "user", "seat")
    return rows.filter(pk=invite_id).first()


def ended(project_id: Any) -> QuerySet[Workshop]:
    return Workshop.objects.filter(project=project_id, state=State.ENDED, rehearsal=False)


def waiting_for(user: User) -> QuerySet[Workshop]:
    """Workshops of the user's projects that run, let people in, or start within a week."""
    soon = Q(state=State.DRAFT, scheduled_at__gte=timezone.now(), scheduled_at__lt=timezone.now() + timedelta(days=7))
    return (
        Workshop.objects.filter(Q(state__in=[State.OPEN, State.LIVE]) | soon)
        .filter(project__memberships__user=user, project__archived_at=None, rehearsal=False)
        .select_related("project")
        .order_by("scheduled_at", "id")
    )


def _rooms() -> QuerySet[Workshop]:
    """With `seq`, where its stream stood in that same moment: a page drawn from it misses nothing."""
    name = Concat(Value("workshop:"), Cast("pk", CharField()))
    seq = Stream.objects.filter(name=OuterRef("stream_name")).values("seq")
    rooms = Workshop.objects.select_related("project", "host", "activity").annotate(stream_name=name)
    return rooms.annotate(seq=Coalesce(Subquery(seq), 0))


# ----- people


def people(workshop: Workshop) -> People:
    rows = list(workshop.participants.select_related("looking_at").order_by("created_at", "id"))
    return People([row for row in rows if not row.removed_at], [row for row in rows if row.removed_at])


def attendance(workshop: Workshop) -> list[Participant]:
    return list(_seated(workshop).select_related("user"))


def participant_of(workshop: Workshop, *, user: Any, secret_hash: str) -> Participant | None:
    """The seat of a signed-in person or of a session; None for somebody who was removed."""
    seats = workshop.participants.filter(_is(user, secret_hash), removed_at=None).select_related("looking_at")
    return seats.order_by("user_id", "created_at", "id").first()


def is_member(seat: Participant) -> bool:
    """Whether who sits here belongs to the project."""
    return bool(seat.user_id) and seat.workshop.project.memberships.filter(user=seat.user_id).exists()


def was_shown_out(workshop: Workshop, *, user: Any = None, secret_hash: str = "", email: str = "") -> bool:
    """Whether the host has closed the room for this account, browser or address.

    A guest may have left anybody's address, so for members of the project their account alone counts.
    """
    whose = _is(user, secret_hash)
    address = email or getattr(user, "email", "")
    if address and not workshop.project.memberships.filter(user__email__iexact=address).exists():
        whose |= Q(email__iexact=address) | Q(user__email__iexact=address)
    return workshop.participants.filter(whose, removed_at__isnull=False).exists()


def _is(user: Any, secret_hash: str) -> Q:
    who = Q(user=user) if getattr(user, "is_authenticated", False) else Q(pk__in=[])
    return who | Q(secret_hash=secret_hash) if secret_hash else who


def _seated(workshop: Workshop) -> QuerySet[Participant]:
    return workshop.participants.filter(removed_at=None).order_by("created_at", "id")


def ready_facts(workshop: Workshop) -> dict[str, int]:
    """How many are done of those who are here: what every screen may show."""
    here = Q(last_seen_at__gte=timezone.now() - HERE)
    asked = here & ~Q(role=Part.HOST)
    return workshop.participants.filter(removed_at=None).aggregate(
        ready=Count("pk", filter=asked & Q(ready=True)), of=Count("pk", filter=asked), here=Count("pk", filter=here)
    )


def sent_recaps(workshop: Workshop) -> set[UUID]:
    """The participants whose recap is on its way or has arrived."""
    about = Message.objects.filter(about=str(workshop.pk), effect_key__startswith=f"recap:{workshop.pk}:")
    return {UUID(key.rsplit(":", 1)[-1]) for key in about.values_list("effect_key", flat=True)}


# ----- agenda


def activities(workshop: Workshop) -> list[Activity]:
    return list(workshop.activities.order_by("position", "created_at", "id"))


def agenda(workshop: Workshop, rows: Sequence[Activity]) -> list[Step]:
    """The lines of the agenda with start times from the planned minutes."""
    clock = workshop.started_at or workshop.scheduled_at
    end, found = workshop.slot_end, []
    for number, activity in enumerate(rows, 1):
        late = bool(end and clock and clock >= end)
        found.append(
            Step(number, activity, activity.plan, _state(workshop, activity), _used(workshop, activity), clock, late)
        )
        if not activity.skipped:
            clock = clock + timedelta(minutes=activity.minutes) if clock else None
    return found


def planned_minutes(rows: Iterable[Activity]) -> int:
    """Minutes of all steps that are not skipped."""
    return sum(activity.minutes for activity in rows if not activity.skipped)


def overrun(workshop: Workshop, rows: Sequence[Activity]) -> int:
    """Minutes over the slot: as planned, or, while it runs, if the rest takes what it is given."""
    if not workshop.has_clock:
        return 0
    if not workshop.is_live or not workshop.slot_end:
        return max(0, planned_minutes(rows) - workshop.minutes)
    ends = timezone.now() + timedelta(minutes=rest_minutes(workshop, rows))
    return max(0, round((ends - workshop.slot_end).total_seconds() / 60))


def rest_minutes(workshop: Workshop, rows: Sequence[Activity]) -> int:
    """Minutes that this step and those behind it still have."""
    left = 0
    for activity in to_come(workshop, rows):
        left += activity.minutes
    current = next((row for row in rows if row.pk == workshop.activity_id), None)
    return left + (max(0, current.minutes - _used(workshop, current)) if current else 0)


def to_come(workshop: Workshop, rows: Sequence[Activity]) -> list[Activity]:
    """The steps that the room has not reached, skipped ones left out."""
    at = next((place for place, row in enumerate(rows) if row.pk == workshop.activity_id), -1)
    return [row for row in rows[at + 1 :] if not row.skipped]


def saved_agendas() -> QuerySet[AgendaTemplate]:
    """What the company keeps to start from."""
    return AgendaTemplate.objects.select_related("author")


def spent_minutes(workshop: Workshop) -> int:
    """Minutes since the start, up to the end."""
    if not workshop.started_at:
        return 0
    until = workshop.ended_at or timezone.now()
    return int((until - workshop.started_at).total_seconds() // 60)


def ruler(workshop: Workshop, steps: Sequence[Step]) -> list[dict[str, Any]]:
    """The meeting as bars on a scale of 1000: what was used, what is planned."""
    steps = [step for step in steps if not step.activity.skipped or step.used]
    lengths = [
        max(step.used, 1) if step.state == "done" else max(step.activity.minutes, step.used, 1) for step in steps
    ]
    scale, x, parts = 1000 / (sum(lengths) or 1), 0.0, []
    for step, length in zip(steps, lengths, strict=True):
        width = length * scale
        parts += _bars(step, x, width - 3, length)
        x += width
    return parts


def plan_ruler(workshop: Workshop, rows: Sequence[Activity]) -> tuple[list[dict[str, Any]], float | None]:
    """The planned meeting as bars on a scale of 1000, and where its slot ends when it is too long."""
    rows = [row for row in rows if not row.skipped]
    total = max(planned_minutes(rows), 1)
    scale, start, parts = 1000 / total, 0, []
    for activity in rows:
        parts += _cut(start, activity.minutes, workshop.minutes, scale)
        start += activity.minutes
    return parts, workshop.minutes * scale if total > workshop.minutes else None


def goals(steps: Sequence[Step]) -> list[Goal]:
    """Every place the room goes to by itself, in order: skipped steps only while it is in one."""
    return [
        Goal(step.activity, phase.key, step.number)
        for step in steps
        if not step.activity.skipped or step.state == "now"
        for phase in step.plan.phases
    ]


def around(workshop: Workshop, steps: Sequence[Step]) -> tuple[Goal | None, Goal | None]:
    """The places before and after the one where the room is."""
    places = goals(steps)
    at = next(
        (
            n
            for n, goal in enumerate(places)
            if goal.activity.pk == workshop.activity_id and goal.phase == workshop.phase
        ),
        None,
    )
    if at is None:
        return None, places[0] if places else None
    return (places[at - 1] if at else None), (places[at + 1] if at + 1 < len(places) else None)


def _state(workshop: Workshop, activity: Activity) -> str:
    if workshop.is_live and workshop.activity_id == activity.pk:
        return "now"
    if activity.visited_at:
        return "done"
    return "skipped" if activity.skipped else "open"


def _used(workshop: Workshop, activity: Activity) -> int:
    seconds = activity.used_seconds
    if workshop.is_live and workshop.activity_id == activity.pk and workshop.entered_at:
        seconds += int((timezone.now() - workshop.entered_at).total_seconds())
    return round(seconds / 60)


def _bars(step: Step, x: float, width: float, length: int) -> list[dict[str, Any]]:
    if step.state == "done":
        return [_bar(x, width, "done")]
    if step.state == "open":
        return [_bar(x, width, "rest")]
    gone = width * min(step.used, length) / length
    return [_bar(x, gone, "now"), _bar(x + gone, width - gone, "rest")]


def _cut(start: int, minutes: int, slot: int, scale: float) -> list[dict[str, Any]]:
    inside = max(0, min(minutes, slot - start))
    bars = [_bar(start * scale, inside * scale - 3, "done")] if inside else []
    if inside < minutes:
        bars.append(_bar((start + inside) * scale, (minutes - inside) * scale - 3, "over"))
    return bars


def _bar(x: float, width: float, state: str) -> dict[str, Any]:
    return {"x": round(x, 1), "width": round(max(width, 0), 1), "state": state}


# ----- cards and votes


def groups(workshop: Workshop) -> QuerySet[Group]:
    return Group.objects.filter(activity__workshop=workshop).select_related("activity__workshop")


def items(workshop: Workshop) -> QuerySet[Item]:
    return Item.objects.filter(activity__workshop=workshop).select_related("activity")


def votes_hidden(workshop: Workshop, activity: Activity) -> bool:
    """Counts are for nobody until the vote is closed, the hosts included."""
    open_now = workshop.is_live and workshop.activity_id == activity.pk and workshop.phase == Phase.VOTE
    return open_now or activity.votes_closed_at is None


def board(workshop: Workshop, activity: Activity) -> Board:
    """The revealed cards of an activity, in groups and by prompt."""
    cards = _shown(activity.cards.all())
    count = _counted_now(workshop, activity)
    groups = _clusters(activity.groups.all(), cards, count)
    loose = [_thing(card, count) for card in cards if card.group_id is None]
    result = {} if count.hidden else activity.result
    dots = None if count.hidden else sum(count.dots.values())
    return Board(groups, _columns(activity.plan, loose), result.get("voters", 0), dots, result)


def thing(workshop: Workshop, pk: UUID) -> Thing | None:
    """One card as the board of its step shows it; None when it is on none."""
    card = next(iter(_shown(workshop.cards.filter(pk=pk, activity__isnull=False).select_related("activity"))), None)
    if card is None or card.activity is None:
        return None
    return _thing(card, _counted_now(workshop, card.activity))


def parking_lot(workshop: Workshop) -> list[Card]:
    return list(workshop.cards.filter(parked_at__isnull=False, revealed_at__isnull=False).order_by("parked_at", "id"))


def own_cards(participant: Participant, activity: Activity) -> list[Card]:
    """What this person wrote and nobody else has seen."""
    return list(participant.cards.filter(activity=activity, revealed_at=None).order_by("-updated_at", "-id"))


def hidden_count(activity: Activity) -> int:
    return activity.cards.filter(revealed_at=None).count()


def is_uuid(text: str | None) -> bool:
    try:
        UUID(text or "")
    except ValueError:
        return False
    return True


def dots_on(participant: Participant, item: str) -> int:
    """How many dots of this person lie on a card or group; 0 for what is none."""
    if not is_uuid(item):
        return 0
    mine = participant.votes.filter(Q(card=item) | Q(group=item)).first()
    return mine.dots if mine else 0


def choices(participant: Participant, activity: Activity, shown: Board) -> tuple[list[Choice], Purse]:
    """What there is to vote on, with this person's own dots and what they may still do."""
    plan = activity.plan
    mine: dict[Key, int] = {_vote_key(vote): vote.dots for vote in participant.votes.filter(activity=activity)}
    purse = Purse(plan.budget, plan.per_item, sum(mine.values()))
    return [_choice(thing, mine.get((thing.key, thing.pk), 0), purse) for thing in shown.things], purse


def boards(workshop: Workshop, rows: Sequence[Activity]) -> list[tuple[Activity, Board]]:
    """The boards of all activities that have cards, for the recap: the same queries for any number."""
    cards = _shown(workshop.cards.all())
    groups = list(Group.objects.filter(activity__workshop=workshop))
    closed = _count([activity for activity in rows if activity.votes_closed_at])
    found = []
    for activity in rows:
        own = [card for card in cards if card.activity_id == activity.pk]
        count = closed if activity.votes_closed_at else Dots()
        clusters = _clusters([group for group in groups if group.activity_id == activity.pk], own, count)
        loose = [_thing(card, count) for card in own if card.group_id is None]
        if clusters or loose:
            result = {} if count.hidden else activity.result
            found.append((activity, Board(clusters, _columns(activity.plan, loose), result=result)))
    return found


def unplaced(workshop: Workshop) -> list[Card]:
    """Cards that became nothing yet, are not parked and were not left as they are."""
    open_cards = workshop.cards.filter(activity__isnull=False, left_at=None)
    return [card for card in _shown(open_cards) if not card.outcomes.all()]


def outcomes(workshop: Workshop) -> list[Outcome]:
    return list(
        Outcome.objects.filter(card__workshop=workshop).select_related("card").order_by("kind", "created_at", "id")
    )


def _shown(cards: QuerySet[Card]) -> list[Card]:
    revealed = cards.filter(revealed_at__isnull=False, parked_at=None).select_related("author")
    return list(revealed.prefetch_related("outcomes").order_by("position", "id"))


def _thing(card: Card, count: Dots) -> Thing:
    author = card.author.name if card.author and not card.anonymous else ""
    key = ("card", card.pk)
    return Thing(card, author, count.on(key), list(card.outcomes.all()), count.by(key))


def _clusters(groups: Iterable[Group], cards: list[Card], count: Dots) -> list[Cluster]:
    found = []
    for group in groups:
        key = ("group", group.pk)
        things = [_thing(card, count) for card in cards if card.group_id == group.pk]
        total = (count.on(key) or 0) + sum(thing.dots or 0 for thing in things)
        givers = _together([*count.by(key), *(giver for thing in things for giver in thing.givers)])
        found.append(Cluster(group, things, None if count.hidden else total, givers))
    return found if count.hidden else sorted(found, key=lambda cluster: -(cluster.dots or 0))


def _together(givers: Iterable[Giver]) -> list[Giver]:
    """Each person once with all their dots, the most first."""
    found: dict[UUID, Giver] = {}
    for giver in givers:
        before = found.get(giver.pk)
        found[giver.pk] = Giver(giver.pk, giver.name, giver.dots + (before.dots if before else 0))
    return sorted(found.values(), key=lambda giver: (-giver.dots, giver.name))


def _columns(plan: Plan, loose: list[Thing]) -> list[Column]:
    columns = [Column(prompt, [thing for thing in loose if thing.card.prompt == prompt.key]) for prompt in plan.prompts]
    known = {prompt.key for prompt in plan.prompts}
    strays = [thing for thing in loose if thing.card.prompt not in known]
    if strays:
        first = strays[0].card
        columns.append(Column(Prompt("", first.get_kind_display(), first.kind), strays))
    return [column for column in columns if column.cards]


def _counted(thing: Cluster | Thing) -> tuple[str, int, set[str]]:
    """A thing in a tally: its words, all its dots, and the keys under which they were given."""
    if isinstance(thing, Cluster):
        keys = {f"group:{thing.pk}", *(f"card:{one.pk}" for one in thing.cards)}
        return thing.group.name, thing.dots or 0, keys
    return thing.card.text, thing.dots or 0, {f"card:{thing.pk}"}


def _counted_now(workshop: Workshop, activity: Activity) -> Dots:
    return Dots() if votes_hidden(workshop, activity) else _count([activity])


def _count(closed: Sequence[Activity]) -> Dots:
    """What the votes of these steps came to; all of them are closed."""
    if not closed:
        return Dots(hidden=False)
    rows = Vote.objects.filter(activity__in=[activity.pk for activity in closed])
    sums = rows.values("card_id", "group_id").annotate(sum=Sum("dots"))
    dots: dict[Key, int] = {
        ("card", row["card_id"]) if row["card_id"] else ("group", row["group_id"]): row["sum"] for row in sums
    }
    return Dots(False, dots, _givers([activity.pk for activity in closed if activity.plan.named]))


def _givers(named: list[UUID]) -> dict[Key, list[Giver]]:
    found: dict[Key, list[Giver]] = {}
    votes = Vote.objects.filter(activity__in=named, participant__isnull=False).select_related("participant")
    for vote in votes.order_by("-dots", "participant__name", "id") if named else []:
        if vote.participant:
            giver = Giver(vote.participant.pk, vote.participant.name, vote.dots)
            found.setdefault(_vote_key(vote), []).append(giver)
    return found


def _vote_key(vote: Vote) -> Key:
    return ("card", vote.card_id) if vote.card_id else ("group", vote.group_id)  # type: ignore[return-value]


def _choice(thing: Cluster | Thing, mine: int, purse: Purse) -> Choice:
    may_add = purse.left > 0 and mine < purse.per_item
    return Choice(thing, mine, mine + 1 if may_add else None, mine - 1 if mine else None)
