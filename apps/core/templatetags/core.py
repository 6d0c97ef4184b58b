"""What every template may use without loading it."""

import re
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django import template
from django.forms import BaseForm, BoundField
from django.template.defaultfilters import date as formatted
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from apps.core.forms import SENDING
from apps.core.text import markdown as prose

register = template.Library()

LONG_WORD = re.compile(r"(\S{32,})")

SIGNS = {
    "agree": gettext_lazy("agrees"),
    "reservations": gettext_lazy("reservations"),
    "object": gettext_lazy("objects"),
    "none": gettext_lazy("no comment"),
    "waiting": gettext_lazy("not answered"),
    "now": gettext_lazy("now"),
    "ready": pgettext_lazy("state of a section", "ready"),
    "draft": pgettext_lazy("state of a section", "draft"),
    "empty": pgettext_lazy("state of a section", "empty"),
    "blocker": gettext_lazy("blocks sign-off"),
    "warning": gettext_lazy("to look at"),
    "hint": gettext_lazy("hint"),
}


@register.simple_tag
def icon(name: str) -> SafeString:
    """A drawing from the sprite. Decoration: words stand beside it or in the button's label."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', static("icons/sprite.svg"), name
    )


@register.simple_tag
def sign(name: str, word: str | None = None) -> SafeString:
    """A shape and its word, because colour is never the only sign.

    With an empty word the shape stands alone on screen and the usual word is still read out.
    """
    usual = SIGNS.get(name, name)
    shown = usual if word is None else word
    label = shown or format_html('<span class="visually-hidden">{}</span>', usual)
    return format_html('<span class="sign" data-sign="{}">{} {}</span>', name, icon(f"sign-{name}"), label)


def level(score: int) -> int:
    """Likelihood times impact (1 to 25) as one of the five steps of the ramp."""
    return 1 + sum(score >= edge for edge in (4, 8, 12, 20))


@register.simple_tag
def score_chip(value: int | None) -> SafeString:
    if value is None:
        return format_html('<span class="soft">{}</span>', _("not rated"))
    return format_html('<span class="chip" data-level="{}">{}</span>', level(int(value)), value)


@register.filter
def breakable(text: Any) -> SafeString | str:
    """The same; a word that no column holds may break anywhere, ordinary ones stand as they did."""
    parts = LONG_WORD.split(str(text))
    if len(parts) == 1:
        return str(text)
    words = (
        (format_html('<span class="long-word">{}</span>', part) if at % 2 else part,) for at, part in enumerate(parts)
    )
    return format_html_join("", "{}", words)


@register.filter
def markdown(text: str | None) -> SafeString:
    return prose.render(text or "")


def _words(moment: datetime, now: datetime) -> str:
    """As short as it can be without becoming unclear to somebody reading now."""
    days = (moment.date() - now.date()).days
    if days == 0:
        return formatted(moment, "H:i")
    if -7 < days < 7:
        return formatted(moment, "D H:i")
    if moment.year == now.year:
        return formatted(moment, "j M")
    return formatted(moment, "j M Y")


@register.filter
def when(moment: datetime | date | None) -> SafeString | str:
    """`14:03` today, `Thu 08:12` within a week, `12 Nov`, `12 Nov 2025`, in the reader's zone."""
    if moment is None:
        return ""
    if not isinstance(moment, datetime):
        short = "j M" if moment.year == timezone.localdate().year else "j M Y"
        return format_html('<time datetime="{}">{}</time>', moment.isoformat(), formatted(moment, short))
    local = timezone.localtime(moment)
    words = _words(local, timezone.localtime())
    full = f"{date_format(local, 'l j F Y, H:i')} {local.tzname()}"
    return format_html('<time datetime="{}" title="{}">{}</time>', local.isoformat(timespec="seconds"), full, words)


@register.filter
def day(moment: str | date | None) -> str:
    """`30 Sep 2027` of a day, also of one that a snapshot holds as text; nothing of nothing."""
    if not moment:
        return ""
    return formatted(date.fromisoformat(moment) if isinstance(moment, str) else moment, "j M Y")


@register.filter
def date_long(moment: datetime | date | None) -> SafeString | str:
    """`Monday 23 November 2026`, with the time when there is one."""
    if moment is None:
        return ""
    if not isinstance(moment, datetime):
        return format_html('<time datetime="{}">{}</time>', moment.isoformat(), date_format(moment, "l j F Y"))
    local = timezone.localtime(moment)
    words = date_format(local, "l j F Y, H:i")
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="seconds"), words)


@register.filter
def due(day: date | datetime | None) -> str:
    """How far away a day is, as a person would say it."""
    if day is None:
        return ""
    that_day = timezone.localtime(day).date() if isinstance(day, datetime) else day
    days = (that_day - timezone.localdate()).days
    near = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}
    if days in near:
        return near[days]
    return (_("in %(days)d days") if days > 0 else _("%(days)d days ago")) % {"days": abs(days)}


@register.filter
def initials(person: Any) -> str:
    """Two letters: first and last name, or the first two of what there is."""
    name = str(getattr(person, "name", "") or getattr(person, "label", "") or getattr(person, "email", "") or person)
    parts = [part for part in name.split("@")[0].replace(".", " ").split() if part] or ["?"]
    if len(parts) > 1:
        return (parts[0][0] + parts[-1][0]).upper()
    halves = [half for half in parts[0].split("-") if half]
    # Lars-Göran is LG
    return (halves[0][0] + halves[1][0] if len(halves) > 1 else parts[0][:2]).upper()


@register.simple_tag
def sending(form: Any = None) -> SafeString:
    """Beside the token of a form that makes something: the same form sent twice makes it once.

    A form that comes back keeps the key that it was sent with, any other gets a new one.
    """
    drawn = getattr(form, "data", {}).get(SENDING) or uuid4()
    return format_html('<input type="hidden" name="{}" value="{}">', SENDING, drawn)


@register.inclusion_tag("components/_errors.html")
def form_errors(form: Any) -> dict[str, Any]:
    """The summary on top of a form: every error, linked to its field, in the words that stand at the field."""
    if not isinstance(form, BaseForm):
        return {"errors": []}
    form.summary_shown = True  # type: ignore[attr-defined]
    return _summary(form)


@register.inclusion_tag("components/_errors.html")
def own_form_errors(form: BaseForm) -> dict[str, Any]:
    """The same, from within a form that draws itself: not again when the page has just said it."""
    if getattr(form, "summary_shown", False):
        form.summary_shown = False  # type: ignore[attr-defined]
        return {"errors": []}
    return _summary(form)


def _summary(form: BaseForm) -> dict[str, Any]:
    if not form.is_bound:
        return {"errors": []}
    own = [{"words": words} for words in form.non_field_errors()]
    hidden = [{"words": words} for bound in form.hidden_fields() for words in bound.errors]
    fields = [
        {"id": _first_id(bound), "label": bound.label, "words": words}
        for bound in form.visible_fields()
        for words in bound.errors
    ]
    return {"errors": [*own, *hidden, *fields], "refused": bool(own) and not fields}


def _first_id(bound: BoundField) -> str:
    """Where the link leads: the control itself, or the first of a group."""
    return f"{bound.auto_id}_0" if bound.use_fieldset else bound.id_for_label
