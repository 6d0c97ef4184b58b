"""How good is good enough, measured on what."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from apps.projects.enums import Level
from apps.registers import catalog
from apps.registers.shipped.checks import without
from apps.tables.columns import Column, Values
from apps.tables.declared import Register, Rule
from apps.tables.enums import Kind

FEW = 30
"""Below this many examples a share is little more than an impression."""
COLUMNS = (
    Column("name", _("Metric"), _("From the catalog, or your own."), width=5, paper=1, required=True, suggestions=catalog.names),
    Column("task", _("Kind of task"), _("Questions over documents, classification, extraction …"), width=3, suggestions=catalog.groups),
    Column("definition", _("Definition"), _("What is counted, over what. Two people must come to the same number."), Kind.LONG, width=6),
    Column("direction", _("At least or at most"), "", Kind.CHOICE, (("at least", _("at least")), ("at most", _("at most"))), width=2, paper=2),
    Column("threshold", _("Threshold to ship"), _("Below it, or above it, you do not ship."), Kind.NUMBER, width=2, paper=3, required=True),
    Column("unit", _("Unit"), _("%, s, €, share"), width=2, paper=4),
    Column("data_set", _("Measured on"), _("Which examples, kept apart from what the product learns from."), width=4, paper=5, required=True),
    Column("sample", _("How many"), _("Examples in that set. 300 tell shares within about 5 points apart."), Kind.NUMBER, width=2, paper=6),
    Column("method", _("How measured"), _("By people, by a judge model checked against people, from the log."), Kind.LONG, width=4),
    Column("objective", _("Serves"), _("The objective that it tells something about."), Kind.LINK, to="objective", width=4),
    Column("owner", _("Owner"), _("Who measures it. One name."), Kind.PERSON, width=4, paper=7, required=True),
)  # fmt: skip


def sample_is_small(values: Values, today: date) -> bool:
    """Fewer examples than a share can be read from."""
    sample = values.get("sample")
    return sample not in (None, "") and float(str(sample)) < FEW


RULES = (
    Rule("M1", Level.BLOCKER, "threshold", _("“%(name)s” has no threshold"), _("Nobody can say when it is good enough to ship."), without("threshold")),
    Rule("M2", Level.WARNING, "data_set", _("“%(name)s”: measured on what?"), _("A number without its data set cannot be repeated."), without("data_set")),
    Rule("M3", Level.WARNING, "owner", _("“%(name)s”: who measures it?"), _("What nobody measures is not measured."), without("owner")),
    Rule("M4", Level.HINT, "objective", _("“%(name)s” serves no objective"), _("Good at this, and then? Link the objective that it tells something about."), without("objective")),
    Rule("M5", Level.WARNING, "direction", _("“%(name)s”: at least or at most?"), _("A threshold needs a side."), without("direction")),
    Rule("M6", Level.HINT, "sample", _("“%(name)s”: fewer than 30 examples"), _("So few tell an impression, not a share. With 100 you know it within about 10 points."), sample_is_small),
)  # fmt: skip

REGISTER = Register(
    key="metrics",
    letter="M",
    title=_("Evaluation metrics"),
    singular=_("metric"),
    add=_("Add a metric"),
    about=_("What is measured before anything ships, on which examples, and how good is good enough."),
    section="metrics",
    columns=COLUMNS,
    rules=RULES,
    missing=("M0", Level.WARNING, _("No evaluation metric in the table"), _("Without a measure and a threshold nobody can say when it is good enough.")),
    known=catalog.metrics,
    edition=catalog.edition,
)  # fmt: skip
