"""The audit trail as people read it."""

from typing import Any

from django.utils.translation import gettext as _

from apps.events import queries as events
from apps.events.models import Event
from apps.exports.document import Entry
from apps.scope.snapshot import stamp

# What belongs on the page: decisions about the whole. The edits themselves are in the sections' histories.
KINDS = ("baseline.", "signature.", "finding.", "advice.", "review.", "workshop.", "member.", "project.", "export.")
MOST = 120


def entries(stream: str) -> tuple[list[Entry], str]:
    """The newest `MOST` entries that concern the sign-off in order, and the head of the chain they hang from."""
    history = list(events.history(stream))
    told = [event for event in history if event.kind.startswith(KINDS)][:MOST]
    head = history[0].hash if history else ""
    return [_entry(event) for event in reversed(told)], head


def _entry(event: Event) -> Entry:
    return Entry(
        seq=event.seq,
        at=stamp(event.at),
        event=words(event.kind, event.payload),
        person=_person(event),
        hash=event.hash,
    )


def _person(event: Event) -> str:
    """The name kept beside the chain; erased with the account."""
    who = getattr(event, "who", None)
    return who.label if who else ""


def words(kind: str, payload: dict[str, Any]) -> str:
    """What happened, as a sentence without a subject."""
    said = {
        "baseline.frozen": _("Baseline %(number)s frozen"),
        "baseline.signed": _("Baseline %(number)s has all signatures"),
        "signature.asked": _("Signatures asked of %(people)s for baseline %(number)s"),
        "signature.code_sent": _("Code sent to the signer’s address"),
        "signature.given": _("Baseline %(number)s signed"),
        "signature.declined": _("Baseline %(number)s declined"),
        "signature.withdrawn": _("Request to sign withdrawn"),
        "finding.waived": _("Finding waived"),
        "finding.asked_again": _("Waiver taken back: %(words)s"),
        "advice.overruled": _("Advice overruled: %(words)s"),
        "export.queued": _("PDF of baseline %(number)s asked for"),
        "export.made": _("PDF of baseline %(number)s made and sealed"),
    }.get(kind)
    if said:
        return said % {name: payload.get(name, "") for name in ("number", "people", "words")}
    noun, _dot, verb = kind.partition(".")
    return f"{noun} {verb}".replace("_", " ").capitalize()
