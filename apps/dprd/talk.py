"""Sections of prose as things to comment on: who answers for them, and what they say."""

from collections.abc import Sequence

from apps.accounts.models import User
from apps.dprd.models import Section
from apps.projects.models import Project


def owners(project: Project, section: str) -> Sequence[User]:
    return list(User.objects.filter(owned_sections__project=project, owned_sections__key=section))


def text(project: Project, section: str) -> str:
    return Section.objects.filter(project=project, key=section).values_list("text", flat=True).first() or ""
