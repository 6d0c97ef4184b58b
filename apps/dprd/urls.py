from django.urls import path, register_converter

from apps.dprd import views
from apps.dprd.enums import Key


class SectionKey:
    """The name of a section of prose in an address."""

    regex = "|".join(Key.values)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return str(value)


register_converter(SectionKey, "section")

app_name = "dprd"
urlpatterns = [
    path("projects/<uuid:project_id>/document/", views.document, name="document"),
    path("projects/<uuid:project_id>/document/outline/", views.outline, name="outline"),
    path("projects/<uuid:project_id>/document/here/", views.presence_tell, name="here"),
    path("projects/<uuid:project_id>/document/present/", views.presence_show, name="present"),
    path("projects/<uuid:project_id>/document/history/", views.project_history, name="told"),
    path("projects/<uuid:project_id>/sections/<section:key>/", views.section, name="section"),
    path("projects/<uuid:project_id>/sections/<section:key>/edit/", views.section_edit, name="edit"),
    path("projects/<uuid:project_id>/sections/<section:key>/save/", views.section_save, name="save"),
    path("projects/<uuid:project_id>/sections/<section:key>/preview/", views.section_preview, name="preview"),
    path("projects/<uuid:project_id>/sections/<section:key>/state/", views.section_state, name="state"),
    path("projects/<uuid:project_id>/sections/<section:key>/owner/", views.section_owner, name="owner"),
    path("projects/<uuid:project_id>/sections/<section:key>/authors/", views.section_authors, name="authors"),
    path("projects/<uuid:project_id>/sections/<section:key>/since/", views.section_since, name="since"),
    path("projects/<uuid:project_id>/sections/<section:key>/seen/", views.section_seen, name="seen"),
    path("projects/<uuid:project_id>/sections/<section:key>/suggestions/", views.suggestion_list, name="suggestions"),
    path("projects/<uuid:project_id>/sections/<section:key>/suggest/", views.suggest, name="suggest"),
    *[
        path(
            f"projects/<uuid:project_id>/sections/<section:key>/suggestions/<uuid:suggestion_id>/{verb}/",
            getattr(views, f"suggestion_{verb}"),
            name=f"suggestion_{verb}",
        )
        for verb in ("accept", "edit", "decline", "withdraw")
    ],
    path("projects/<uuid:project_id>/sections/<section:key>/history/", views.section_history, name="history"),
    path(
        "projects/<uuid:project_id>/sections/<section:key>/history/<uuid:revision_id>/restore/",
        views.revision_restore,
        name="restore",
    ),
    path(
        "projects/<uuid:project_id>/sections/<section:key>/conflicts/<uuid:copy_id>/",
        views.conflict_settle,
        name="settle",
    ),
]
