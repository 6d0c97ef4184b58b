"""The registers whose rows are kept here. Risks and objectives are tables too, and kept by their own apps."""

from apps.registers.models import Row
from apps.tables.declared import Register, tables


def registers() -> list[Register]:
    return [found for found in tables() if found.model is Row]


def in_section(section: str) -> list[Register]:
    return [found for found in registers() if found.section == section]
