"""A card becomes part of the scope: once, and both sides know of each other."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.core.errors import DomainError
from apps.dprd import actions as dprd
from apps.events.log import record
from apps.projects import actions as projects
from apps.projects import sections
from apps.risks import actions as risks
from apps.workshops.enums import Became
from apps.workshops.models import Card, Outcome, Workshop

Make = Callable[[str, str], tuple[str, str, str]]


def make_risk(card: Card, *, title: str, cause: str, consequence: str, by: User) -> Outcome:
    """The card goes to the risk register; somebody rates it there."""

    def make(came_from: str, url: str) -> tuple[str, str, str]:
        risk = risks.raise_risk(
            card.workshop.project,
            title=title,
            cause=cause,
            consequence=consequence,
            came_from=came_from,
            came_from_url=url,
            by=by,
        )
        return str(risk.pk), risk.ref, risk.get_absolute_url()

    return _become(card, Became.RISK, make, by)


def make_objective(card: Card, *, title: str, by: User) -> Outcome:
    """The card goes to the objectives, where it is given a number, a date and an owner."""

    def make(came_from: str, url: str) -> tuple[str, str, str]:
        project = card.workshop.project
        objective = projects.add_objective(project, title=title, came_from=came_from, came_from_url=url, by=by)
        return str(objective.pk), _("Objective"), reverse("projects:frame", args=[project.pk])

    return _become(card, Became.OBJECTIVE, make, by)


def make_passage(card: Card, *, section: str, text: str, by: User) -> Outcome:
    """The card becomes a paragraph at the end of a section."""
    project = card.workshop.project
    place = sections.section(section)

    def make(came_from: str, url: str) -> tuple[str, str, str]:
        dprd.add_passage(project, section, text=text, origin=came_from, by=by)
        return section, str(place.title), place.edit_url(project)

    return _become(card, Became.PASSAGE, make, by)


@transaction.atomic
def _become(card: Card, kind: str, make: Make, by: User) -> Outcome:
    """Make it unless it was made: the card's row lets one at a time."""
    locked = Card.objects.select_for_update(no_key=True).get(pk=card.pk)
    if locked.revealed_at is None:
        raise DomainError(_("This card is still hidden."))
    there = card.outcomes.filter(kind=kind).first()
    if there:
        return there
    target, label, url = make(_origin(card), _origin_url(card))
    outcome = Outcome.objects.create(card=card, kind=kind, target=target, label=label[:80], url=url)
    record("card.placed", subject=card, by=by, stream=card.workshop.stream, became=kind, target=target)
    return outcome


def _origin(card: Card) -> str:
    words: dict[str, Any] = {"workshop": card.workshop.title, "text": card.text}
    return (_("%(workshop)s: “%(text)s”") % words)[:300]


def _origin_url(card: Card) -> str:
    workshop: Workshop = card.workshop
    return reverse("workshops:recap", args=[workshop.project_id, workshop.pk]) + f"#card-{card.pk}"
