"""What the diagram adds to the registries."""

from apps.architecture import pieces, section
from apps.projects import copying, sections


def register() -> None:
    sections.attach(section.PART)
    copying.register(pieces.PIECE)
