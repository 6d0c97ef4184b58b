"""The section People of the scope document."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.projects.enums import Level
from apps.projects.models import Project
from apps.projects.sections import Finding, Snapshot
from apps.stakeholders import queries, roles
from apps.stakeholders.models import Stakeholder
from apps.stakeholders.roles import Seat

KEY = "people"


def snapshot(project: Project) -> Snapshot:
    """Who is at the table. Addresses are no part of the scope and stay out."""
    register = queries.register(project)
    return {
        "catalog": roles.edition(),
        "people": as_rows(register.people),
        "empty_seats": [{"key": seat.key, "title": seat.title, "why": seat.why_empty} for seat in register.empty],
    }


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
    """Seats that nobody takes, the ones that can stop everything first."""
    empty = queries.register(project).empty
    url = edit_url(project)
    found = []
    by_key = {seat.key: seat for seat in empty}
    if sponsor := by_key.pop("sponsor", None):
        found.append(_finding("people.no_sponsor", Level.BLOCKER, _("There is no sponsor."), sponsor.why_empty, url))
    if legal := by_key.pop("legal", None):
        found.append(
            _finding(
                "people.no_legal",
                Level.WARNING,
                _("Nobody speaks for legal and data protection."),
                legal.why_empty,
                url,
            )
        )
    if by_key:
        found.append(_finding("people.empty_seats", Level.WARNING, _told(list(by_key.values())), _reasons(by_key), url))
    return found


def edit_url(project: Project) -> str:
    return reverse("stakeholders:list", args=[project.pk])


def _finding(rule: str, level: str, message: str, why: str, url: str) -> Finding:
    return Finding(rule=rule, level=level, message=message, why=why, url=url, section=KEY)


def _told(seats: list[Seat]) -> str:
    names = ", ".join(seat.title for seat in seats)
    words = ngettext("One seat is empty: %(names)s.", "%(count)d seats are empty: %(names)s.", len(seats))
    return words % {"count": len(seats), "names": names}


def _reasons(by_key: dict[str, Seat]) -> str:
    """The reasons of the two that hurt most; more would not be read."""
    first = [by_key[key] for key in ("ethics", "security", *by_key) if key in by_key]
    return " ".join(dict.fromkeys(seat.why_empty for seat in first[:3]))
