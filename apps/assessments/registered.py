"""What assessments add to the registries."""

from apps.assessments import pieces, section
from apps.projects import copying, sections


def register() -> None:
    sections.register(section.SECTION)
    copying.register(pieces.PIECE)
