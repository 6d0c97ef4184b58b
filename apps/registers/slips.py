"""A dependency whose day is over: whoever is named under “Who is told” hears it by mail."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.accounts.models import User
from apps.notifications import news
from apps.notifications.news import Kind, Said, Story
from apps.projects.models import Project
from apps.registers.models import Row
from apps.registers.shipped import dependencies
from apps.tables.queries import people_by_name, spoken

SLIPPED = "slipped"


def register() -> None:
    help_ = gettext_lazy("Once for each day that is missed, where your name stands under “Who is told”.")
    news.register(Kind(SLIPPED, gettext_lazy("A dependency is late"), help_, tell))


def slipped(today: date) -> Iterator[tuple[User, str]]:
    """Who has to hear of what. A new day that is missed as well is something new to tell."""
    yield from ((user, about(row)) for user, row in _late(Row.objects.filter(removed_at=None), today))


def about(row: Row) -> str:
    return f"row:{row.pk}:{row.values['needed_by']}"


def tell(abouts: Sequence[str], user: User) -> dict[str, Story]:
    """Those that are still late by that day, and still this person's to hear."""
    rows = Row.objects.filter(removed_at=None, pk__in=[one.split(":")[1] for one in abouts])
    return {about(row): _story(row) for told, row in _late(rows, timezone.localdate()) if told == user}


def _late(rows: Iterable[Row], today: date) -> Iterator[tuple[User, Row]]:
    """Late ones whose words under “Who is told” mean a member. One query, and one for each project with late ones."""
    found = Row.objects.filter(
        pk__in=rows,
        register=dependencies.REGISTER.key,
        project__archived_at=None,
        values__needed_by__lt=today.isoformat(),
        values__has_key="told",
    )
    people: dict[Project, Mapping[str, User]] = {}
    for row in found.select_related("project").order_by("project_id", "position"):
        if row.project not in people:
            people[row.project] = people_by_name(row.project)
        told = people[row.project].get(spoken(str(row.values["told"])))
        if told and dependencies.is_late(row.values, today):
            yield told, row


def _story(row: Row) -> Story:
    day = date_format(date.fromisoformat(str(row.values["needed_by"])), "j F Y")
    words = [_("It was needed by %(day)s and is not there.") % {"day": day}]
    if effect := row.values.get("effect"):
        words.append(_("If it is late: %(effect)s") % {"effect": effect})
    if owner := row.values.get("owner"):
        words.append(_("%(owner)s runs after it.") % {"owner": owner})
    headline = _("“%(name)s” is late") % {"name": row}
    return Story(
        group=row.project.title,
        where=f"{row.project.title}, {row.declared.title}",
        headline=headline,
        subject=headline,
        said=Said("Scoperoom", timezone.now(), "\n".join(words)),
        path=row.get_absolute_url(),
        button=_("See what waits for it"),
    )
