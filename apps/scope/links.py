"""Where something is mended: the address of a field."""

from django.urls import reverse

from apps.projects.models import Project
from apps.scope.draft import Hit

PAGES = {
    "comments": "comments:list", "document": "dprd:document", "tracing": "tracing:show", "diagram": "architecture:show",
    "triage": "assessments:triage", "reviews": "reviews:list",
}  # fmt: skip


def mended_at(project: Project, hit: Hit, section_url: str) -> str:
    """The field of the row that a rule applies to, or the page on which it is mended."""
    if hit.kind in PAGES:
        page = reverse(PAGES[hit.kind], args=[project.pk])
        return f"{page}#{hit.field}" if hit.field else page
    if hit.kind == "seat":
        return f"{reverse('stakeholders:add', args=[project.pk])}?role={hit.row}#id_name"
    if not hit.kind:
        return f"{section_url}#{hit.field}" if hit.field else section_url
    if not hit.row and hit.kind != "frame":
        return reverse("registers:list", args=[project.pk, hit.kind])
    return f"{_form(project, hit)}#id_{hit.field}"


def _form(project: Project, hit: Hit) -> str:
    if hit.kind == "frame":
        return reverse("projects:frame_edit", args=[project.pk])
    if hit.kind == "objective":
        return reverse("projects:objective_edit", args=[project.pk, hit.row])
    if hit.kind == "risk":
        return reverse("risks:edit", args=[project.pk, hit.row])
    return reverse("registers:edit", args=[project.pk, hit.kind, hit.row])
