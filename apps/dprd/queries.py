from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property
from itertools import groupby
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.utils import timezone
from django.utils.safestring import SafeString

from apps.accounts.models import User
from apps.comments import queries as comments
from apps.comments.queries import Conversation
from apps.core.text import markdown
from apps.core.text.diff import as_html, redline
from apps.core.text.passages import mark
from apps.dprd.enums import Key, Outcome, State
from apps.dprd.models import ConflictCopy, Presence, Revision, Section
from apps.dprd.past import seen_versions
from apps.dprd.proposals import Proposal, open_in
from apps.projects import advice
from apps.projects.advice import Advice
from apps.projects.models import Project
from apps.projects.sections import Finding, all_sections, is_empty, once, reading, stands_in
from apps.projects.sections import Part as Attached
from apps.projects.sections import Section as Registered
from apps.stakeholders import approving
from apps.stakeholders.approving import Approval
from apps.stakeholders.matrix import Line, matrix

HERE_FOR = timedelta(seconds=18)
HISTORY_PAGE = 50
MOST_CHOICES = 10
MOST_NOTED = 8
"""Findings that stand beside a section; the readiness page has all of them."""


@dataclass(frozen=True)
class Person:
    """Somebody who is in the document now."""

    user: User
    section: str
    typing: bool


@dataclass(frozen=True)
class Around:
    """A section's owner, and who is in it now."""

    key: str
    owner: str
    people: list[Person]


@dataclass(frozen=True)
class Choice:
    """Two texts for one passage, each as a redline against what both started from."""

    copy: ConflictCopy
    mine: SafeString
    theirs: SafeString


@dataclass(frozen=True)
class Waiting:
    """What waits for a decision in a section: the first few, and how many follow when these are settled."""

    key: str
    conflicts: list[Choice] = field(default_factory=list)
    more_conflicts: int = 0


@dataclass(frozen=True)
class More:
    """What another app attached to a section: where the document asks for it again, and where one edits it."""

    part: Attached
    drawn: Any
    page_url: str
    edit_url: str


@dataclass(frozen=True)
class Part:
    """One section of the document as its page shows it, whoever owns its rows."""

    number: int
    key: str
    title: str
    template: str
    edit_url: str
    snapshot: dict[str, Any]
    findings: list[Finding]
    conversation: Conversation
    people: list[Person]
    prose: Section | None
    html: SafeString
    line: Line
    approvals: list[Approval] = field(default_factory=list)
    conflicts: list[Choice] = field(default_factory=list)
    more_conflicts: int = 0
    more: list[More] = field(default_factory=list)
    suggestions: list[Proposal] = field(default_factory=list)
    advice: list[Advice] = field(default_factory=list)
    seen: int | None = None

    @property
    def own(self) -> dict[str, Any]:
        """What its template draws by itself: without what is attached, which stands below it."""
        attached = {more.part.key for more in self.more}
        return {key: value for key, value in self.snapshot.items() if key not in attached}

    @property
    def state(self) -> str:
        """Its own word if it has one, else what its content and its findings say."""
        if is_empty(self.snapshot):
            return State.EMPTY
        if "state" in self.snapshot:
            state = str(self.snapshot["state"])
            return State.DRAFT if state == State.EMPTY else state
        return State.DRAFT if any(found.level != "hint" for found in self.findings) else State.READY

    @property
    def owner(self) -> str:
        return str(self.snapshot.get("owner", ""))

    @property
    def has_news(self) -> bool:
        """Whether its text changed since this reader last looked; who never looked has nothing to compare."""
        return bool(self.prose and self.seen and self.prose.text_version > self.seen)

    @property
    def blocks(self) -> bool:
        return any(found.level == "blocker" for found in self.findings)

    @cached_property
    def _to_note(self) -> list[Finding]:
        return sorted(
            (found for found in self.findings if found.level != "hint"), key=lambda found: found.level != "blocker"
        )

    @property
    def noted(self) -> list[Finding]:
        """What the margin says of it, what blocks first."""
        return self._to_note[:MOST_NOTED]

    @property
    def more_noted(self) -> int:
        return len(self._to_note) - len(self.noted)


@dataclass(frozen=True)
class Entry:
    """What one person did to a section within one minute."""

    author: User | None
    at: datetime
    revision: Revision
    savings: int


def sections(project: Project) -> dict[str, Section]:
    """The six sections; those that nobody has touched are there too, unsaved."""
    stored = Prefetch("sections", queryset=Section.objects.select_related("owner", "ready_by"))
    prefetch_related_objects([project], stored)
    found = {section.key: section for section in project.sections.all()}
    return {key: found.get(key) or Section(project=project, key=key) for key in Key.values}


def section(project: Project, key: str) -> Section:
    """Raises KeyError when there is no such section."""
    return project.sections.select_related("owner", "project").filter(key=key).first() or Section(
        project=project, key=Key(key)
    )


def loaded(project: Project, key: str) -> Section:
    """A section from what the page has loaded already, else from the database."""
    if "sections" not in getattr(project, "_prefetched_objects_cache", {}):
        return section(project, key)
    return sections(project)[key]


def fresh(section: Section) -> Section:
    return Section.objects.get(pk=section.pk)


def base_text(section: Section, revision: Revision) -> str:
    """The text that a sending was written from; nobody asks the history for the one that the section still has."""
    if not revision.base_key and section.text_version <= revision.base_version:
        return section.text
    taken_in = section.revisions.exclude(outcome=Outcome.KEPT)
    if revision.base_key:
        own = taken_in.filter(author=revision.author, client_key=revision.base_key)
        if (submitted := own.values_list("submitted", flat=True).first()) is not None:
            return submitted
    seen = taken_in.filter(version__lte=revision.base_version).order_by("-version", "-created_at")
    return seen.values_list("text", flat=True).first() or ""


def last_author(section: Section) -> User | None:
    last = _history(section).filter(outcome__in=[Outcome.SAVED, Outcome.WOVEN, Outcome.CONFLICT]).first()
    return last.author if last else None


def open_copies(revision: Revision) -> list[ConflictCopy]:
    return list(revision.conflicts.filter(resolved_at=None))


def waiting(section: Section) -> Waiting:
    """What the editor needs to know beside the text."""
    if not section.is_stored:
        return Waiting(section.key)
    return _waiting_in(section.key, list(_open_copies().filter(section=section)))


def told(section: Section, page: int = 1) -> Page[Revision]:
    """What was written, the last first, a page at a time."""
    newest = revisions(section).exclude(outcome=Outcome.SAME).defer("submitted", "text")
    return Paginator(newest, HISTORY_PAGE).get_page(page)


def entries(revisions: Iterable[Revision]) -> list[Entry]:
    """Who wrote when; what one person did within a minute is one entry."""
    found = []
    for (author, at), group in groupby(revisions, key=_author_and_minute):
        together = list(group)
        found.append(Entry(author, at, together[0], len(together)))
    return found


def text_before(revision: Revision) -> str:
    """The section's text before what this author did in that minute began."""
    author, minute = _author_and_minute(revision)
    earlier = revisions(revision.section).filter(created_at__lt=revision.created_at)
    before = earlier.exclude(author=author, created_at__gte=minute).first()
    return before.text if before else ""


def latest(section: Section) -> Revision | None:
    return revisions(section).first()


def revisions(section: Section) -> QuerySet[Revision]:
    """What the section has been, the last first; texts that were only kept are not among them."""
    if not section.is_stored:
        return Revision.objects.none()
    return _history(section).exclude(outcome=Outcome.KEPT)


def beside(revision: Revision) -> list[ConflictCopy]:
    """What a sending brought that could not be merged, and what became of it."""
    return list(revision.conflicts.select_related("resolved_by").order_by("start"))


def copies(section: Section) -> QuerySet[ConflictCopy]:
    """Words kept beside this section's text, settled or not."""
    if not section.is_stored:
        return ConflictCopy.objects.none()
    return section.conflicts.select_related("section__project", "revision")


def with_both(section: Section, waiting: list[ConflictCopy]) -> str:
    """The section's text with the words kept beside it put after the passages that they belong to."""
    text = section.text
    for copy in waiting:
        at = text.find(copy.saved) if copy.saved else -1
        end = at + len(copy.saved) if at >= 0 else len(text)
        text = text[:end] + (" " if at >= 0 else "\n\n") + copy.other + text[end:] if copy.other else text
    return text


def members(project: Project) -> list[User]:
    return list(User.objects.filter(memberships__project=project).order_by("name"))


def keepers(project: Project) -> dict[str, User]:
    """Who keeps the text of which section."""
    if "sections" in getattr(project, "_prefetched_objects_cache", {}):
        stored = list(project.sections.all())
    else:
        stored = list(project.sections.exclude(owner=None).select_related("owner"))
    return {section.key: section.owner for section in stored if section.owner}


def here(project: Project) -> list[Person]:
    """Who has been seen in the last seconds; a person with two tabs is in the one seen last."""
    seen = (
        Presence.objects.filter(project=project, seen_at__gte=timezone.now() - HERE_FOR)
        .select_related("user")
        .order_by("seen_at")
    )
    latest = {presence.user_id: presence for presence in seen}
    people = [Person(presence.user, presence.section, presence.typing) for presence in latest.values()]
    return sorted(people, key=lambda person: (person.user.name, str(person.user.pk)))


def around(project: Project, people: list[Person], *, reader: User) -> list[Around]:
    """Who else is in which section, with its owner: no more than a line of its head needs."""
    prose = sections(project)
    others = [person for person in people if person.user != reader]
    return [
        Around(
            found.key,
            str(prose[found.key].owner or "") if found.key in prose else "",
            [person for person in others if person.section == found.key],
        )
        for found in all_sections()
    ]


def document(project: Project, *, reader: User) -> list[Part]:
    """The whole document: every registered section with what stands in its margin, and who else is there."""
    prose = sections(project)
    said = comments.by_section(project, reader)
    people = _others(project, reader)
    waiting = _waiting(project)
    with reading(project):
        parts = [
            _part(number, registered, project, prose.get(registered.key), said, people, waiting)
            for number, registered in enumerate(all_sections(), 1)
        ]
        parts = _advised(parts, project)
    return _for_reader(parts, project, reader)


def part(project: Project, key: str, *, reader: User) -> Part:
    """One section of the document. Raises KeyError when nobody registered it."""
    for number, registered in enumerate(all_sections(), 1):
        if registered.key == key:
            said = {key: comments.conversation(project, f"section:{key}", reader)}
            prose = sections(project).get(key)
            found = _part(number, registered, project, prose, said, _others(project, reader), _waiting(project))
            return _for_reader(_advised([found], project), project, reader)[0]
    raise KeyError(key)


def _advised(parts: list[Part], project: Project) -> list[Part]:
    """With what experienced teams would say where the choice is made, and without the findings that were waived."""
    found = advice.of(project, {part.key: part.snapshot for part in parts})
    left = {id(finding) for finding in advice.still_open(project, [each for part in parts for each in part.findings])}
    return [
        replace(
            part,
            findings=[finding for finding in part.findings if id(finding) in left],
            advice=[one for one in found if one.section == part.key],
        )
        for part in parts
    ]


def _for_reader(parts: list[Part], project: Project, reader: User) -> list[Part]:
    """With what others suggest, and how far this person has read."""
    suggested, seen = open_in(project), seen_versions(project, reader)
    return [replace(part, suggestions=suggested.get(part.key, []), seen=seen.get(part.key)) for part in parts]


def _part(
    number: int,
    registered: Registered,
    project: Project,
    prose: Section | None,
    said: dict[str, Conversation],
    people: dict[str, list[Person]],
    waiting: dict[str, Waiting],
) -> Part:
    undecided = waiting.get(registered.key, Waiting(registered.key))
    conversation = said.get(registered.key) or Conversation(f"section:{registered.key}")
    quoting = [thread for thread in conversation.open if thread.quote] if prose else []
    html, lost = mark(markdown.render(prose.text if prose else ""), [thread.quoted for thread in quoting])
    snapshot = registered.snapshot(project)
    for thread in quoting:
        thread.is_lost = thread.quote in lost and not stands_in(snapshot, thread.quote)  # type: ignore[attr-defined]
    duties = matrix(project)
    line = duties.line(registered.key)
    read = once(project, "approved texts", lambda _project: approving.texts(duties.lines))
    return Part(
        number=number,
        key=registered.key,
        title=str(registered.title),
        template=registered.template,
        edit_url=registered.edit_url(project),
        snapshot=snapshot,
        findings=registered.findings(project),
        conversation=conversation,
        people=people.get(registered.key, []),
        prose=prose,
        html=html,
        line=line,
        approvals=[one for one in approving.of_line(line, snapshot, read) if one.cell.said],
        conflicts=undecided.conflicts,
        more_conflicts=undecided.more_conflicts,
        more=[
            More(part, snapshot[part.key], part.page_url(project), part.edit_url(project)) for part in registered.parts
        ],
    )


def _others(project: Project, reader: User) -> dict[str, list[Person]]:
    found: dict[str, list[Person]] = defaultdict(list)
    for person in here(project):
        if person.user != reader:
            found[person.section].append(person)
    return found


def _waiting(project: Project) -> dict[str, Waiting]:
    found: dict[str, list[ConflictCopy]] = defaultdict(list)
    for copy in _open_copies().filter(section__project=project):
        found[copy.section.key].append(copy)
    return {key: _waiting_in(key, copies) for key, copies in found.items()}


def _waiting_in(key: str, copies: list[ConflictCopy]) -> Waiting:
    shown = copies[:MOST_CHOICES]
    return Waiting(key, [_choice(copy) for copy in shown], len(copies) - len(shown))


def _open_copies() -> QuerySet[ConflictCopy]:
    return (
        ConflictCopy.objects.filter(resolved_at=None)
        .select_related("section", "revision", "author", "saved_author")
        .order_by("created_at", "start")
    )


def _choice(copy: ConflictCopy) -> Choice:
    return Choice(copy, as_html(redline(copy.base, copy.other)), as_html(redline(copy.base, copy.saved)))


def _history(section: Section) -> QuerySet[Revision]:
    return section.revisions.select_related("author").order_by("-version", "-created_at")


def _author_and_minute(revision: Revision) -> tuple[User | None, datetime]:
    return revision.author, revision.created_at.replace(second=0, microsecond=0)
