"""What was proposed and what became of it, as every screen shows it. Answers to an open proposal are not in here."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.template.defaultfilters import date as formatted
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.accounts.models import User
from apps.projects.models import Project
from apps.workshops.enums import Consent, Kind
from apps.workshops.models import Activity, Answer, Item, Voice, Workshop


@dataclass(frozen=True)
class Word:
    """What one person said to a proposal; `late` when they were not there and said it afterwards."""

    name: str
    choice: str
    text: str
    late: bool = False

    @property
    def label(self) -> str:
        return str(Consent(self.choice).label)


@dataclass(frozen=True)
class Proposal:
    """A proposal with what may be seen of it. `answered` counts people, whatever they said."""

    item: Item
    number: int
    of: int
    answered: int
    words: tuple[Word, ...] = ()
    voices: tuple[Voice, ...] = ()

    @property
    def pk(self) -> UUID:
        return self.item.pk

    @property
    def is_closed(self) -> bool:
        return self.item.closed_at is not None

    @property
    def objections(self) -> list[Word]:
        return [word for word in self.words if word.choice == Consent.OBJECT]

    @property
    def doubts(self) -> list[Word]:
        """Objections first, then concerns: what stands beside the decision, by name."""
        concerns = [word for word in self.words if word.choice == Consent.CONCERN]
        return [*self.objections, *concerns]

    @property
    def awaited(self) -> list[Voice]:
        return [voice for voice in self.voices if voice.is_awaited]

    @property
    def is_decided(self) -> bool:
        """Closed, somebody agreed, nobody objects, and nobody can any more."""
        agreed = any(word.choice != Consent.OBJECT for word in self.words)
        return self.is_closed and agreed and not self.objections and not self.awaited

    @property
    def sentence(self) -> str:
        """`7 agree, 1 with a concern, 1 objects`."""
        count = {choice: sum(word.choice == choice for word in self.words) for choice in Consent}
        parts = [
            ngettext("%(n)d agrees", "%(n)d agree", count[Consent.AGREE]) % {"n": count[Consent.AGREE]},
            _("%(n)d with a concern") % {"n": count[Consent.CONCERN]},
            ngettext("%(n)d objects", "%(n)d object", count[Consent.OBJECT]) % {"n": count[Consent.OBJECT]},
        ]
        said = [part for part, choice in zip(parts, Consent, strict=True) if count[choice]]
        return ", ".join(said) or _("nobody answered")

    @property
    def waits(self) -> str:
        """`Open for Karin until Friday 27 November`; empty when everybody was heard or the time is over."""
        if not self.awaited:
            return ""
        names = get_text_list([voice.user.short_name for voice in self.awaited], _("and"))
        until = formatted(timezone.localtime(self.awaited[0].until), "l j F")
        return _("Open for %(names)s until %(until)s") % {"names": names, "until": until}

    @property
    def who(self) -> str:
        return str(self.item.details.get("who") or (self.item.author.first_name if self.item.author else ""))

    @property
    def owner(self) -> str:
        return str(self.item.details.get("owner", ""))

    @property
    def due(self) -> date | None:
        return parse_date(str(self.item.details.get("due", "")) or "-") if self.item.details.get("due") else None

    @property
    def due_words(self) -> str:
        return formatted(self.due, "j F Y") if self.due else ""

    @property
    def row(self) -> dict[str, str]:
        """Where it stands in the register of decisions."""
        return dict(self.item.details.get("row") or {})


def proposals(activity: Activity) -> list[Proposal]:
    """Those of one step in their order."""
    return _read(list(activity.items.select_related("author")))


def proposal(item: Item) -> Proposal:
    """One of them, with its place in the list."""
    return next(each for each in proposals(item.activity) if each.pk == item.pk)


def log(project: Project) -> list[Proposal]:
    """Everything that was put to a room in any workshop of the project, the newest first."""
    return _read(list(closed_items(project).order_by("-closed_at", "-id")))


def closed_items(project: Project) -> QuerySet[Item]:
    """Proposals that were answered; rehearsals decide nothing."""
    items = Item.objects.filter(activity__workshop__project=project, activity__kind=Kind.DECIDE)
    held = items.filter(closed_at__isnull=False, activity__workshop__rehearsal=False)
    return held.select_related("author", "activity__workshop__project")


def absent_members(workshop: Workshop) -> list[User]:
    """Members of the project who have no seat in the room."""
    here = workshop.participants.filter(user__isnull=False, removed_at=None).values("user")
    members = User.objects.filter(memberships__project=workshop.project_id).exclude(pk__in=here)
    return list(members.order_by("name", "email", "id").distinct())


@dataclass(frozen=True)
class Absence:
    """Who is asked about when a proposal closes; with a window in the step's settings they are ticked already."""

    members: list[User]
    until: str
    ticked: bool


def absence(workshop: Workshop, activity: Activity) -> Absence:
    days = activity.plan.window
    until = timezone.localdate(timezone=ZoneInfo(workshop.project.time_zone)) + timedelta(days=days)
    return Absence(absent_members(workshop), until.isoformat() if days else "", bool(days))


def left_open(activity: Activity) -> QuerySet[Item]:
    """Proposals that close when the room moves on."""
    return activity.items.filter(opened_at__isnull=False, closed_at=None)


def waiting_voices(user: User) -> QuerySet[Voice]:
    """Proposals on which this person's word is still asked."""
    return (
        Voice.objects.filter(user=user, answered_at=None, until__gt=timezone.now(), item__closed_at__isnull=False)
        .filter(item__activity__workshop__project__archived_at=None)
        .select_related("item__activity__workshop__project")
        .order_by("until", "id")
    )


def _read(items: list[Item]) -> list[Proposal]:
    keys = [item.pk for item in items]
    shown = _by_item(Answer.objects.filter(item__in=keys, revealed_at__isnull=False).select_related("participant"))
    given = _by_item(Answer.objects.filter(item__in=keys, participant__isnull=False).only("item_id"))
    voices = _by_item(Voice.objects.filter(item__in=keys).select_related("user"))
    found = []
    for number, item in enumerate(items, 1):
        late = voices[item.pk]
        words = _words(shown[item.pk] if item.closed_at else [], late)
        found.append(Proposal(item, number, len(items), len(given[item.pk]), words, tuple(late)))
    return found


def _words(answers: Iterable[Answer], voices: Iterable[Voice]) -> tuple[Word, ...]:
    said = [
        Word(answer.participant.name if answer.participant else "", str(answer.value.get("choice")), answer.text)
        for answer in answers
    ]
    late = [Word(str(voice.user), voice.choice, voice.text, late=True) for voice in voices if voice.answered_at]
    return (*said, *late)


def _by_item(rows: Iterable[Any]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.item_id].append(row)
    return found


def until_of(day: date, zone: Any) -> datetime:
    """17:00 of `day` in the project's zone."""
    return datetime.combine(day, datetime.min.time().replace(hour=17), tzinfo=zone)
