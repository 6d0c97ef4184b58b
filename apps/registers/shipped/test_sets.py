"""The cases that it is measured on: who collects them, who says what is right, and until when."""

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
    ("being collected", _("being collected")),
    ("labelled", _("labelled")),
    ("in use", _("in use")),
)
COLUMNS = (
    Column("name", _("Evaluation set"), _("What people call it: 300 labelled tickets."), width=5, paper=1, required=True),
    Column("owner", _("Owner"), _("Who keeps it current. One name."), Kind.PERSON, width=4, paper=2, required=True),
    Column("size", _("How many"), _("Cases in it."), Kind.NUMBER, width=2, paper=3, required=True),
    Column("source", _("Where the cases come from"), _("Real ones, and by what rule they are drawn: not only the easy ones."), Kind.LONG, width=5),
    Column("slices", _("What must be in it"), _("Rare topics, languages, hard and hostile cases, with a number for each."), Kind.LONG),
    Column("labels", _("Who says what is right"), _("Two people who know the work, and how they settle a difference."), Kind.PERSON, width=4, paper=4),
    Column("agreement", _("How well they agree"), _("The share of cases on which both say the same before they talk."), width=2, local=True),
    Column("apart", _("How it is kept apart"), _("It stays out of prompts, examples and training, and away from vendors."), Kind.LONG),
    Column("ready", _("Ready by"), _("Before anybody compares prompts or models."), Kind.DAY, width=3, paper=5, required=True),
    Column("state", _("State"), "", Kind.CHOICE, STATES, width=3, paper=6, local=True),
    Column("renewal", _("Made new when"), _("Some cases a month from production, and after every change of topic."), Kind.LONG),
)  # fmt: skip


def is_there(values: Values) -> bool:
    return values.get("state") in ("labelled", "in use")


def is_late(values: Values, today: date) -> bool:
    """Its day is over, and nobody has labelled it."""
    return not is_there(values) and passed(values, "ready", today)


def has_no_day(values: Values, today: date) -> bool:
    """Not there yet, and nobody has said by when."""
    return not is_there(values) and not values.get("ready")


RULES = (
    Rule("G1", Level.WARNING, "owner", _("“%(name)s”: who keeps it current?"), _("An evaluation set without an owner is out of date by the second release."), without("owner")),
    Rule("G2", Level.WARNING, "ready", _("“%(name)s”: ready by when?"), _("Until it is there every comparison is a matter of taste."), has_no_day),
    Rule("G3", Level.WARNING, "ready", _("“%(name)s” is late"), _("Its day has passed. Whatever is compared meanwhile is compared by taste."), is_late),
    Rule("G4", Level.HINT, "labels", _("“%(name)s”: who says what is right?"), _("Two people who know the work; where they differ the instruction is not clear yet."), without("labels")),
    Rule("G5", Level.HINT, "apart", _("“%(name)s”: how is it kept apart?"), _("Cases that were in a prompt or in training are remembered, not solved."), without("apart")),
    Rule("G6", Level.HINT, "renewal", _("“%(name)s”: when is it made new?"), _("What people ask changes; a set from last year measures last year."), without("renewal")),
)  # fmt: skip

REGISTER = Register(
    key="test_sets",
    letter="G",
    title=_("Evaluation sets"),
    singular=_("evaluation set"),
    add=_("Add an evaluation set"),
    about=_("The cases that it is measured on: where they come from, who says what is right, and who keeps them current."),
    section="metrics",
    columns=COLUMNS,
    rules=RULES,
    missing=("G0", Level.WARNING, _("No evaluation set is planned"), _("Fifty real cases with the right answer and one owner settle more arguments than any demo.")),
    rests=lambda values: False,
    help_page="registers:samples",
    help_words=_("How many cases are enough?"),
    known=partial(catalog.usual, "test_sets"),
    edition=partial(catalog.edition, "usual"),
    catalog_note=_("What most projects have. Adding copies the words; names, days and figures are yours."),
)  # fmt: skip
