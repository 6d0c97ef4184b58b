"""The parking lot and what people do because of a workshop, as every screen shows it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.projects.models import Project
from apps.workshops.enums import Became, State
from apps.workshops.models import ActionItem, Card, Outcome, Workshop


@dataclass(frozen=True)
class Parked:
    """Something for later. `came_from` names the earlier workshop that left it open."""

    card: Card
    action: ActionItem | None
    came_from: str = ""

    @property
    def pk(self) -> Any:
        return self.card.pk

    @property
    def state(self) -> str:
        """open, owned, done, dropped, or put off when it stands in the scope for later."""
        if self.card.dropped_at:
            return "dropped"
        if self.card.is_put_off:  # type: ignore[attr-defined]
            return "put off"
        if self.action is None:
            return "open"
        return "done" if self.action.done_at else "owned"

    @property
    def words(self) -> str:
        """What happens with it, in a few words."""
        if self.card.dropped_at:
            return _("dropped: %(why)s") % {"why": self.card.dropped_why} if self.card.dropped_why else _("dropped")
        if self.state == "put off":
            return _("in the scope, for later")
        if self.action is None:
            return _("open")
        return f"{self.action.owner}, {self.action.due:%Y-%m-%d}"

    @property
    def is_open(self) -> bool:
        return self.state == "open"


def parked(workshop: Workshop) -> list[Parked]:
    """What was parked here, and what earlier workshops of the project left open as long as this one is not over."""
    mine = _cards().filter(workshop=workshop)
    found = [Parked(card, _action(card)) for card in mine.order_by("parked_at", "id")]
    if workshop.is_ended or workshop.rehearsal:
        return found
    return [*[Parked(card, None, card.workshop.title) for card in left_open(workshop)], *found]


def left_open(workshop: Workshop) -> QuerySet[Card]:
    """On the lots of earlier workshops: nobody has it, nobody dropped it, and the scope does not name it for later."""
    earlier = Q(workshop__project=workshop.project_id, workshop__state=State.ENDED, workshop__rehearsal=False)
    open_cards = _cards().filter(earlier, dropped_at=None, action_item=None).exclude(workshop=workshop.pk)
    return open_cards.exclude(outcomes__kind=Became.LATER).order_by("parked_at", "id")


def actions(workshop: Workshop) -> list[ActionItem]:
    """Who does what because of this workshop."""
    return list(workshop.action_items.select_related("card"))


def of_project(project: Project) -> QuerySet[ActionItem]:
    rows = ActionItem.objects.filter(workshop__project=project, workshop__rehearsal=False)
    return rows.select_related("workshop__project")


def project_actions(project: Project) -> list[ActionItem]:
    """Those of all workshops: the open ones first, by day."""
    return sorted(of_project(project), key=lambda action: (action.done_at is not None, action.due))


def waiting_actions(user: User) -> QuerySet[ActionItem]:
    mine = ActionItem.objects.filter(owner_user=user, done_at=None, workshop__rehearsal=False)
    there = mine.filter(workshop__project__archived_at=None, workshop__project__memberships__user=user)
    return there.select_related("workshop__project")


def _cards() -> QuerySet[Card]:
    shown = Card.objects.filter(parked_at__isnull=False, revealed_at__isnull=False)
    put_off = Outcome.objects.filter(card=OuterRef("pk"), kind=Became.LATER)
    return shown.select_related("workshop", "action_item").annotate(is_put_off=Exists(put_off.order_by()))


def _action(card: Card) -> ActionItem | None:
    return getattr(card, "action_item", None)
