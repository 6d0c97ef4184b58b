"""The registers that come with Scoperoom, in the order of the document."""

from apps.registers.models import Row
from apps.registers.shipped import (
    constraints,
    data_sources,
    decisions,
    deliverables,
    delivery,
    dependencies,
    metrics,
    monitoring,
    safeguards,
)
from apps.tables.declared import declare


def declare_all() -> None:
    for shipped in (constraints, decisions, deliverables, data_sources, dependencies, metrics, monitoring,
                    safeguards, delivery):  # fmt: skip
        declare(shipped.REGISTER, Row)
