from apps.assessments import triage
from apps.assessments.models import Triage
from apps.projects import sections
from apps.projects.models import Project


def of(project: Project) -> Triage:
    """The project's triage; one that nobody has begun is there too, unsaved."""
    return sections.once(project, "triage", _triage)


def _triage(project: Project) -> Triage:
    found = Triage.objects.filter(project=project).select_related("answered_by", "decided_by").first()
    return found or Triage(project=project, edition=triage.catalog().edition)


def taken(project: Project) -> set[tuple[str, str]]:
    """Name and origin of every row that came from somewhere."""
    rows = project.rows.filter(removed_at=None).exclude(came_from="")
    return {(values.get("name", ""), came_from) for values, came_from in rows.values_list("values", "came_from")}
