"""The risk register as a table: what is typed where, and what follows from it."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.templatetags.core import icon, score_chip
from apps.risks import catalog
from apps.risks.enums import Impact, Likelihood, Response, State
from apps.tables.columns import Column, Values
from apps.tables.declared import Elsewhere, Register
from apps.tables.enums import Kind

NOW = ("likelihood", "impact")
AFTER = {"residual_likelihood": "likelihood", "residual_impact": "impact"}
STORY, LATER = gettext_lazy("Why, what, and so what"), gettext_lazy("After mitigation, and when it is closed")


def _rated(choices: Any) -> tuple[tuple[str, Any], ...]:
    return tuple((str(value), format_lazy("{} {}", value, word)) for value, word in choices)


def _page(project: Any) -> Elsewhere:
    return Elsewhere(gettext_lazy("By score, with the map"), reverse("risks:list", args=[project.pk]))


def _suggested() -> list[str]:
    return list(catalog.categories())


COLUMNS = (
    Column("name", gettext_lazy("Risk"), gettext_lazy("What might happen, in a few words."), width=6, paper=1, required=True, most=160),
    Column("cause", gettext_lazy("Because"), "", Kind.LONG, group=STORY, most=1000),
    Column("event", gettext_lazy("it happens that"), "", Kind.LONG, group=STORY, most=1000),
    Column("consequence", gettext_lazy("so that"), "", Kind.LONG, group=STORY, most=1000),
    Column("category", gettext_lazy("Category"), suggestions=_suggested, group=STORY, most=40),
    Column("likelihood", gettext_lazy("Likelihood"), gettext_lazy("Together with the impact. Empty while nobody has rated it; taking one away takes both."), Kind.CHOICE, _rated(Likelihood.choices), width=3, local=True, nothing=gettext_lazy("not rated")),
    Column("impact", gettext_lazy("Impact"), "", Kind.CHOICE, _rated(Impact.choices), width=3, local=True, nothing=gettext_lazy("not rated")),
    Column("response", gettext_lazy("Response"), "", Kind.CHOICE, tuple(Response.choices), width=3, initial=Response.REDUCE.value),
    Column("mitigation", gettext_lazy("What is done about it"), "", Kind.LONG, width=6, required=True, most=2000),
    Column("mitigation_due", gettext_lazy("By"), "", Kind.DAY, width=3),
    Column("owner", gettext_lazy("Owner"), gettext_lazy("Who answers for it. One name."), Kind.PERSON, width=4, required=True, most=120),
    Column("state", gettext_lazy("State"), "", Kind.CHOICE, tuple(State.choices), width=3, initial=State.OPEN.value, local=True),
    Column("trigger", gettext_lazy("Early sign"), gettext_lazy("What one would see first."), group=STORY),
    Column("residual_likelihood", gettext_lazy("Likelihood after"), gettext_lazy("Once the mitigation works. The other of the two stays what it is, if you rate only one."), Kind.CHOICE, _rated(Likelihood.choices), group=LATER, local=True),
    Column("residual_impact", gettext_lazy("Impact after"), "", Kind.CHOICE, _rated(Impact.choices), group=LATER, local=True),
    Column("closing_note", gettext_lazy("Why it is closed"), "", Kind.LONG, group=LATER, most=1000, local=True),
)  # fmt: skip


def settles(before: Values, after: Values) -> Values:
    """Taking one of two ratings away takes both, and without a rating there is none after mitigation.

    Rated afterwards in one way only: the other way stays as it is without mitigation.
    """
    gone: set[str] = set()
    if _rates(before, NOW) and not _rates(after, NOW):
        gone = {*NOW, *AFTER}
    elif _rates(before, AFTER) and not _rates(after, AFTER):
        gone = {*AFTER}
    after = {key: value for key, value in after.items() if key not in gone}
    if _rates(after, NOW):
        missing = {key: after[now] for key, now in AFTER.items() if key not in after}
        return after | missing if len(missing) == 1 else after
    return after


def refuses(values: Values) -> str:
    if any(key in values for key in NOW) and not _rates(values, NOW):
        return _("Rate both likelihood and impact, or neither.")
    if any(key in values for key in AFTER) and not _rates(values, NOW):
        return _("Rate it as it is today first, then after mitigation.")
    if values.get("state") == State.CLOSED and not values.get("closing_note"):
        return _("Open the risk and close it there: it asks why it is closed.")
    return ""


def score(values: Values) -> str:
    """What it is rated, and what it will be."""
    now, later = (_product(values, *keys) for keys in (NOW, AFTER))
    if later is None:
        return score_chip(now)
    return format_html(
        '<span class="scores">{} {}<span class="visually-hidden">{}</span> {}</span>',
        score_chip(now), icon("arrow-right"), _("after mitigation"), score_chip(later),
    )  # fmt: skip


def rests(values: Values) -> bool:
    return values.get("state") == State.CLOSED


def _rates(values: Values, keys: Iterable[str]) -> bool:
    return all(key in values for key in keys)


def _product(values: Values, likelihood: str, impact: str) -> int | None:
    if not _rates(values, (likelihood, impact)):
        return None
    return int(values[likelihood]) * int(values[impact])


REGISTER = Register(
    key="risks",
    title=gettext_lazy("Risks"),
    singular=gettext_lazy("risk"),
    add=gettext_lazy("Add a risk"),
    about=gettext_lazy("All risks to type into, in an order of your own. The document has them by score; equal ones stand as they do here."),
    section="risks",
    columns=COLUMNS,
    rests=rests,
    settles=settles,
    together=NOW,
    refuses=refuses,
    elsewhere=_page,
    figure=(gettext_lazy("Score"), score),
    known=catalog.known,
    edition=catalog.edition,
    catalog_note=gettext_lazy("Adding copies the text and its mitigations. You rate it and find it an owner."),
    one_by_one=True,
)  # fmt: skip
