"""What the diagram adds to the registries."""

from apps.architecture import section
from apps.projects import sections


def register() -> None:
    sections.attach(section.PART)
