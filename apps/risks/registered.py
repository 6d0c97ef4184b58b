"""What risks add to the registries."""

from apps.comments import targets
from apps.projects import copying, sections
from apps.risks import pieces, section, table, talk
from apps.risks.models import Risk
from apps.tables.declared import declare


def register() -> None:
    sections.register(section.SECTION)
    targets.register("risk", talk.places)
    declare(table.REGISTER, Risk)
    copying.register(pieces.PIECE)
