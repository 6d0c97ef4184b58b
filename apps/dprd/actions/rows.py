"""The section's row: made when it is first needed, locked, told of."""

from typing import Any

from apps.accounts.models import User
from apps.core.writes import save_version
from apps.dprd.models import Section
from apps.events.log import record

CHANGED = "sections:changed"


def stored(section: Section) -> Section:
    """The section's row, made when it is the first time that somebody writes to it."""
    if section.is_stored:
        return section
    stored, _made = Section.objects.get_or_create(project=section.project, key=section.key)
    return stored


def locked(section: Section) -> Section:
    return Section.objects.select_related("project", "owner").select_for_update(of=("self",)).get(pk=section.pk)


def save_field(section: Section, field: str, by: User, *more: str) -> Section:
    save_version(section, expected=section.version, fields=[field, *more])
    tell("section.changed", section, by, field=field)
    return section


def tell(kind: str, section: Section, by: User, **payload: Any) -> None:
    record(
        kind,
        subject=section,
        by=by,
        stream=section.project.stream,
        changed=CHANGED,
        facts={"key": section.key, "version": section.version, "by": by.short_name},
        key=section.key,
        version=section.version,
        **payload,
    )
