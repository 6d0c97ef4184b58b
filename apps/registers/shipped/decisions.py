"""What was decided, by whom, and what was said against it."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from apps.projects.enums import Level
from apps.registers.shipped.checks import passed, without
from apps.tables.columns import Column, Values
from apps.tables.declared import Register, Rule
from apps.tables.enums import Kind

COLUMNS = (
    Column("name", _("Decision"), _("What holds from now on, in one sentence."), width=7, paper=1, required=True),
    Column("decided_on", _("Decided on"), "", Kind.DAY, width=3, paper=2, local=True),
    Column("decided_by", _("By whom and how"), _("Everyone by consent, the sponsor alone, by vote."), width=4, paper=3, required=True, local=True),
    Column("reason", _("Why"), _("What was known then. Later readers will ask."), Kind.LONG, width=5),
    Column("dissent", _("Said against it"), _("Who disagreed, in their words. It stays, whoever was right."), Kind.LONG, width=4, local=True),
    Column("revisit", _("Look again when"), _("The sign that it may have been wrong."), width=4),
    Column("revisit_on", _("Look again on"), "", Kind.DAY, width=3, paper=4),
)  # fmt: skip


def wants_another_look(values: Values, today: date) -> bool:
    """The day on which it was to be looked at again is over."""
    return passed(values, "revisit_on", today)


RULES = (
    Rule("E1", Level.WARNING, "revisit_on", _("“%(name)s” wants another look"), _("Its day has passed. Confirm it, or decide anew."), wants_another_look),
    Rule("E2", Level.WARNING, "decided_by", _("“%(name)s”: who decided it?"), _("A decision that nobody took can be taken back by anybody."), without("decided_by")),
)  # fmt: skip

REGISTER = Register(
    key="decisions",
    letter="D",
    title=_("Decisions"),
    singular=_("decision"),
    add=_("Add a decision"),
    about=_("What holds from now on, who decided it, what was said against it, and when to look again."),
    section="terms",
    columns=COLUMNS,
    rules=RULES,
)
