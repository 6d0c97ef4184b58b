"""The section People of the scope document."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from apps.projects.enums import Level
from apps.projects.models import Project
from apps.projects.rules import Rule, declare
from apps.projects.sections import Finding, Snapshot
from apps.stakeholders import queries, raci, roles, rules
from apps.stakeholders.matrix import matrix
from apps.stakeholders.models import Stakeholder
from apps.stakeholders.roles import Seat

KEY = "people"
NO_SPONSOR, NO_LEGAL, NO_END_USER, EMPTY_SEATS = declare(
    Rule("people.no_sponsor", Level.BLOCKER, KEY, _("There is no sponsor."), _("Nobody can decide, and nobody pays.")),
    Rule("people.no_legal", Level.WARNING, KEY, _("Nobody speaks for legal and data protection."), _("Nobody has said on which legal basis the data may be used.")),
    Rule("people.no_end_user", Level.WARNING, KEY, _("Nobody speaks for those who will use it."), _("They know where it will not fit, and they decide whether it is used.")),
    Rule("people.empty_seats", Level.WARNING, KEY, _("Seats are empty: %(names)s."), _("Each seat sees what the others do not.")),
)  # fmt: skip
ALONE = {"sponsor": NO_SPONSOR, "legal": NO_LEGAL, "end_user": NO_END_USER}


def snapshot(project: Project) -> Snapshot:
    """Who is at the table. Addresses are no part of the scope and stay out."""
    register = queries.register(project)
    return {
        "catalog": roles.edition(),
        "people": as_rows(register.people),
        "empty_seats": _empty(project, register.empty),
        **_waived(project),
        **_duties(project),
    }


def _empty(project: Project, empty: list[Seat]) -> list[Snapshot]:
    """Seats that nobody takes, and what is being done about each."""
    return [
        {"key": seat.key, "title": seat.title, "why": seat.why_empty} | ({"note": note.words} if note else {})
        for seat, note in queries.noted(project, empty)
    ]


def _waived(project: Project) -> Snapshot:
    """Seats that something calls for and somebody said are not needed, with their reason."""
    waived = [
        {
            "key": one.trigger.key,
            "title": one.trigger.title,
            "reason": one.answer.reason,
            "by": str(one.answer.by or ""),
        }
        for one in queries.called(project)
        if one.is_waived and one.answer
    ]
    return {"waived_seats": waived} if waived else {}


def _duties(project: Project) -> Snapshot:
    """Who does what, as letters by name; nothing while nobody has said it."""
    found = matrix(project)
    if not found.is_begun:
        return {}
    names = _names(found.people)
    lines = [
        {"key": line.key, "title": line.title, "items": {names[cell.person.pk]: cell.letter for cell in line.given}}
        for line in found.lines
    ]
    return {"duties": {"catalog": raci.edition(), "lines": lines}}


def _names(people: Iterable[Stakeholder]) -> dict[Any, str]:
    """Each person's name; of two with the same, the later ones have a number."""
    found: dict[Any, str] = {}
    seen: Counter[str] = Counter()
    for person in people:
        seen[person.name] += 1
        found[person.pk] = person.name if seen[person.name] == 1 else f"{person.name} ({seen[person.name]})"
    return found


def as_rows(people: Iterable[Stakeholder]) -> list[dict[str, object]]:
    return [
        {
            "key": str(person.pk),
            "name": person.name,
            "organisation": person.organisation,
            "unit": person.unit,
            "role": person.seat_title,
            "influence": person.influence,
            "interest": person.interest,
            "remarks": person.remarks,
        }
        for person in people
    ]


def findings(project: Project) -> list[Finding]:
    """Seats that nobody takes: those that can stop everything each for itself, the others together."""
    url = edit_url(project)
    by_key = {seat.key: seat for seat in queries.register(project).empty}
    found = [
        rule.found(
            f"{reverse('stakeholders:add', args=[project.pk])}?role={key}#id_name", why=by_key.pop(key).why_empty
        )
        for key, rule in ALONE.items()
        if key in by_key
    ]
    if by_key:
        found.append(
            EMPTY_SEATS.found(f"{url}#seats-title", message=_told(list(by_key.values())), why=_reasons(by_key))
        )
    return found + rules.of_calls(project) + rules.of_duties(project)


def edit_url(project: Project) -> str:
    return reverse("stakeholders:list", args=[project.pk])


def _told(seats: list[Seat]) -> str:
    names = ", ".join(seat.title for seat in seats)
    words = ngettext("One seat is empty: %(names)s.", "%(count)d seats are empty: %(names)s.", len(seats))
    return words % {"count": len(seats), "names": names}


def _reasons(by_key: dict[str, Seat]) -> str:
    """The reasons of the two that hurt most; more would not be read."""
    first = [by_key[key] for key in ("ethics", "security", *by_key) if key in by_key]
    return " ".join(dict.fromkeys(seat.why_empty for seat in first[:3]))
