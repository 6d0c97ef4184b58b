from collections.abc import Iterator
from contextlib import contextmanager

from apps.assessments import triage
from apps.assessments.models import Triage
from apps.projects.models import Project

_LOADED = "_triage_being_read"


def of(project: Project) -> Triage:
    """The project's triage; one that nobody has begun is there too, unsaved."""
    if loaded := getattr(project, _LOADED, None):
        return loaded
    found = Triage.objects.filter(project=project).select_related("answered_by", "decided_by").first()
    return found or Triage(project=project, edition=triage.catalog().edition)


@contextmanager
def reading(project: Project) -> Iterator[None]:
    """The triage loaded once, for as long as the project's sections are read."""
    setattr(project, _LOADED, of(project))
    try:
        yield
    finally:
        delattr(project, _LOADED)


def taken(project: Project) -> set[tuple[str, str]]:
    """Name and origin of every row that came from somewhere."""
    rows = project.rows.filter(removed_at=None).exclude(came_from="")
    return {(values.get("name", ""), came_from) for values, came_from in rows.values_list("values", "came_from")}
