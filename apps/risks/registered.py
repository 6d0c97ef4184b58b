"""What risks add to the registries."""

from apps.projects import sections
from apps.risks import section


def register() -> None:
    sections.register(section.SECTION)
