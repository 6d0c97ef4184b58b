"""The way after scoping, in sprints with a check-in after each step."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from apps.core import pert
from apps.projects.enums import Level
from apps.registers import catalog
from apps.registers.shipped.checks import without
from apps.tables.columns import THREE, Column, Values
from apps.tables.declared import Register, Rule
from apps.tables.enums import Kind

MOST_SPRINTS = 2


def as_range(values: Mapping[str, Any]) -> str:
    """2 (1–4): likely, and from the best to the worst case as far as they are said."""
    best, likely, worst = (str(values.get(key) or "") for key in ("best", "sprints", "worst"))
    if not likely or not (best or worst):
        return likely or "–".join(end for end in (best, worst) if end)
    return f"{likely} ({best or likely}–{worst or likely})"


def guess(values: Mapping[str, Any]) -> pert.Guess | None:
    """The three points of a step in sprints; what was not said is what is likely. None without a number."""
    likely = _figure(values, "sprints")
    if likely is None:
        return None
    low, high = _figure(values, "best"), _figure(values, "worst")
    return pert.Guess(likely if low is None else low, likely, likely if high is None else high)


def sums(rows: Sequence[Mapping[str, Any]]) -> str:
    """What the steps come to: the likely sum and both ends; with ends, what 80 of 100 such plans stay under."""
    found = [one for row in rows if (one := guess(row))]
    if len(found) < 2:
        return ""
    low, likely, high = (sum(getattr(one, name) for one in found) for name in ("low", "likely", "high"))
    said = ngettext("Together %(n)s sprint", "Together %(n)s sprints", 1 if likely == 1 else 2) % {"n": f"{likely:g}"}
    total = pert.total(found)
    if low == high or total is None:
        return gettext("%(sum)s, one step after the other.") % {"sum": said}
    words = gettext(
        "%(sum)s, from %(low)s at best to %(high)s at worst; 80 of 100 such plans need at most %(eighty)s, one step after the other and if the steps do not delay each other."
    )
    return words % {"sum": said, "low": f"{low:g}", "high": f"{high:g}", "eighty": f"{total.eighty:.1f}"}


def refuses(values: Values) -> str:
    best, likely, worst = (_figure(values, key) for key in ("best", "sprints", "worst"))
    said = [number for number in (best, likely, worst) if number is not None]
    if said == sorted(said):
        return ""
    return gettext("At best is the fewest sprints and at worst the most: %(best)s / %(likely)s / %(worst)s is out of order.") % {
        "best": values.get("best", "–"), "likely": values.get("sprints", "–"), "worst": values.get("worst", "–"),
    }  # fmt: skip


def _figure(values: Mapping[str, Any], key: str) -> float | None:
    try:
        return float(str(values[key]))
    except (KeyError, ValueError):
        return None


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
    Column("best", _("At best"), _("Sprints, if everything goes well."), Kind.NUMBER, width=2, within="sprints"),
    Column("sprints", _("Sprints"), _("What is likely. Split what takes more than two. 1/2/4 fills three fields: at best, likely, at worst."), Kind.NUMBER, width=2, paper=3, required=True, carries=("best", "worst"), written=THREE, drawn=as_range),
    Column("worst", _("At worst"), _("Sprints, if nearly everything goes wrong."), Kind.NUMBER, width=2, within="sprints"),
    Column("start", _("Begins"), "", Kind.DAY, width=2, paper=4),
    Column("owner", _("Owner"), _("One name."), Kind.PERSON, width=3, paper=5, required=True),
    Column("check_in", _("Check-in"), _("Who looks at what, and says go on, change or stop."), Kind.LONG, width=5),
    Column("share", _("Reaches"), _("How many users or requests, for a gradual roll-out."), width=3),
    Column("stop", _("Stop when"), _("The kill criterion: what would make you take it back."), Kind.LONG, width=5),
)  # fmt: skip


def _too_long(values: Values, today: date) -> bool:
    return (_figure(values, "sprints") or 0) > MOST_SPRINTS


def _one_number(values: Values, today: date) -> bool:
    return bool(values.get("sprints")) and not (values.get("best") and values.get("worst"))


def _no_way_back(values: Values, today: date) -> bool:
    """It reaches people and nobody said what would stop it."""
    return values.get("kind") in ("pilot", "roll_out", "ab_test") and not values.get("stop")


RULES = (
    Rule("W1", Level.WARNING, "sprints", _("“%(name)s” takes more than two sprints"), _("Split it: feedback that comes later comes too late."), _too_long),
    Rule("W2", Level.WARNING, "stop", _("“%(name)s”: when do you stop?"), _("Agree while nobody is in love with it yet."), _no_way_back),
    Rule("W3", Level.HINT, "check_in", _("“%(name)s”: who looks at it?"), _("Each step ends with somebody who says go on, change or stop."), without("check_in")),
    Rule("W4", Level.HINT, "owner", _("“%(name)s”: who does it?"), _("A step without an owner waits for one."), without("owner")),
    Rule("W5", Level.HINT, "best", _("“%(name)s”: how many sprints at best, how many at worst?"), _("One number sounds like a promise. Three say how sure you are, and give the plan a range."), _one_number),
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
    refuses=refuses,
    sums=sums,
    missing=("W0", Level.HINT, _("No delivery plan yet"), _("Select, prepare data, adapt, evaluate, integrate, pilot, roll out, watch: who does what, and when do you stop?")),
    known=partial(catalog.usual, "delivery"),
    edition=partial(catalog.edition, "usual"),
    catalog_note=_("What most projects have. Adding copies the words; names, days and figures are yours."),
)  # fmt: skip
