"""What is done so that nobody is harmed: bias, transparency, accountability, oversight, appeal."""

from datetime import date
from functools import partial

from django.utils.translation import gettext_lazy as _

from apps.projects.enums import Level
from apps.registers import catalog
from apps.registers.shipped.checks import without
from apps.tables.columns import Column, Values
from apps.tables.declared import Register, Rule
from apps.tables.enums import Kind

AREAS = (
    ("bias", _("bias checks")),
    ("transparency", _("transparency")),
    ("privacy", _("privacy")),
    ("accountability", _("accountability")),
    ("oversight", _("human oversight")),
    ("appeal", _("appeal and redress")),
    ("security", _("security and abuse")),
)
COLUMNS = (
    Column("name", _("What you do"), _("One measure in one sentence, so that somebody could see whether it is done."), width=6, paper=1, required=True),
    Column("area", _("Against what"), "", Kind.CHOICE, AREAS, width=3, paper=2, required=True),
    Column("risk", _("Against which risk"), _("The risk of the register that it makes smaller."), Kind.LINK, to="risks", width=4),
    Column("for_whom", _("Whom it protects"), _("Customers, staff, people who are only spoken about."), width=3, paper=3),
    Column("owner", _("Who answers for it"), _("One name."), Kind.PERSON, width=3, paper=4, required=True),
    Column("time", _("Time it takes"), _("Oversight without a time budget is not done."), Kind.NUMBER, unit="h a week", width=2, paper=5),
    Column("evidence", _("How you will know"), _("A report, a sample, a test that fails."), Kind.LONG, width=4),
    Column("checked", _("Last checked"), "", Kind.DAY, width=2, local=True),
)  # fmt: skip


def _unpaid_oversight(values: Values, today: date) -> bool:
    return values.get("area") == "oversight" and not values.get("time")


RULES = (
    Rule("S1", Level.WARNING, "owner", _("“%(name)s”: who answers for it?"), _("What everybody answers for nobody does."), without("owner")),
    Rule("S2", Level.WARNING, "time", _("“%(name)s”: how much time does it take?"), _("People who oversee beside their work click through by Thursday."), _unpaid_oversight),
    Rule("S3", Level.HINT, "evidence", _("“%(name)s”: how will you know?"), _("A safeguard that nobody can see working is a sentence."), without("evidence")),
    Rule("S4", Level.HINT, "area", _("“%(name)s”: against what?"), _("It shows which kind of harm nothing is done about."), without("area")),
)  # fmt: skip

REGISTER = Register(
    key="safeguards",
    title=_("Safeguards"),
    singular=_("safeguard"),
    add=_("Add a safeguard"),
    about=_("What is done so that nobody is harmed, who does it, and how it shows."),
    section="responsible",
    columns=COLUMNS,
    rules=RULES,
    missing=("S0", Level.WARNING, _("No safeguard yet"), _("Say who looks before it counts, who can complain, and how bias would be noticed.")),
    known=partial(catalog.usual, "safeguards"),
    edition=partial(catalog.edition, "usual"),
    catalog_note=_("What most projects have. Adding copies the words; names, days and figures are yours."),
)  # fmt: skip
