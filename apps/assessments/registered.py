"""What assessments add to the registries."""

from apps.assessments import section
from apps.projects import sections


def register() -> None:
    sections.register(section.SECTION)
