from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import accumulate, groupby
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    Window,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce, RowNumber

from apps.accounts.models import User
from apps.comments import targets
from apps.comments.models import Comment, Look, Mention, Thread
from apps.comments.targets import Place
from apps.projects.models import Membership, Project
from apps.projects.sections import all_sections

IN_MARGIN = 8
"""Threads that stand beside the text; the page of comments has all of them."""
AT_ONCE = 8
"""Threads that the document comes with; those beside the sections after them follow when one comes near."""
PAGE_LENGTH = 25
SHOWN = ("open", "mine", "unread", "resolved", "all")


@dataclass(frozen=True)
class Conversation:
    """What was said about one target: the newest open threads in full, the rest as numbers.

    A section's has what was said about its rows as well. When it `follows`, only the threads themselves are there,
    and what was said in them is asked for later.
    """

    target: str
    open: list[Thread] = field(default_factory=list)
    open_count: int = 0
    resolved_count: int = 0
    place: Place | None = None
    follows: bool = False

    @property
    def title(self) -> str:
        """What the document calls the target."""
        return self.place.title if self.place else self.target

    @property
    def key(self) -> str:
        """The target as part of an element's id."""
        return self.target.replace(":", "-").replace("/", "-")

    @property
    def more_count(self) -> int:
        return self.open_count - len(self.open)


@dataclass(frozen=True)
class Group:
    """Threads about one target, one after the other in a list."""

    target: str
    place: Place | None
    threads: list[Thread]

    @property
    def title(self) -> str:
        return self.place.title if self.place else self.target


@dataclass(frozen=True)
class Counts:
    open: int
    mine: int
    unread: int
    resolved: int
    all: int


def threads(project: Project, reader: User) -> QuerySet[Thread]:
    """Threads with all that was said in them and whether the reader has read it: two queries at any length, and one
    for the names in them."""
    return (
        project.threads.select_related("resolved_by", "project")
        .annotate(is_unread=Exists(_unread(project, reader)))
        .prefetch_related(Prefetch("comments", queryset=_said()))
        .order_by("created_at", "pk")
    )


def thread(project: Project, thread_id: UUID, reader: User) -> QuerySet[Thread]:
    return threads(project, reader).filter(pk=thread_id)


def conversation(project: Project, target: str, reader: User) -> Conversation:
    """What stands beside one target. The unknown have an empty one."""
    kind, _, ident = target.partition(":")
    about = _about(target, ident if kind == "section" else "")
    numbers = project.threads.filter(about).aggregate(open=Count("pk", filter=Q(resolved_at=None)), all=Count("pk"))
    newest = threads(project, reader).filter(about, resolved_at=None).order_by("-created_at", "-pk")[:IN_MARGIN]
    found = with_lost(project, _placed(project, list(newest)[::-1]))
    place = targets.place(project, target)
    return Conversation(target, found, numbers["open"], numbers["all"] - numbers["open"], place)


def by_section(project: Project, reader: User) -> dict[str, Conversation]:
    """The margins of the whole document: four queries, however much was said."""
    nth = Window(RowNumber(), partition_by=F("section"), order_by=[F("created_at").desc(), F("pk").desc()])
    newest = threads(project, reader).filter(resolved_at=None).annotate(nth=nth).filter(nth__lte=IN_MARGIN)
    by_key: dict[str, list[Thread]] = {}
    for found in newest.prefetch_related(None):
        by_key.setdefault(found.section, []).append(found)
    numbers = _by_section(project)
    titles = {registered.key: str(registered.title) for registered in all_sections()}
    ordered = [key for key in (*titles, *(by_key.keys() - titles.keys())) if key in by_key]
    before = accumulate((len(by_key[key]) for key in ordered), initial=0)
    following = {key for key, count in zip(ordered, before, strict=False) if count >= AT_ONCE}
    drawn = [found for key in ordered if key not in following for found in by_key[key]]
    prefetch_related_objects(_placed(project, drawn), Prefetch("comments", queryset=_said()))
    return {
        key: Conversation(
            f"section:{key}",
            by_key.get(key, []),
            *numbers.get(key, (0, 0)),
            place=Place(titles.get(key, key), "", key),
            follows=key in following,
        )
        for key in {*by_key, *numbers}
    }


def page_of(project: Project, reader: User, *, show: str, target: str = "") -> QuerySet[Thread]:
    """The threads of one tab in the order of the document; `show` is one of `SHOWN`."""
    kind, _, ident = target.partition(":")
    found = threads(project, reader)
    if target:
        found = found.filter(_about(target, ident if kind == "section" else ""))
    order = [When(section=registered.key, then=Value(place)) for place, registered in enumerate(all_sections())]
    rank = Case(*order, default=Value(len(order)), output_field=IntegerField())
    wanted = {
        "open": Q(resolved_at=None),
        "mine": Q(resolved_at=None) & _part(reader),
        "unread": Q(is_unread=True),
        "resolved": Q(resolved_at__isnull=False),
    }
    return found.filter(wanted.get(show, Q())).order_by(rank, "target", "created_at", "pk")


def grouped(project: Project, found: Iterable[Thread]) -> list[Group]:
    """One after the other, those about the same target together."""
    listed = with_lost(project, _placed(project, list(found)))
    return [
        Group(target, (together := list(group))[0].place, together)  # type: ignore[attr-defined]
        for target, group in groupby(listed, key=lambda each: each.target)
    ]


def counts(project: Project, reader: User) -> Counts:
    """How many threads each tab has."""
    found = project.threads.all()
    numbers = found.aggregate(open=Count("pk", filter=Q(resolved_at=None)), all=Count("pk"))
    return Counts(
        open=numbers["open"],
        mine=found.open().filter(_part(reader)).count(),
        unread=unread_count(project, reader),
        resolved=numbers["all"] - numbers["open"],
        all=numbers["all"],
    )


def unread_count(project: Project, reader: User) -> int:
    """How many threads have something that the reader has not seen."""
    return project.threads.filter(Exists(_unread(project, reader))).count()


def open_counts(project: Project) -> dict[str, int]:
    """How many threads are open, by target."""
    counted = project.threads.open().values_list("target").annotate(Count("pk")).order_by("target")
    return dict(counted)


def took_part(thread: Thread) -> list[Any]:
    """Keys of those who spoke in the thread or were named in it."""
    said = Comment.objects.filter(thread=thread)
    named = Mention.objects.filter(comment__thread=thread)
    return [*said.values_list("author_id", flat=True), *named.values_list("user_id", flat=True)]


def unread_mentions(user: User) -> QuerySet[Mention]:
    """Where somebody named this person and they have not looked since, in the projects they are a member of."""
    look = Look.objects.filter(thread=OuterRef("comment__thread"), user=user).values("at")[:1]
    return (
        Mention.objects.filter(user=user, comment__thread__project__memberships__user=user)
        .filter(comment__thread__resolved_at=None, comment__thread__project__archived_at=None)
        .annotate(looked_at=Subquery(look))
        .filter(Q(looked_at=None) | Q(comment__created_at__gt=F("looked_at")))
        .select_related("comment__author", "comment__thread__project")
        .order_by("comment__created_at")
    )


def tellable(comment_ids: Iterable[Any], user: User) -> list[Comment]:
    """Those of the comments that this person may read, has not read, and that nobody has settled."""
    look = Look.objects.filter(thread=OuterRef("thread"), user=user).values("at")[:1]
    own_later = Comment.objects.filter(thread=OuterRef("thread"), author=user, created_at__gt=OuterRef("created_at"))
    earlier = Prefetch("thread__comments", queryset=_said())
    return list(
        Comment.objects.filter(pk__in=list(comment_ids), thread__resolved_at=None)
        .filter(thread__project__memberships__user=user, thread__project__archived_at=None)
        .annotate(looked_at=Subquery(look))
        .filter(Q(looked_at=None) | Q(created_at__gt=F("looked_at")))
        .exclude(Exists(own_later))
        .select_related("author", "thread__project")
        .prefetch_related(earlier)
        .order_by("created_at")
    )


def _said() -> QuerySet[Comment]:
    return Comment.objects.select_related("author").prefetch_related(
        Prefetch("mentions", queryset=Mention.objects.select_related("user"))
    )


def _about(target: str, section: str) -> Q:
    """A section's threads and those about what stands in it; a row's and those about its fields."""
    if section:
        return Q(section=section)
    return Q(target=target) | Q(target__startswith=f"{target}/")


def _unread(project: Project, reader: User) -> QuerySet[Comment]:
    """Comments of others in the thread since the reader looked; what was said before they came is not news to them."""
    look = Look.objects.filter(thread=OuterRef("thread"), user=reader).values("at")[:1]
    came = Membership.objects.filter(project=project, user=reader).values("created_at")[:1]
    return (
        Comment.objects.filter(thread=OuterRef("pk"))
        .exclude(author=reader)
        .filter(created_at__gt=Coalesce(Subquery(look), Subquery(came)))
    )


def _part(reader: User) -> Q:
    """Threads that the reader spoke in or was named in."""
    spoke = Comment.objects.filter(thread=OuterRef("pk"), author=reader)
    named = Mention.objects.filter(comment__thread=OuterRef("pk"), user=reader)
    return Q(Exists(spoke)) | Q(Exists(named))


def _by_section(project: Project) -> dict[str, tuple[int, int]]:
    counted = project.threads.order_by().values("section")
    numbers = counted.annotate(open=Count("pk", filter=Q(resolved_at=None)), all=Count("pk"))
    return {row["section"]: (row["open"], row["all"] - row["open"]) for row in numbers}


def _placed(project: Project, found: list[Thread]) -> list[Thread]:
    """Each with its place; None when what it is about has gone."""
    places = targets.places(project, {each.target for each in found})
    for each in found:
        each.place = places.get(each.target)  # type: ignore[attr-defined]
    return found


def with_lost(project: Project, found: list[Thread]) -> list[Thread]:
    """Each says whether the words it is about are gone from the text."""
    quoting = sorted((each for each in found if each.quote), key=lambda each: each.section)
    for section, group in groupby(quoting, key=lambda each: each.section):
        together = list(group)
        lost = targets.lost_quotes(project, section, [each.quoted for each in together])
        for each in together:
            each.is_lost = each.quote in lost  # type: ignore[attr-defined]
    return found
