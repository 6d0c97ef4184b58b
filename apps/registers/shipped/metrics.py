"""How good is good enough, measured on what."""

import re
from datetime import date

from django.utils.translation import gettext_lazy as _

from apps.projects.enums import Level
from apps.registers import catalog, samples
from apps.registers.shipped.checks import without
from apps.tables import columns
from apps.tables.columns import Column, Values
from apps.tables.declared import Register, Rule
from apps.tables.enums import Kind

FEW = 50
"""Below this many examples a share is little more than an impression."""
COLUMNS = (
    Column("name", _("Metric"), _("From the catalog, or your own."), width=5, paper=1, required=True, suggestions=catalog.names),
    Column("task", _("Kind of task"), _("Questions over documents, classification, extraction …"), width=3, suggestions=catalog.groups),
    Column("definition", _("Definition"), _("What is counted, over what. Two people must come to the same number."), Kind.LONG, width=5),
    Column("direction", _("At least or at most"), "", Kind.CHOICE, (("at least", _("at least")), ("at most", _("at most"))), width=2, paper=2),
    Column("threshold", _("Threshold to ship"), _("Below it, or above it, you do not ship. ≤ 8 s fills three fields."), Kind.NUMBER, width=2, paper=3, required=True, carries=("direction", "unit")),
    Column("unit", _("Unit"), _("%, s, €, share"), width=2, paper=4),
    Column("data_set", _("Measured on"), _("Which examples, kept apart from what the product learns from."), width=3, paper=5, required=True),
    Column("sample", _("How many"), _("Examples in that set. 100 tell a share within about 10 points, 400 within 5."), Kind.NUMBER, width=2, paper=6),
    Column("method", _("How measured"), _("By people, by a judge model checked against people, from the log."), Kind.LONG, width=3),
    Column("objective", _("Serves"), _("The objective that it tells something about."), Kind.LINK, to="objective", width=4),
    Column("owner", _("Owner"), _("Who measures it. One name."), Kind.PERSON, width=3, paper=7, required=True),
)  # fmt: skip


SENTENCE = re.compile(rf"(?P<name>.+?\S)\s*(?P<threshold>(?:{columns.SIGN})\s*\d[^≥≤<>]*?)(?:\s+on\s+(?P<data_set>(?P<sample>\d+)?.*))?", re.IGNORECASE)  # fmt: skip


def reads(sentence: str) -> Values:
    """“Faithfulness ≥ 0.95 on 300 real tickets” as the fields of a row; a name alone where there is no threshold."""
    words = " ".join(sentence.split()).strip("-–•* .;")
    found = SENTENCE.fullmatch(words)
    said = {key: value for key, value in found.groupdict().items() if value} if found else {"name": words}
    return columns.spread({column.key: column for column in COLUMNS}, said | {"name": said["name"][:1].upper() + said["name"][1:]})  # fmt: skip


def sample_is_small(values: Values, today: date) -> bool:
    """Fewer examples than a share can be read from."""
    return bool(values.get("sample")) and _number(values, "sample") < FEW


def sample_cannot_show_it(values: Values, today: date) -> bool:
    """Not one failure in so few examples would still leave more failures than the threshold allows."""
    allowed, count = _failures_allowed(values), _number(values, "sample")
    return allowed is not None and count >= FEW and samples.most_without_one(int(count)) > allowed


def as_share(values: Values) -> float | None:
    """The threshold as a share from 0 to 1; none when it is no share."""
    value, unit = _number(values, "threshold"), str(values.get("unit") or "").strip().casefold()
    if "threshold" not in values or unit not in ("%", "percent", "share", ""):
        return None
    share = value / 100 if unit in ("%", "percent") else value
    return share if 0 <= share <= 1 else None


def told(values: Values) -> str:
    """What the examples of a metric can tell about its threshold, in words."""
    share, count = as_share(values), int(_number(values, "sample"))
    if share is None or count < 1:
        return ""
    words = _(
        "%(n)s examples: a share near %(share)s %% is known to within about %(points)s points. Not one failure in them still allows %(unseen)s %%."
    )
    points, unseen = 100 * samples.half_width(share, count), 100 * samples.most_without_one(count)
    return words % {"n": count, "share": f"{100 * share:g}", "points": f"{points:.1f}", "unseen": f"{unseen:.2g}"}


def _failures_allowed(values: Values) -> float | None:
    share = as_share(values)
    if share is None or not values.get("direction"):
        return None
    return share if values["direction"] == "at most" else 1 - share


def _number(values: Values, key: str) -> float:
    try:
        return float(str(values.get(key) or 0))
    except ValueError:
        return 0.0


RULES = (
    Rule("M1", Level.BLOCKER, "threshold", _("“%(name)s” has no threshold"), _("Nobody can say when it is good enough to ship."), without("threshold")),
    Rule("M2", Level.WARNING, "data_set", _("“%(name)s”: measured on what?"), _("A number without its data set cannot be repeated."), without("data_set")),
    Rule("M3", Level.WARNING, "owner", _("“%(name)s”: who measures it?"), _("What nobody measures is not measured."), without("owner")),
    Rule("M4", Level.HINT, "objective", _("“%(name)s” serves no objective"), _("Good at this, and then? Link the objective that it tells something about."), without("objective")),
    Rule("M5", Level.WARNING, "direction", _("“%(name)s”: at least or at most?"), _("A threshold needs a side."), without("direction")),
    Rule("M6", Level.HINT, "sample", _("“%(name)s”: fewer than 50 examples"), _("With so few, chance alone moves the result by eight points and more; 100 tell it within about 10."), sample_is_small),
    Rule("M7", Level.WARNING, "sample", _("“%(name)s”: too few examples for this threshold"), _("Even without one failure the true rate may be up to three divided by their number, which is more than you allow."), sample_cannot_show_it),
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
    edition=lambda: catalog.edition("metrics"),
    catalog_note=_("Adding copies name, definition and direction. Threshold, examples and owner are yours."),
    help_page="registers:samples",
    help_words=_("How many examples are enough?"),
    advice=told,
    reads=reads,
)  # fmt: skip
