from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.accounts.models import User
from apps.core.text.diff import as_html, redline
from apps.projects.enums import Role
from apps.projects.models import Membership, Project
from apps.projects.permissions import GRANTS, Perm
from apps.projects.sections import all_sections, is_empty, reading
from apps.reviews.enums import APPROVE, GIVES_APPROVAL, NEEDS_WORDS, Answer, Asked
from apps.reviews.models import Reminder, Response, ReviewRequest, Round
from apps.scope.changes import Line as Change
from apps.scope.changes import differences
from apps.stakeholders.enums import APPROVERS, Letter
from apps.stakeholders.matrix import Cell, Line, matrix
from apps.stakeholders.raci import Word

NUDGE_PAUSE = timedelta(hours=24)


@dataclass(frozen=True)
class Topic:
    """A section of the document by its name and number."""

    key: str
    title: str
    number: int


@dataclass
class Part:
    """One section as its reviewer reads it: the text, what changed since, and their answer."""

    topic: Topic
    template: str
    snapshot: dict[str, Any]
    response: Response
    since: datetime | None = None
    redline: SafeString | None = None
    changes: list[Change] = field(default_factory=list)
    form: Any = None
    # After a stale sending: what is kept here now, beside what was typed.
    kept: Response | None = None

    @property
    def choices(self) -> list[tuple[str, Any]]:
        """The answers in the words for this person."""
        return [(value, APPROVE[Answer(value)] if self.response.approves else label) for value, label in Answer.choices]

    @property
    def is_rest(self) -> bool:
        """Nothing is chosen here yet, and it needs no approval of this person: "agree to the rest" covers it."""
        picked = self.form.picked() if self.form is not None else self.response.answer
        return not picked and not self.response.approves

    @property
    def problem(self) -> str:
        """What keeps the answer from being sent, in one sentence."""
        errors = self.form.errors if self.form is not None and self.form.is_bound else {}
        return next((str(words[0]) for words in errors.values()), "")


@dataclass(frozen=True)
class Row:
    """One person of a round, with each section and what they said to it."""

    request: ReviewRequest
    cells: list[tuple[Topic, Response]]
    reminded_at: datetime | None


@dataclass(frozen=True)
class Alignment:
    """Where the table agrees and where it does not."""

    topics: list[Topic]
    rows: list[Row]
    doubts: list[tuple[Topic, list[Response]]]

    @property
    def answered(self) -> int:
        return sum(row.request.answered_at is not None for row in self.rows)

    @property
    def missing(self) -> list[ReviewRequest]:
        return [row.request for row in self.rows if row.request.answered_at is None]


@dataclass(frozen=True)
class Plan:
    """The lines of the matrix, none while nobody has said who does what, by account what each member has to do with
    which section, and the sections in which nothing stands yet."""

    lines: list[Line]
    by_user: dict[Any, dict[str, Cell]]
    empty: frozenset[str] = frozenset()

    @property
    def sections(self) -> list[str]:
        """Those that somebody approves or is consulted on."""
        return [line.key for line in self.lines if any(_is_asked(cell) for cell in line.given)]

    @property
    def ticked(self) -> list[str]:
        """What is asked about unless the host chooses otherwise: those, or all, without the ones that are empty."""
        return [key for key in self.sections or [each.key for each in all_sections()] if key not in self.empty]

    def why(self, key: str) -> str:
        """What people have to do with a section, in a line; first of all whether there is anything to read."""
        line = next((line for line in self.lines if line.key == key), None)
        approve, consulted = ([], 0) if line is None else (line.approvers, _consulted(line))
        names = get_text_list([cell.person.name for cell in approve], _("and"))
        said = [
            _("empty") if key in self.empty else "",
            ngettext("%(names)s approves", "%(names)s approve", len(approve)) % {"names": names} if approve else "",
            ngettext("%(n)d is consulted", "%(n)d are consulted", consulted) % {"n": consulted} if consulted else "",
        ]
        return "; ".join(filter(None, said))

    def asks(self, user: User) -> Asked | None:
        """What this member would be asked."""
        cells = self._of(user)
        if any(cell.must_approve for cell in cells.values()):
            return Asked.APPROVE
        return Asked.COMMENT if any(_is_asked(cell) for cell in cells.values()) else None

    def reason(self, user: User) -> str:
        """Why, in words: “approves Risks; consulted on 3 sections”."""
        cells, titles = self._of(user), {line.key: line.title for line in self.lines}
        if not cells:
            return ""
        approves = [titles[key] for key, cell in cells.items() if cell.must_approve]
        signs = sum(cell.letter in APPROVERS for cell in cells.values()) - len(approves)
        consulted = sum(cell.letter == Letter.CONSULTED for cell in cells.values())
        on = ngettext("consulted on %(n)d section", "consulted on %(n)d sections", consulted)
        by_signing = ngettext("approves %(n)d section by signing", "approves %(n)d sections by signing", signs)
        said = [
            _("approves %(sections)s") % {"sections": ", ".join(approves)} if approves else "",
            by_signing % {"n": signs} if signs else "",
            on % {"n": consulted} if consulted else "",
        ]
        return "; ".join(filter(None, said)) or _("neither approves nor is consulted")

    def unasked(self, sections: Iterable[str], approving: Iterable[Any]) -> list[tuple[Line, list[Cell]]]:
        """Of these sections those that need an approval for which nobody among `approving` is asked."""
        chosen, there = set(sections), set(approving)
        missing = [
            (line, [cell for cell in line.approvers if cell.person.user_id not in there])
            for line in self.lines
            if line.key in chosen
        ]
        return [(line, cells) for line, cells in missing if cells]

    def _of(self, user: User) -> dict[str, Cell]:
        return self.by_user.get(user.pk, {}) if self.lines else {}


def _is_asked(cell: Cell) -> bool:
    return cell.must_approve or cell.letter == Letter.CONSULTED


def _consulted(line: Line) -> int:
    return sum(cell.letter == Letter.CONSULTED for cell in line.given)


def rounds(project: Project) -> QuerySet[Round]:
    """Newest first, with how many people were `asked_count` and have `answered_count`."""
    return project.review_rounds.annotate(
        asked_count=Count("requests"), answered_count=Count("requests", filter=Q(requests__answered_at__isnull=False))
    ).order_by("-number")


def own_requests(project: Project, user: User) -> dict[Any, ReviewRequest]:
    """What `user` is asked in this project, by round."""
    return {asked.round_id: asked for asked in ReviewRequest.objects.filter(round__project=project, user=user)}


def topics(keys: Iterable[str]) -> list[Topic]:
    """The sections of `keys` in the order of the document; ones that nobody registers any more fall out."""
    wanted = set(keys)
    return [
        Topic(section.key, str(section.title), number)
        for number, section in enumerate(all_sections(), start=1)
        if section.key in wanted
    ]


def reviewers(project: Project) -> list[Membership]:
    """Members who may answer."""
    roles = [role for role in Role if Perm.REVIEW_ANSWER in GRANTS[role]]
    return list(project.memberships.filter(role__in=roles).select_related("user").order_by("user__name", "user__email"))


def request_of(project: Project, round_id: Any, user: User) -> ReviewRequest | None:
    """What `user` is asked in this round."""
    return (
        ReviewRequest.objects.select_related("round__project", "round__opened_by", "user")
        .filter(round__project=project, round_id=round_id, user=user)
        .first()
    )


def parts(request: ReviewRequest) -> list[Part]:
    """The sections of the round as they stand now, each with this person's answer and what changed for them."""
    project, by_key = request.round.project, {section.key: section for section in all_sections()}
    responses = {response.section: response for response in request.responses.all()}
    before = last_seen(request)
    asked = [(topic, by_key[topic.key]) for topic in topics(request.round.sections)]
    with reading(project):
        snapshots = {topic.key: section.snapshot(project) for topic, section in asked}
    found = []
    for topic, section in asked:
        part = Part(topic, section.template, snapshots[topic.key], responses[topic.key])
        if earlier := before.get(topic.key):
            _compare(part, earlier)
        found.append(part)
    return found


def answers(request: ReviewRequest) -> list[Part]:
    """The sections without their text: what the list and the button need."""
    responses = {response.section: response for response in request.responses.all()}
    return [Part(topic, "", {}, responses[topic.key]) for topic in topics(request.round.sections)]


def reading_minutes(parts: Iterable[Part]) -> int:
    """Minutes that reading and answering takes, at 180 words a minute and half a minute for each answer."""
    words = [_word_count(part.snapshot) / 180 + 0.5 for part in parts]
    return max(1, round(sum(words)))


def last_seen(request: ReviewRequest) -> dict[str, Response]:
    """For each section the latest answer that this person has sent in the project, with what they saw."""
    sent = Response.objects.filter(
        request__user=request.user_id, request__round__project=request.round.project_id, sent_at__isnull=False
    )
    return {response.section: response for response in sent.exclude(seen=None).order_by("sent_at")}


def alignment(round: Round) -> Alignment:
    """People × sections, with what was reserved or objected to in full."""
    shown = topics(round.sections)
    requests = round.requests.select_related("user").prefetch_related(
        "responses", Prefetch("reminders", queryset=Reminder.objects.filter(sent_at__isnull=False))
    )
    rows = [_row(request, shown) for request in requests.order_by("user__name", "user__email")]
    return Alignment(shown, rows, _doubts(shown, rows))


def to_nudge(round: Round, by: User) -> list[ReviewRequest]:
    """Who besides `by` has not answered and was not nudged within the last 24 hours."""
    return list(nudgeable(round, by).select_related("user").order_by("user__name", "user__email"))


def nudgeable(round: Round, by: User) -> QuerySet[ReviewRequest]:
    rested = Q(nudged_at=None) | Q(nudged_at__lte=timezone.now() - NUDGE_PAUSE)
    return round.requests.filter(rested, answered_at=None).exclude(user=by)


def waiting_for(user: User) -> QuerySet[ReviewRequest]:
    """Open requests to `user` that they have not answered, in projects that they can open."""
    member = Membership.objects.filter(project=OuterRef("round__project"), user=user)
    return (
        ReviewRequest.objects.filter(Exists(member), user=user, answered_at=None, round__closed_at=None)
        .select_related("round__project", "round__opened_by")
        .order_by("round__due_at")
    )


def missing_answers(host: User) -> list[tuple[Round, list[User]]]:
    """Open rounds of projects that `host` hosts, each with the people who have not answered."""
    unanswered = ReviewRequest.objects.filter(answered_at=None).select_related("user").order_by("user__name")
    hosts = Membership.objects.filter(project=OuterRef("project"), user=host, role=Role.HOST)
    rounds = (
        Round.objects.filter(Exists(hosts), closed_at=None)
        .annotate(missing=Count("requests", filter=Q(requests__answered_at=None)))
        .filter(missing__gt=0)
        .select_related("project")
        .prefetch_related(Prefetch("requests", queryset=unanswered, to_attr="unanswered"))
        .order_by("due_at")
    )
    return [(round, [request.user for request in round.unanswered]) for round in rounds]


def approvals(project: Project) -> dict[tuple[str, Any], Word] | None:
    """The last word of each of those who were asked to approve a section, a yes or a no; None while nobody was asked.
    One query."""
    asked = (
        Response.objects.filter(request__round__project=project, approves=True)
        .order_by(F("sent_at").asc(nulls_first=True))
        .values_list("pk", "section", "request__user", "sent_answer", "sent_at", "sent_text", "request__round")
    )
    found: dict[tuple[str, Any], Word] = {}
    for pk, section, user, answer, at, text, round_id in asked:
        if at and (answer in GIVES_APPROVAL or answer == Answer.OBJECT):
            url = reverse("reviews:show", args=[project.pk, round_id])
            found[section, user] = Word(pk, answer, answer in GIVES_APPROVAL, at, text, url)
    return found if asked else None


def read_then(ids: Iterable[Any]) -> dict[Any, dict[str, Any]]:
    """The sections as they were when these answers were sent."""
    seen = Response.objects.filter(pk__in=list(ids), seen__isnull=False).values_list("pk", "seen")
    return {pk: content or {} for pk, content in seen}


def to_approve(request: ReviewRequest) -> set[str]:
    """The sections on which this person's answer is an approval."""
    return set(request.responses.filter(approves=True).values_list("section", flat=True))


def plan(project: Project, members: Iterable[Membership]) -> "Plan":
    """Whom the matrix of who does what would ask about which section."""
    with reading(project):
        found = matrix(project)
        empty = frozenset(section.key for section in all_sections() if is_empty(section.snapshot(project)))
    by_user: dict[Any, dict[str, Cell]] = {member.user_id: {} for member in members}
    for line in found.lines:
        for cell in line.given:
            if cell.person.user_id in by_user:
                by_user[cell.person.user_id][line.key] = cell
    return Plan(found.lines if found.is_begun else [], by_user, empty)


def is_member(request: ReviewRequest) -> bool:
    return Membership.objects.filter(project=request.round.project_id, user=request.user_id).exists()


def _row(request: ReviewRequest, shown: list[Topic]) -> Row:
    responses = {response.section: response for response in request.responses.all()}
    reminded = [reminder.sent_at for reminder in request.reminders.all() if reminder.sent_at]
    return Row(request, [(topic, responses[topic.key]) for topic in shown], max(reminded, default=None))


def _doubts(shown: list[Topic], rows: list[Row]) -> list[tuple[Topic, list[Response]]]:
    said: dict[str, list[Response]] = {topic.key: [] for topic in shown}
    for row in rows:
        for topic, response in row.cells:
            if response.sent_answer in NEEDS_WORDS:
                response.request = row.request
                said[topic.key].append(response)
    return [(topic, said[topic.key]) for topic in shown if said[topic.key]]


def _compare(part: Part, earlier: Response) -> None:
    part.since = earlier.sent_at
    old, new = earlier.seen or {}, part.snapshot
    part.changes = list(differences(old, new))
    if part.changes and isinstance(old.get("text"), str) and isinstance(new.get("text"), str):
        part.redline = as_html(redline(old["text"], new["text"]))


def _word_count(value: Any) -> int:
    if isinstance(value, dict):
        return sum(_word_count(part) for key, part in value.items() if key not in ("id", "key"))
    if isinstance(value, list):
        return sum(map(_word_count, value))
    return len(str(value).split()) if value is not None else 0
