"""The way after scoping, in sprints with a check-in after each step."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from apps.projects.enums import Level
from apps.registers.shipped.checks import without
from apps.tables.columns import Column, Values
from apps.tables.declared import Register, Rule
from apps.tables.enums import Kind

MOST_SPRINTS = 2
STEPS = (
    ("select", _("select a model")),
    ("data", _("prepare data")),
    ("adapt", _("adapt: prompt, retrieve, tune")),
    ("evaluate", _("evaluate")),
    ("integrate", _("integrate")),
    ("pilot", _("pilot")),
    ("roll_out", _("roll out gradually")),
    ("ab_test", _("A/B test")),
    ("monitor", _("monitor")),
    ("improve", _("improve")),
)
COLUMNS = (
    Column("name", _("Step"), _("What is different when it is done."), width=6, paper=1, required=True),
    Column("kind", _("Kind"), "", Kind.CHOICE, STEPS, width=3, paper=2, required=True),
    Column("sprints", _("Sprints"), _("Split what takes more than two."), Kind.NUMBER, width=2, paper=3, required=True),
    Column("start", _("Begins"), "", Kind.DAY, width=2, paper=4),
    Column("owner", _("Owner"), _("One name."), Kind.PERSON, width=3, paper=5, required=True),
    Column("check_in", _("Check-in"), _("Who looks at what, and says go on, change or stop."), Kind.LONG, width=5),
    Column("share", _("Reaches"), _("How many users or requests, for a gradual roll-out."), width=3),
    Column("stop", _("Stop when"), _("The kill criterion: what would make you take it back."), Kind.LONG, width=5),
)  # fmt: skip


def _too_long(values: Values, today: date) -> bool:
    try:
        return float(str(values.get("sprints") or 0)) > MOST_SPRINTS
    except ValueError:
        return False


def _no_way_back(values: Values, today: date) -> bool:
    """It reaches people and nobody said what would stop it."""
    return values.get("kind") in ("pilot", "roll_out", "ab_test") and not values.get("stop")


RULES = (
    Rule("W1", Level.WARNING, "sprints", _("“%(name)s” takes more than two sprints"), _("Split it: feedback that comes later comes too late."), _too_long),
    Rule("W2", Level.WARNING, "stop", _("“%(name)s”: when do you stop?"), _("Agree while nobody is in love with it yet."), _no_way_back),
    Rule("W3", Level.HINT, "check_in", _("“%(name)s”: who looks at it?"), _("Each step ends with somebody who says go on, change or stop."), without("check_in")),
    Rule("W4", Level.HINT, "owner", _("“%(name)s”: who does it?"), _("A step without an owner waits for one."), without("owner")),
)  # fmt: skip

REGISTER = Register(
    key="delivery",
    title=_("Delivery plan"),
    singular=_("step"),
    add=_("Add a step"),
    about=_("The way after scoping: each step in at most two sprints, with a check-in at its end."),
    section="delivery",
    columns=COLUMNS,
    rules=RULES,
    missing=("W0", Level.HINT, _("No delivery plan yet"), _("Select, prepare data, adapt, evaluate, integrate, pilot, roll out, watch: who does what, and when do you stop?")),
)  # fmt: skip
