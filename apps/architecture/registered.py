"""What the diagram adds to the registries."""

from apps.architecture import queries, section
from apps.projects import sections


def register() -> None:
    sections.attach(section.PART)
    sections.register_reader(queries.reading)
