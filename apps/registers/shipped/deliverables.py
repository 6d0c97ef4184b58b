"""What is handed over, when, and how it is accepted."""

from datetime import date
from functools import partial

from django.utils.translation import gettext_lazy as _

from apps.projects.enums import Level
from apps.registers import catalog
from apps.registers.shipped.checks import passed, without
from apps.tables.columns import Column, Values
from apps.tables.declared import Register, Rule
from apps.tables.enums import Kind

STATES = (
    ("planned", _("planned")),
    ("in work", _("in work")),
    ("handed over", _("handed over")),
    ("accepted", _("accepted")),
    ("dropped", _("dropped")),
)
COLUMNS = (
    Column("name", _("Deliverable"), _("Something that can be handed to somebody."), width=6, paper=1, required=True),
    Column("due", _("When"), _("The day on which it is handed over."), Kind.DAY, width=3, paper=2, required=True),
    Column("acceptance", _("How it is accepted"), _("What somebody does or measures to say yes."), Kind.LONG, width=6, paper=3, required=True),
    Column("accepted_by", _("Who accepts it"), _("One name."), Kind.PERSON, width=4),
    Column("owner", _("Owner"), _("Who hands it over. One name."), Kind.PERSON, width=4, paper=4, required=True),
    Column("state", _("State"), "", Kind.CHOICE, STATES, width=3, paper=5, local=True),
    Column("objective", _("Serves"), _("The objective that it brings nearer."), Kind.LINK, to="objective", width=4),
    Column("note", _("Note"), "", Kind.LONG),
)  # fmt: skip


def _is_open(values: Values) -> bool:
    return values.get("state") not in ("handed over", "accepted", "dropped")


def is_late(values: Values, today: date) -> bool:
    """To be handed over on a day that is over."""
    return _is_open(values) and passed(values, "due", today)


RULES = (
    Rule("L1", Level.WARNING, "acceptance", _("“%(name)s”: how is it accepted?"), _("Without a test, done is a matter of opinion."), without("acceptance")),
    Rule("L2", Level.WARNING, "due", _("“%(name)s” has no day"), _("A timeline is days, not an order."), without("due")),
    Rule("L3", Level.WARNING, "due", _("“%(name)s” is late"), _("Its day has passed. Hand it over, or give it a new one."), is_late),
    Rule("L4", Level.WARNING, "owner", _("“%(name)s” has no owner"), _("Somebody must be the one who hands it over."), without("owner")),
)  # fmt: skip

REGISTER = Register(
    key="deliverables",
    letter="L",
    title=_("Deliverables"),
    singular=_("deliverable"),
    add=_("Add a deliverable"),
    about=_("What is handed over, when, and how somebody says that it is accepted."),
    section="deliverables",
    columns=COLUMNS,
    rules=RULES,
    missing=(
        "L0",
        Level.WARNING,
        _("No deliverable in the table"),
        _("What is not named is not handed over, and nobody knows when it is done."),
    ),
    rests=lambda values: not _is_open(values),
    known=partial(catalog.usual, "deliverables"),
    edition=partial(catalog.edition, "usual"),
    catalog_note=_("What most projects have. Adding copies the words; names, days and figures are yours."),
)
