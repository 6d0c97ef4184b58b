"""What the sections were: the project's history, who wrote which words, what is new to a reader."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.core.text.blame import Owned, blame
from apps.core.text.diff import as_html, brief, redline
from apps.dprd.enums import Outcome
from apps.dprd.models import Revision, Section, Seen
from apps.projects.models import Project

PAGE = 25
MOST_VERSIONS = 400
CHANGES = [Outcome.SAVED, Outcome.WOVEN, Outcome.CONFLICT]


@dataclass(frozen=True)
class Told:
    """One saving as the project's history tells it."""

    revision: Revision
    change: SafeString

    @property
    def is_new(self) -> bool:
        return not (self.revision.before or "").strip()  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Writer:
    """Whose words a stretch of text is, and since when."""

    author: User | None
    origin: str

    @property
    def name(self) -> str:
        name = str(self.author or _("Somebody who left"))
        return f"{name}, {self.origin}" if self.origin else name


@dataclass(frozen=True)
class Authorship:
    """A text in stretches with their writers, and who wrote how many words of it, the most first."""

    stretches: list[Owned[Writer]]
    shares: list[tuple[Writer, int]]
    since: datetime | None


@dataclass(frozen=True)
class News:
    """What changed in a section after a version, and who changed it."""

    change: SafeString
    authors: list[str]
    since: int
    is_new: bool


def told(project: Project, *, section: str = "", person: str = "", page: int = 1) -> Page[Any]:
    """The project's savings, the newest first, a page at a time; each with the text `before` it.

    What is shown is found first and read then: texts of a long history are not carried through its sorting.
    """
    newest = ("-created_at", "-version")
    found = Revision.objects.filter(section__project=project, outcome__in=CHANGES).order_by(*newest)
    if section:
        found = found.filter(section__key=section)
    if person:
        found = found.filter(author_id=UUID(person))
    shown: Page[Any] = Paginator(found.values_list("pk", flat=True), PAGE).get_page(page)
    shown.object_list = (
        Revision.objects.filter(pk__in=list(shown.object_list))
        .select_related("author", "section")
        .defer("submitted", "section__text")
        .annotate(before=_text_before())
        .order_by(*newest)
    )
    return shown


def tellings(revisions: Iterable[Revision]) -> list[Told]:
    return [Told(found, _change(found.before or "", found.text)) for found in revisions]  # type: ignore[attr-defined]


def writers(project: Project) -> QuerySet[User]:
    """Everybody who ever wrote in the project, member still or not."""
    wrote = Revision.objects.filter(section__project=project, outcome__in=CHANGES).order_by().values("author")
    return User.objects.filter(pk__in=wrote).order_by("name")


def authorship(section: Section) -> Authorship:
    """Who wrote which words of the text as it stands, read from its last `MOST_VERSIONS` savings."""
    if not section.is_stored:
        return Authorship([], [], None)
    newest = list(
        section.revisions.filter(outcome__in=CHANGES).select_related("author").order_by("-version")[:MOST_VERSIONS]
    )
    versions = [(Writer(found.author, found.origin), found.text) for found in reversed(newest)]
    stretches = blame(_last_of_each_run(versions))
    counts: dict[Writer, int] = {}
    for stretch in stretches:
        counts[stretch.who] = counts.get(stretch.who, 0) + len(stretch.text.split())
    shares = sorted(counts.items(), key=lambda share: (-share[1], share[0].name))
    return Authorship(stretches, shares, newest[-1].created_at if newest else None)


def text_at(section: Section, version: int) -> str:
    """The section's text as of `version`."""
    if not section.is_stored:
        return ""
    merged = section.revisions.exclude(outcome=Outcome.KEPT).filter(version__lte=version)
    return merged.order_by("-version", "-created_at").values_list("text", flat=True).first() or ""


def news(section: Section, since: int) -> News:
    """What changed after version `since`, as a redline of the changed sentences."""
    before = text_at(section, since)
    later = section.revisions.filter(outcome__in=CHANGES, version__gt=since) if section.is_stored else None
    authors = (
        sorted(
            {
                str(found.author or _("Somebody who left"))
                for found in later.select_related("author").defer("text", "submitted")
            }
        )
        if later
        else []
    )
    return News(_change(before, section.text), authors, since, not before.strip())


def seen_versions(project: Project, reader: User) -> dict[str, int]:
    """Up to which version of each section's text this person has read, by key."""
    return dict(Seen.objects.filter(section__project=project, user=reader).values_list("section__key", "version"))


def seen_version(section: Section, reader: User) -> int | None:
    if not section.is_stored:
        return None
    return section.seen.filter(user=reader).values_list("version", flat=True).first()


def _text_before() -> Subquery:
    """By when they were merged: a sending that only brought a conflict has the version of the one before it."""
    earlier = Revision.objects.filter(
        section=OuterRef("section"), version__lte=OuterRef("version"), updated_at__lt=OuterRef("updated_at")
    )
    return Subquery(earlier.exclude(outcome=Outcome.KEPT).order_by("-version", "-updated_at").values("text")[:1])


def _change(before: str, after: str) -> SafeString:
    return as_html(brief(redline(before, after)))


def _last_of_each_run(versions: list[tuple[Writer, str]]) -> list[tuple[Writer, str]]:
    """What one person saved time after time is one version."""
    return [
        found for found, after in zip(versions, [*versions[1:], None], strict=True) if not after or after[0] != found[0]
    ]
