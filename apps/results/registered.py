"""What results add to the registries."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.projects import copying, needs, sections
from apps.projects.models import Objective
from apps.projects.needs import Need
from apps.results import pieces, queries, section

END_OF_WORK = time(17)


def register() -> None:
    sections.attach(section.PART)
    copying.register(pieces.PIECE)
    needs.register(due)


def due(user: User) -> list[Need]:
    """Objectives whose day has come and that nobody has measured since."""
    return [_need(objective) for objective in queries.to_measure(user)]


def _need(objective: Objective) -> Need:
    project = objective.project
    assert objective.due
    return Need(
        label=_("Measure"),
        title=objective.title,
        detail=_("%(project)s: was it kept?") % {"project": project.title},
        url=reverse("results:value_enter", args=[project.pk, objective.pk]) + f"#result-{objective.pk}",
        button=_("Enter the value"),
        due=datetime.combine(objective.due, END_OF_WORK, tzinfo=ZoneInfo(project.time_zone)),
    )
