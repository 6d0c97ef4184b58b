"""The document and its sections of prose."""

from apps.dprd import actions
from apps.dprd.models import ConflictCopy
from tests.access.table import Row, World
from tests.factories.dprd import written


def in_section(world: World) -> list:
    return [world.project.pk, "purpose"]


def sending(world: World) -> dict:
    return {"text": "Text.", "base_version": 1, "client_key": "k"}


def a_revision(world: World) -> list:
    section = written(world.project, "First.") if not world.project.sections.exists() else world.project.sections.get()
    return [world.project.pk, "purpose", section.revisions.earliest("created_at").pk]


def a_conflict(world: World) -> list:
    section = written(world.project, "Saved.")
    copy = ConflictCopy.objects.create(
        section=section, revision=section.revisions.latest("created_at"), start=0, end=6, saved="Saved.", other="Other."
    )
    return [world.project.pk, "purpose", copy.pk]


def a_suggestion(world: World, by: str = "reviewer") -> list:
    section = written(world.project, "We meet at nine.")
    made = actions.suggest(
        section, base_version=section.version, start=0, end=16, text="We meet at ten.", by=getattr(world, by)
    )
    return [world.project.pk, "purpose", made.pk]


def suggesting(world: World) -> dict:
    return {"base_version": 1, "start": 0, "end": 0, "text": "Words."}


READS = {"host": 200, "editor": 200, "reviewer": 200, "viewer": 200}
EDITORS = {"host": 200, "editor": 200, "reviewer": 403, "viewer": 403}
CHANGES = {"host": 302, "editor": 302, "reviewer": 403, "viewer": 403}

ROWS = [
    Row("dprd:document", "GET", **READS),
    Row("dprd:outline", "GET", **READS),
    Row("dprd:present", "GET", host=200, editor=200, reviewer=200, viewer=200),
    Row("dprd:here", "POST", host=204, editor=204, reviewer=204, viewer=204, data=lambda world: {"client": "tab"}),
    Row("dprd:section", "GET", **READS, args=in_section),
    Row("dprd:edit", "GET", **EDITORS, args=in_section),
    Row("dprd:edit", "POST", **CHANGES, args=in_section, data=sending),
    Row("dprd:save", "GET", **EDITORS, args=in_section),
    Row("dprd:save", "POST", **EDITORS, args=in_section, data=sending),
    Row(
        "dprd:preview",
        "POST",
        host=200,
        editor=200,
        reviewer=403,
        viewer=403,
        args=in_section,
        data=lambda world: {"text": "Text."},
    ),
    Row("dprd:state", "GET", **EDITORS, args=in_section),
    Row(
        "dprd:state",
        "POST",
        **CHANGES,
        args=in_section,
        data=lambda world: {"purpose-state": "empty", "purpose-was": "empty"},
    ),
    Row("dprd:owner", "GET", **EDITORS, args=in_section),
    Row("dprd:owner", "POST", **CHANGES, args=in_section, data=lambda world: {"purpose-owner": "", "purpose-was": ""}),
    Row("dprd:history", "GET", **READS, args=in_section),
    Row("dprd:restore", "POST", **CHANGES, args=a_revision, data=lambda world: {"version": 1, "client_key": "k"}),
    Row("dprd:settle", "POST", **CHANGES, args=a_conflict, data=lambda world: {"keep": "theirs", "client_key": "k"}),
    Row("dprd:told", "GET", **READS),
    Row("dprd:authors", "GET", **READS, args=in_section),
    Row("dprd:since", "GET", **READS, args=in_section),
    Row(
        "dprd:seen",
        "POST",
        host=302,
        editor=302,
        reviewer=302,
        viewer=302,
        args=in_section,
        data=lambda world: {"version": 1},
    ),
    Row("dprd:suggestions", "GET", **READS, args=in_section),
    Row("dprd:suggest", "GET", host=200, editor=200, reviewer=200, viewer=403, args=in_section),
    Row(
        "dprd:suggest",
        "POST",
        host=302,
        editor=302,
        reviewer=302,
        viewer=403,
        args=in_section,
        data=suggesting,
    ),
    Row("dprd:suggestion_accept", "POST", **CHANGES, args=a_suggestion),
    Row("dprd:suggestion_edit", "GET", **EDITORS, args=a_suggestion),
    Row(
        "dprd:suggestion_edit",
        "POST",
        **CHANGES,
        args=a_suggestion,
        data=lambda world: {"text": "We meet.", "base_version": 2},
    ),
    Row("dprd:suggestion_decline", "GET", **EDITORS, args=a_suggestion),
    Row("dprd:suggestion_decline", "POST", **CHANGES, args=a_suggestion, data=lambda world: {"word": "Too late."}),
    Row("dprd:suggestion_withdraw", "POST", host=409, editor=409, reviewer=302, viewer=403, args=a_suggestion),
]
