from collections import defaultdict
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count, Prefetch, QuerySet

from apps.comments.models import Comment, Thread
from apps.projects.models import Project
from apps.projects.sections import all_sections


@dataclass(frozen=True)
class Conversation:
    """What was said about one target, the open threads apart from the resolved ones."""

    target: str
    open: list[Thread] = field(default_factory=list)
    resolved: list[Thread] = field(default_factory=list)

    @property
    def title(self) -> str:
        """What the document calls the target."""
        kind, _, ident = self.target.partition(":")
        titles = {registered.key: str(registered.title) for registered in all_sections()}
        return titles.get(ident if kind == "section" else f"{kind}s", self.target)

    @property
    def key(self) -> str:
        """The target as part of an element's id."""
        return self.target.replace(":", "-")


def threads(project: Project) -> QuerySet[Thread]:
    """Threads with all that was said in them, the oldest first: two queries at any length."""
    said = Comment.objects.select_related("author")
    return (
        project.threads.select_related("resolved_by")
        .prefetch_related(Prefetch("comments", queryset=said))
        .order_by("created_at", "pk")
    )


def conversation(project: Project, target: str) -> Conversation:
    return _sorted_out(target, list(threads(project).filter(target=target)))


def conversations(project: Project) -> list[Conversation]:
    """Every target that somebody said something about."""
    return list(by_target(project).values())


def by_target(project: Project) -> dict[str, Conversation]:
    found: dict[str, list[Thread]] = defaultdict(list)
    for thread in threads(project):
        found[thread.target].append(thread)
    return {target: _sorted_out(target, about) for target, about in found.items()}


def open_counts(project: Project) -> dict[str, int]:
    """How many threads are open, by target."""
    counted = project.threads.open().values_list("target").annotate(Count("pk")).order_by("target")
    return dict(counted)


def thread(project: Project, thread_id: UUID) -> QuerySet[Thread]:
    return threads(project).filter(pk=thread_id)


def _sorted_out(target: str, about: list[Thread]) -> Conversation:
    return Conversation(
        target, [found for found in about if found.is_open], [found for found in about if not found.is_open]
    )
