"""What assessments add to the registries."""

from apps.assessments import queries, section
from apps.projects import sections


def register() -> None:
    sections.register(section.SECTION)
    sections.register_reader(queries.reading)
