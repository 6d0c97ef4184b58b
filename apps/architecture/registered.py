"""What the diagram adds to the registries."""

from apps.architecture import facts, pieces, section
from apps.projects import copying, sections
from apps.stakeholders import calls


def register() -> None:
    sections.attach(section.PART)
    copying.register(pieces.PIECE)
    calls.register_facts(facts.of)
