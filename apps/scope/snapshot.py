"""The scope as one JSON value, and its fingerprint."""

from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import rfc8785

from apps.projects.models import Project
from apps.projects.sections import all_sections, reading
from apps.scope import beside

FORMAT = "scoperoom/1"


def snapshot(
    project: Project,
    *,
    number: int,
    frozen_at: datetime,
    frozen_by: str,
    decision: str,
    findings: Iterable[dict[str, Any]],
) -> dict[str, Any]:
    """Everything that is signed: each registered section as it is now, and what was known to be missing.

    JSON-able; text as people wrote it, times in UTC to the second.
    """
    with reading(project):
        sections = [
            {"key": section.key, "title": str(section.title), "content": section.snapshot(project)}
            for section in all_sections()
        ]
    return {
        "format": FORMAT,
        "project": {
            "id": str(project.pk),
            "title": project.title,
            "summary": project.summary,
            "organisation": project.organisation,
        },
        "number": number,
        "frozen_at": stamp(frozen_at),
        "frozen_by": frozen_by,
        "decision": decision,
        "sections": sections,
        "findings": list(findings),
        "beside": beside.of(project),
    }


def canonical(value: Any) -> str:
    """RFC 8785: the same value gives the same text everywhere. Raises ValueError for what JSON cannot hold."""
    return rfc8785.dumps(value).decode()


def fingerprint(text: str) -> str:
    """SHA-256 of the canonical text, 64 hexadecimal digits."""
    return sha256(text.encode()).hexdigest()


def stamp(moment: datetime) -> str:
    """ISO 8601 in UTC, to the second, with Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
