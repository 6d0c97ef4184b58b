"""What home and the project page show, read from every app below."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import CharField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.core.words import count_word, sentence
from apps.events.models import Event
from apps.overview import steps
from apps.projects import needs
from apps.projects import queries as projects
from apps.projects.models import Project
from apps.projects.needs import Need
from apps.projects.road import Step


@dataclass(frozen=True)
class NeedRow:
    """A need as its row shows it: the words before its moment, and whether it is close."""

    need: Need
    when: str
    due: datetime | str
    soon: bool

    label = property(lambda self: self.need.label)
    title = property(lambda self: self.need.title)
    detail = property(lambda self: self.need.detail)
    url = property(lambda self: self.need.url)
    button = property(lambda self: self.need.button)
    post = property(lambda self: self.need.post)


@dataclass(frozen=True)
class ProjectRow:
    project: Project
    road: Sequence[Step]
    next: str
    touched: datetime


@dataclass(frozen=True)
class Home:
    needs: Sequence[NeedRow]
    rows: Sequence[ProjectRow]
    sample: Project | None

    @property
    def title(self) -> str:
        """The answer to "what needs me"."""
        count = len(self.needs)
        if not count:
            return _("Nothing needs you today")
        if count == 1:
            return _("One thing needs you")
        return _("%(n)s things need you") % {"n": sentence(count_word(count))}


def home(user: User) -> Home:
    waiting = needs.of(user)
    found = [_row(project, waiting) for project in projects_of(user)]
    sample = next((row.project for row in found if row.project.is_sample), None)
    return Home([need_row(need) for need in waiting], found, sample)


def projects_of(user: User) -> QuerySet[Project]:
    """The person's projects, the last touched first; `touched` is when something last happened in it."""
    stream = Concat(Value("project:"), Cast(OuterRef("pk"), CharField()))
    last = Event.objects.filter(stream=stream).order_by("-seq").values("at")[:1]
    return projects.projects_of(user).annotate(touched=Coalesce(Subquery(last), "updated_at")).order_by("-touched")


def need_row(need: Need) -> NeedRow:
    today = timezone.localdate()
    if need.due is None:
        return NeedRow(need, _("Since") if need.since else "", need.since or "", soon=False)
    day = timezone.localtime(need.due).date()
    if day < today:
        return NeedRow(need, _("Late since"), need.due, soon=True)
    if day == today:
        return NeedRow(need, _("Today"), need.due, soon=True)
    return NeedRow(need, _("Due"), need.due, soon=False)


def need_words(need: Need, project: Project) -> str:
    """What is needed, where the project's name is known already."""
    return (need.detail if need.title == project.title else need.title).rstrip(".")


def _row(project: Project, waiting: Sequence[Need]) -> ProjectRow:
    asked = next((need_words(need, project) for need in waiting if str(project.pk) in need.url), "")
    now = next((step for step in project.road if step.state == "now"), None)
    said = asked or (str(steps.AHEAD[now.key].title) if now else _("Nothing is open"))
    return ProjectRow(project, project.road, said, project.touched)  # type: ignore[attr-defined]


def day_of(moment: datetime | date) -> date:
    return timezone.localtime(moment).date() if isinstance(moment, datetime) else moment
