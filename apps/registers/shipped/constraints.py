"""What cannot be changed, or not by this project."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from apps.projects.enums import Level
from apps.registers.shipped.checks import passed, without
from apps.tables.columns import Column, Values
from apps.tables.declared import Register, Rule
from apps.tables.enums import Kind

KINDS = (
    ("technical", _("technical")),
    ("legal", _("legal")),
    ("organisation", _("organisation")),
    ("money", _("money")),
    ("time", _("time")),
    ("people", _("people")),
)
COLUMNS = (
    Column("name", _("Constraint"), _("What is so, whatever the project wishes."), width=7, paper=1, required=True),
    Column("kind", _("Kind"), "", Kind.CHOICE, KINDS, width=3, paper=2),
    Column("source", _("Who says so"), _("A person, a law, a contract, a system."), Kind.PERSON, width=4, paper=3),
    Column("firm", _("Can it move?"), _("What can be negotiated is worth asking about early."), Kind.CHOICE,
           (("fixed", _("fixed")), ("can be negotiated", _("can be negotiated"))), width=3, paper=4),
    Column("effect", _("What it rules out"), _("What you will not do because of it."), Kind.LONG, width=5),
    Column("until", _("Holds until"), _("Empty: for good."), Kind.DAY, width=3),
)  # fmt: skip


def is_over(values: Values, today: date) -> bool:
    """It held until a day that has passed."""
    return passed(values, "until", today)


RULES = (
    Rule("C1", Level.HINT, "source", _("“%(name)s”: who says so?"), _("A constraint without a source is a habit. Ask once."), without("source")),
    Rule("C2", Level.HINT, "until", _("“%(name)s” no longer holds"), _("Its day has passed. Take it out, or say until when."), is_over),
)  # fmt: skip

REGISTER = Register(
    key="constraints",
    letter="C",
    title=_("Constraints"),
    singular=_("constraint"),
    add=_("Add a constraint"),
    about=_("What is so, whatever the project wishes: systems, laws, budgets, days."),
    section="terms",
    columns=COLUMNS,
    rules=RULES,
)
