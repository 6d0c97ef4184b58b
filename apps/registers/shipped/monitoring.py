"""What is watched in production, and who answers."""

from datetime import date
from functools import partial

from django.utils.translation import gettext_lazy as _

from apps.projects.enums import Level
from apps.registers import catalog
from apps.registers.shipped.checks import without
from apps.tables.columns import Column, Values
from apps.tables.declared import Register, Rule
from apps.tables.enums import Kind

VERSIONS = _("Version of model and prompt")
KINDS = (
    ("quality", _("quality")),
    ("latency", _("latency")),
    ("cost", _("cost")),
    ("drift", _("drift")),
    ("abuse", _("abuse")),
    ("feedback", _("feedback of users")),
    ("change", _("change of model or prompt")),
)
CADENCES = (
    ("all the time", _("all the time")),
    ("daily", _("daily")),
    ("weekly", _("weekly")),
    ("monthly", _("monthly")),
    ("at every change", _("at every change")),
)
COLUMNS = (
    Column("name", _("Signal"), _("What one looks at."), width=6, paper=1, required=True),
    Column("kind", _("Kind"), "", Kind.CHOICE, KINDS, width=3),
    Column("source", _("Where it comes from"), _("Log, sample, survey, bill."), width=4),
    Column("metric", _("Watches"), _("The evaluation metric that it keeps an eye on."), Kind.LINK, to="metrics", width=3),
    Column("cadence", _("How often"), "", Kind.CHOICE, CADENCES, width=3, paper=2),
    Column("alarm", _("Alarm when"), _("The value at which somebody stops what they do."), width=4, paper=3, required=True),
    Column("owner", _("Who answers"), _("Who acts on the alarm. One name, and who stands in."), Kind.PERSON, width=4, paper=4, required=True),
    Column("response", _("What they do"), _("The first hour, and how it comes back into prompt, data or model."), Kind.LONG, width=6, paper=5),
    Column("change_when", _("Change prompt or model when"), _("What makes you re-prompt, retrain or take another model: below 0.95 in two samples in a row."), Kind.LONG),
    Column("pinned", _("Pinned version"), _("Which model and which prompt answer, by version or date; never “latest”."), Kind.LONG, group=VERSIONS),
    Column("before_change", _("Run before it changes"), _("The test that a new version has to pass first, and who says go."), Kind.LONG, group=VERSIONS),
)  # fmt: skip


def _not_pinned(values: Values, today: date) -> bool:
    """It watches changes of model or prompt and does not say which ones answer now."""
    return values.get("kind") == "change" and not values.get("pinned")


RULES = (
    Rule("F1", Level.WARNING, "owner", _("“%(name)s”: who answers?"), _("An alarm that nobody answers is noise."), without("owner")),
    Rule("F2", Level.WARNING, "alarm", _("“%(name)s”: alarm at what value?"), _("Without one somebody has to stare at it."), without("alarm")),
    Rule("F3", Level.HINT, "response", _("“%(name)s”: and then?"), _("Say what is done in the first hour, while there is time to think."), without("response")),
    Rule("F4", Level.HINT, "cadence", _("“%(name)s”: how often?"), _("Looked at now and then means after the complaint."), without("cadence")),
    Rule("F5", Level.WARNING, "pinned", _("“%(name)s”: which version is pinned?"), _("A model that changes by itself makes every measurement one of something else."), _not_pinned),
)  # fmt: skip

REGISTER = Register(
    key="monitoring",
    letter="W",
    title=_("Feedback and monitoring"),
    singular=_("signal"),
    add=_("Add a signal"),
    about=_("What is watched once people use it, at what value somebody acts, and who."),
    section="monitoring",
    columns=COLUMNS,
    rules=RULES,
    missing=(
        "F0",
        Level.WARNING,
        _("Nothing is watched once people use it"),
        _("Say what somebody looks at, at what value they act, and who: quality and cost first."),
    ),
    known=partial(catalog.usual, "monitoring"),
    edition=partial(catalog.edition, "usual"),
    catalog_note=_("What most projects have. Adding copies the words; names, days and figures are yours."),
)
