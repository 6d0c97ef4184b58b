"""Can it be done here: questions on technology, data, law, budget and organisation, with what shows the answer."""

from datetime import date

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from apps.projects.enums import Level
from apps.registers import catalog
from apps.tables.columns import Column, Values
from apps.tables.declared import Register, Rule
from apps.tables.enums import Kind

AREAS = (
    ("technology", _("technology")),
    ("data", _("data")),
    ("law and ethics", _("law and ethics")),
    ("budget", _("budget")),
    ("organisation", _("organisation")),
)
RATINGS = (
    ("yes", _("yes")),
    ("with conditions", _("with conditions")),
    ("no", _("no")),
    ("not known", _("not known yet")),
)
COLUMNS = (
    Column("name", _("Question"), _("One that can be answered, and whose answer would change what you do."), width=7, paper=1, required=True),
    Column("area", _("About"), "", Kind.CHOICE, AREAS, width=3, paper=2),
    Column("wanted", _("What would show it"), _("What a careful reader would ask to see."), Kind.LONG, width=6),
    Column("rating", _("Answer"), _("Today, honestly."), Kind.CHOICE, RATINGS, width=3, paper=3, required=True, local=True),
    Column("evidence", _("What shows it"), _("A test, a paper, a name: something that somebody else can look at."), Kind.LONG, width=6, paper=4, local=True),
    Column("owner", _("Who finds out"), _("One name."), Kind.PERSON, width=4, paper=5),
    Column("condition", _("On which condition"), _("What has to be true before you go on."), Kind.LONG, local=True),
    Column("decides", _("Decides alone"), _("A no to it stops the project, whatever the rest says."), Kind.YES_NO),
    Column("weight", _("Weight"), _("From 1, nice to know, to 3, decisive."), Kind.NUMBER),
)  # fmt: skip


def stops_it(values: Values, today: date) -> bool:
    """A no to a question that decides alone, and no condition on which it would become a yes."""
    return values.get("decides") is True and values.get("rating") == "no" and not values.get("condition")


def is_open(values: Values, today: date) -> bool:
    """It decides alone, and nobody knows the answer."""
    return values.get("decides") is True and values.get("rating") in (None, "", "not known")


def is_believed(values: Values, today: date) -> bool:
    """A yes that nothing shows."""
    return values.get("rating") == "yes" and not values.get("evidence")


def is_unasked(values: Values) -> bool:
    """Nobody has said anything of it yet."""
    return not any(values.get(key) for key in ("rating", "evidence", "owner", "condition"))


def has_no_condition(values: Values, today: date) -> bool:
    return values.get("rating") == "with conditions" and not values.get("condition")


RULES = (
    Rule("Q1", Level.BLOCKER, "rating", _("“%(name)s” No, and that decides alone."), _("Say on which condition it becomes a yes, or do not sign."), stops_it),
    Rule("Q2", Level.WARNING, "rating", _("“%(name)s” Nobody knows yet, and it decides alone."), _("Find out first: a day now, or the whole project later."), is_open),
    Rule("Q3", Level.HINT, "evidence", _("“%(name)s” Yes: what shows it?"), _("A yes without evidence is a hope."), is_believed),
    Rule("Q4", Level.WARNING, "condition", _("“%(name)s” On which condition?"), _("A condition that is not written down is forgotten by the pilot."), has_no_condition),
)  # fmt: skip

REGISTER = Register(
    key="feasibility",
    title=_("Feasibility"),
    singular=_("question"),
    add=_("Add a question"),
    about=_("Can it be done here? Each question with its answer, and with what shows it."),
    section="feasibility",
    columns=COLUMNS,
    rules=RULES,
    missing=("Q0", Level.HINT, _("Nobody has asked whether it is feasible"), _("The catalog has the questions that stop projects late; most take a minute each.")),
    silent=is_unasked,
    silent_words=ngettext_lazy(
        "%(n)d question of the catalog is not answered yet.", "%(n)d questions of the catalog are not answered yet.", "n"
    ),
    known=catalog.questions,
    edition=lambda: catalog.edition("feasibility"),
    catalog_note=_("Adding copies the question and what would show the answer. The answer is yours."),
)  # fmt: skip
