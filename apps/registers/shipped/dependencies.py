"""What others must deliver, and by when."""

from datetime import date
from functools import partial

from django.utils.translation import gettext_lazy as _

from apps.projects.enums import Level
from apps.registers import catalog
from apps.registers.shipped.checks import passed
from apps.tables.columns import Column, Values
from apps.tables.declared import Register, Rule
from apps.tables.enums import Kind

KINDS = (
    ("people", _("people")),
    ("team", _("team")),
    ("vendor", _("vendor")),
    ("decision", _("decision")),
    ("tool", _("tool")),
)
STATES = (
    ("not asked", _("not asked")),
    ("asked", _("asked")),
    ("promised", _("promised")),
    ("there", _("there")),
    ("not needed", _("no longer needed")),
)
COLUMNS = (
    Column("name", _("Dependency"), _("What you need from somebody outside the team."), width=6, paper=1, required=True),
    Column("kind", _("Kind"), _("People, a team, a vendor, a decision or a tool."), Kind.CHOICE, KINDS, width=3, paper=2),
    Column("owner", _("Owner"), _("Who in the project runs after it. One name."), Kind.PERSON, width=4, paper=3, required=True),
    Column("needed_by", _("Needed by"), _("The day from which you wait for it."), Kind.DAY, width=3, paper=4, required=True),
    Column("state", _("State"), _("How far it is."), Kind.CHOICE, STATES, width=3, paper=5, local=True),
    Column("lead_time", _("How long it takes"), _("From the day they start."), width=3),
    Column("effect", _("If it is late"), _("What stops, and for how long."), Kind.LONG, width=5),
    Column("told", _("Who is told"), _("Who hears first that it slips: a member gets a mail on the morning after its day."), Kind.PERSON, width=3),
)  # fmt: skip


def _is_open(values: Values) -> bool:
    return values.get("state") not in ("there", "not needed")


def is_late(values: Values, today: date) -> bool:
    """Needed by a day that is over, and not there."""
    return _is_open(values) and passed(values, "needed_by", today)


def nobody_runs_after_it(values: Values, today: date) -> bool:
    """Open, and nobody in the project answers for it."""
    return _is_open(values) and not values.get("owner")


def has_no_day(values: Values, today: date) -> bool:
    """Open, and nobody has said when it is needed."""
    return _is_open(values) and not values.get("needed_by")


def effect_is_not_said(values: Values, today: date) -> bool:
    """Open, and nobody has thought about its being late."""
    return _is_open(values) and not values.get("effect")


def nobody_is_told(values: Values, today: date) -> bool:
    """Its being late would stop something, and nobody is named who hears of it."""
    return _is_open(values) and bool(values.get("effect")) and not values.get("told")


RULES = (
    Rule("P1", Level.WARNING, "needed_by", _("“%(name)s” is late"), _("Its day has passed. Get a new one, or plan without it."), is_late),
    Rule("P2", Level.WARNING, "owner", _("“%(name)s” has no owner"), _("What nobody runs after comes last."), nobody_runs_after_it),
    Rule("P3", Level.WARNING, "needed_by", _("“%(name)s”: needed by when?"), _("Without a day nobody can promise it."), has_no_day),
    Rule("P4", Level.HINT, "effect", _("“%(name)s”: what if it is late?"), _("What stops tells how hard to push, and whom to tell."), effect_is_not_said),
    Rule("P5", Level.HINT, "told", _("“%(name)s”: who is told when it slips?"), _("Whoever plans around it should not find out at the stand-up. A member gets a mail."), nobody_is_told),
)  # fmt: skip

REGISTER = Register(
    key="dependencies",
    letter="P",
    title=_("Dependencies"),
    singular=_("dependency"),
    add=_("Add a dependency"),
    about=_("What others must deliver: who runs after it, by when it is needed, and what happens if it is late."),
    section="dependencies",
    columns=COLUMNS,
    rules=RULES,
    missing=(
        "P0",
        Level.WARNING,
        _("No dependency in the table"),
        _("Every LLM project waits for somebody: data access, a contract, a works council. Name who and by when."),
    ),
    rests=lambda values: not _is_open(values),
    known=partial(catalog.usual, "dependencies"),
    edition=partial(catalog.edition, "usual"),
    catalog_note=_("What most projects have. Adding copies the words; names, days and figures are yours."),
)
