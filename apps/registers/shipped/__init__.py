"""The registers that come with Scoperoom, in the order of the document."""

from apps.projects import rules
from apps.registers.models import Row
from apps.registers.shipped import (
    constraints,
    data_sources,
    decisions,
    deliverables,
    delivery,
    dependencies,
    feasibility,
    metrics,
    models,
    monitoring,
    safeguards,
    test_sets,
)
from apps.tables.declared import Register, declare


def declare_all() -> None:
    for found in (
        constraints.REGISTER, decisions.REGISTER, deliverables.REGISTER, data_sources.REGISTER, dependencies.REGISTER,
        metrics.REGISTER, test_sets.REGISTER, monitoring.REGISTER, feasibility.REGISTER, models.OPTION_REGISTER,
        models.CRITERION_REGISTER, safeguards.REGISTER, delivery.REGISTER,
    ):  # fmt: skip
        declare(found, Row)
        rules.declare(*_said_by(found))


def _said_by(register: Register) -> list[rules.Rule]:
    """The rules of a register as the list of all rules has them."""
    empty = []
    if register.missing:
        rule, level, message, why = register.missing
        empty = [rules.Rule(rule, level, register.section, message, why)]
    rows = [rules.Rule(rule.id, rule.level, register.section, rule.message, rule.why) for rule in register.rules]
    return [*empty, *rows]
