"""Which way to get a model: the options that were looked at, and what they were measured by."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from apps.projects.enums import Level
from apps.registers import catalog
from apps.registers.shipped.checks import without
from apps.tables.columns import Column, Values
from apps.tables.declared import Register, Rule
from apps.tables.enums import Kind

VERDICTS = (
    ("recommended", _("recommended")),
    ("in reserve", _("in reserve")),
    ("ruled out", _("ruled out")),
)
OPTIONS = (
    Column("name", _("Option"), _("A way to get there, without a product’s name. To do nothing is one."), width=6, paper=1, required=True),
    Column("verdict", _("Verdict"), "", Kind.CHOICE, VERDICTS, width=3, paper=2, required=True, local=True),
    Column("reason", _("Why"), _("What decided, so that it can be looked at again when that changes."), Kind.LONG, width=6, paper=3, required=True, local=True),
    Column("good", _("Speaks for it"), "", Kind.LONG, width=5),
    Column("bad", _("Speaks against it"), "", Kind.LONG, width=5),
    Column("cost", _("Cost"), _("To begin, and a month."), width=3, paper=4),
    Column("revisit", _("Look again when"), _("A price, a new model, a test result."), width=4),
)  # fmt: skip
CRITERIA = (
    Column("name", _("Criterion"), _("What the options are compared by."), width=6, paper=1, required=True),
    Column("weight", _("Weight"), _("The weights add up to 100."), Kind.NUMBER, width=2, paper=2, required=True),
    Column("best", _("What 5 of 5 means"), _("So that two people give the same mark."), Kind.LONG, width=6, paper=3),
    Column("knockout", _("Out when"), _("What no other mark makes good."), Kind.LONG, width=5, paper=4),
)  # fmt: skip


def has_no_reason(values: Values, today: date) -> bool:
    """Somebody has decided about it and not said why."""
    return bool(values.get("verdict")) and not values.get("reason")


OPTION_REGISTER = Register(
    key="model_options",
    letter="V",
    title=_("Options"),
    singular=_("option"),
    add=_("Add an option"),
    about=_("The ways to get there that were looked at, which one is recommended, and why not the others."),
    section="model",
    columns=OPTIONS,
    rules=(
        Rule("V1", Level.WARNING, "reason", _("“%(name)s”: why?"), _("Without the reason nobody knows when to look again."), has_no_reason),
        Rule("V2", Level.HINT, "verdict", _("“%(name)s”: recommended, in reserve or ruled out?"), _("An option without a verdict comes back in every meeting."), without("verdict")),
    ),
    missing=("V0", Level.HINT, _("No other way was looked at"), _("Buying, a rule, an open model, doing nothing: whoever signs will ask why not.")),
    known=catalog.options,
    edition=lambda: catalog.edition("models"),
    catalog_note=_("Adding copies the name. Verdict and reason are yours."),
)  # fmt: skip
CRITERION_REGISTER = Register(
    key="model_criteria",
    title=_("Criteria"),
    singular=_("criterion"),
    add=_("Add a criterion"),
    about=_("What the options are compared by, and how much each counts."),
    section="model",
    columns=CRITERIA,
    rules=(Rule("V3", Level.HINT, "weight", _("“%(name)s” has no weight"), _("What counts as much as everything else decides nothing."), without("weight")),),
    known=catalog.criteria,
    edition=lambda: catalog.edition("models"),
    catalog_note=_("Adding copies the criterion with its usual weight; beside it stand the weights for other situations."),
)  # fmt: skip
