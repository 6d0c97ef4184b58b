"""What assessments add to the registries."""

from apps.assessments import facts, pieces, section
from apps.projects import copying, sections
from apps.stakeholders import calls


def register() -> None:
    sections.register(section.SECTION)
    copying.register(pieces.PIECE)
    calls.register_facts(facts.of)
