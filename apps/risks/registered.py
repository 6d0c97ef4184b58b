"""What risks add to the registries."""

from apps.comments import targets
from apps.projects import sections
from apps.risks import section, talk


def register() -> None:
    sections.register(section.SECTION)
    targets.register("risk", talk.places)
