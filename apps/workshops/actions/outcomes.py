"""Cards become part of the scope: once, and both sides know of each other."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.comments import actions as comments
from apps.core.errors import DomainError
from apps.dprd import actions as dprd
from apps.events.log import record
from apps.projects import actions as projects
from apps.projects import sections
from apps.projects.models import Project
from apps.risks import actions as risks
from apps.tables import actions as registers
from apps.tables import declared
from apps.workshops.actions.locks import must_be_real
from apps.workshops.enums import Became
from apps.workshops.models import Card, Group, Outcome, Workshop

REGISTERS = {
    Became.DATA: "data_sources",
    Became.DEPENDENCY: "dependencies",
    Became.CONSTRAINT: "constraints",
    Became.METRIC: "metrics",
    Became.DECISION: "decisions",
}


@dataclass(frozen=True)
class Origin:
    """Where something came from, in words and as an address."""

    words: str
    url: str


@dataclass(frozen=True)
class Made:
    """What cards became: its key, what it is called for short, and where it stands."""

    target: str
    label: str
    url: str


Maker = Callable[[Project, dict[str, Any], Origin, User], Made]


@transaction.atomic
def make_outcome(cards: Sequence[Card], kind: str, *, name: str = "", by: User, **words: Any) -> list[Outcome]:
    """Make one thing of these cards, with these words; returns what each card became.

    Cards that became a thing of this kind before keep it: pressing twice makes it once. `name` is the name of their
    group. Raises DomainError for a card that is still hidden.
    """
    if cards:
        must_be_real(cards[0].workshop)
    locked = _locked(cards)
    there = {outcome.card_id: outcome for outcome in Outcome.objects.filter(card__in=locked, kind=kind)}
    fresh = [card for card in locked if card.pk not in there]
    if fresh:
        workshop = cards[0].workshop
        made = _MAKERS[Became(kind)](workshop.project, words, _origin(workshop, locked, name), by)
        for card in fresh:
            there[card.pk] = _outcome(card, kind, made)
            record("card.placed", subject=card, by=by, stream=workshop.stream, became=kind, target=made.target)
    return [there[card.pk] for card in locked]


@transaction.atomic
def place_cards(workshop: Workshop, placements: Sequence[tuple[Card, str, dict[str, Any]]], *, by: User) -> int:
    """Several cards at once, each with its kind and words; "left" leaves a card as it is. Returns how many."""
    for card, kind, words in placements:
        if kind == LEFT:
            leave_card(card, by=by)
        else:
            make_outcome([card], kind, by=by, **words)
    return len(placements)


@transaction.atomic
def leave_card(card: Card, *, by: User) -> Card:
    """It stays a card: it is in the record and asks for nothing more."""
    (locked,) = _locked([card])
    if locked.left_at is None:
        locked.left_at = timezone.now()
        locked.save(update_fields=["left_at", "updated_at"])
        record("card.left", subject=card, by=by, stream=card.workshop.stream)
    return locked


@transaction.atomic
def make_outcome_of_group(group: Group, kind: str, *, by: User, **words: Any) -> list[Outcome]:
    """One thing of all cards of a group."""
    cards = list(group.cards.filter(revealed_at__isnull=False, parked_at=None).select_related("workshop__project"))
    if not cards:
        raise DomainError(_("There is no card in this group."))
    return make_outcome(cards, kind, name=group.name, by=by, **words)


LEFT = "left"


def _risk(project: Project, words: dict[str, Any], origin: Origin, by: User) -> Made:
    risk = risks.raise_risk(project, **words, came_from=origin.words, came_from_url=origin.url, by=by)
    return Made(str(risk.pk), risk.ref, risk.get_absolute_url())


def _objective(project: Project, words: dict[str, Any], origin: Origin, by: User) -> Made:
    made = projects.add_objective(project, **words, came_from=origin.words, came_from_url=origin.url, by=by)
    return Made(str(made.pk), _("Objective"), reverse("projects:frame", args=[project.pk]))


def _passage(project: Project, words: dict[str, Any], origin: Origin, by: User) -> Made:
    section = sections.section(words["section"])
    dprd.add_passage(project, section.key, text=words["text"], origin=origin.words, by=by)
    return Made(section.key, str(section.title), section.edit_url(project))


def _comment(project: Project, words: dict[str, Any], origin: Origin, by: User) -> Made:
    section = sections.section(words["section"])
    body = f"{words['text']}\n\n{origin.words}"
    thread = comments.open_thread(project, target=f"section:{section.key}", body=body, by=by)
    return Made(str(thread.pk), str(section.title), section.edit_url(project))


def _later(project: Project, words: dict[str, Any], origin: Origin, by: User) -> Made:
    projects.add_to_scope(project, {"later": [words["title"]]}, origin=origin.words, by=by)
    return Made(f"{project.pk}:later", _("Later"), reverse("projects:frame", args=[project.pk]))


def _row_of(register: str) -> Maker:
    def make(project: Project, words: dict[str, Any], origin: Origin, by: User) -> Made:
        came_from = {"came_from": origin.words, "came_from_url": origin.url}
        row = registers.add_row(project, register, values={"name": words["title"]}, **came_from, by=by)
        return Made(str(row.pk), str(declared.register(register).singular), row.get_absolute_url())

    return make


_MAKERS: Mapping[Became, Maker] = {
    Became.RISK: _risk,
    Became.OBJECTIVE: _objective,
    Became.PASSAGE: _passage,
    Became.COMMENT: _comment,
    Became.LATER: _later,
    **{kind: _row_of(register) for kind, register in REGISTERS.items()},
}


def _locked(cards: Sequence[Card]) -> list[Card]:
    """The rows of the cards, for this transaction alone: one of two people who press at once makes it."""
    keys = [card.pk for card in cards]
    locked = list(Card.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))
    if len(locked) < len(keys) or any(card.revealed_at is None for card in locked):
        raise DomainError(_("This card is still hidden."))
    return locked


def _outcome(card: Card, kind: str, made: Made) -> Outcome:
    return Outcome.objects.create(card=card, kind=kind, target=made.target, label=made.label[:80], url=made.url)


def _origin(workshop: Workshop, cards: Sequence[Card], name: str) -> Origin:
    words = {"workshop": workshop.title, "text": name or cards[0].text}
    url = reverse("workshops:recap", args=[workshop.project_id, workshop.pk])
    return Origin((_("%(workshop)s: “%(text)s”") % words)[:300], f"{url}#card-{cards[0].pk}")
