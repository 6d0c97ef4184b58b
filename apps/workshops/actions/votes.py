"""Votes as a whole: the budget when one opens, the count by role when it closes, and where the host puts things."""

from math import ceil
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.core.errors import DomainError
from apps.events.log import record
from apps.projects import actions as projects
from apps.workshops import queries, roles
from apps.workshops.actions.board import CARDS
from apps.workshops.actions.locks import taken
from apps.workshops.agenda import MAX_DOTS
from apps.workshops.enums import Became, Place
from apps.workshops.models import Activity, Card, Outcome
from apps.workshops.roles import Ballot

THIRD = 3


def ballot_settings(activity: Activity) -> dict[str, Any]:
    """The settings with the budget of a vote by thirds: one dot for every three things, so that everybody must choose."""
    if activity.plan.more.get("dots") != "third":
        return activity.settings
    loose = activity.cards.filter(group=None, revealed_at__isnull=False, parked_at=None).count()
    things = activity.groups.count() + loose
    budget = min(MAX_DOTS, max(1, ceil(things / THIRD)))
    if activity.votes.exists():
        # Dots that lie stay within the budget.
        budget = max(budget, activity.plan.budget)
    return {**activity.settings, "budget": budget, "per_item": min(activity.plan.more.get("most", 2), budget)}


def count_by_role(activity: Activity) -> dict[str, Any]:
    """How many voted, and how the roles did, in numbers: while dots still have their people."""
    votes = activity.votes.filter(participant__isnull=False).select_related("participant")
    cast = [
        Ballot(vote.participant_id, vote.participant.title if vote.participant else "", _key(vote), vote.dots)
        for vote in votes
    ]
    return {"roles": roles.by_role(cast), "voters": len({ballot.voter for ballot in cast})}


@transaction.atomic
def put_card(activity: Activity, *, text: str, key: UUID, by: User) -> Card:
    """A card from the host's screen, seen by everybody at once. The same `key` is the same card."""
    room = taken(activity.workshop)
    if room.is_ended or not activity.takes_cards:
        raise DomainError(_("This step takes no cards."))
    prompt = activity.plan.prompt("")
    seat = room.participants.filter(user=by, removed_at=None).first()
    fields = {
        "activity": activity,
        "prompt": prompt.key,
        "kind": prompt.kind,
        "text": text,
        "author": None if prompt.anonymous else seat,
        "anonymous": prompt.anonymous,
        "revealed_at": timezone.now(),
        "position": activity.cards.count() + 1,
    }
    card, made = room.cards.get_or_create(client_key=key, defaults=fields)
    if made:
        record("card.added", subject=card, by=None if prompt.anonymous else by, stream=room.stream)
    return card


@transaction.atomic
def sort_thing(activity: Activity, *, thing: str, place: str, by: User) -> Activity:
    """Into in, later or out, or back to the rest."""
    room = taken(activity.workshop)
    fresh = Activity.objects.get(pk=activity.pk)
    if queries.votes_hidden(room, fresh):
        raise DomainError(_("The vote is still open. Close it first."))
    if thing in fresh.result.get("landed", []):
        raise DomainError(_("This stands in the scope already. Change it there."))
    places = {key: at for key, at in fresh.result.get("places", {}).items() if key != thing}
    fresh.result = {**fresh.result, "places": places | ({thing: place} if place else {})}
    fresh.save(update_fields=["result", "updated_at"])
    record("item.sorted", subject=fresh, by=by, stream=room.stream, changed=CARDS, thing=thing, place=place)
    return fresh


@transaction.atomic
def put_into_scope(
    activity: Activity, *, in_scope: list[str], later: list[str], out_of_scope: list[str], by: User
) -> int:
    """Add these lines to the project's scope; returns how many are new. Everything sorted so far has landed then."""
    room = taken(activity.workshop)
    fresh = Activity.objects.get(pk=activity.pk)
    landed = set(fresh.result.get("landed", []))
    waiting = {key: place for key, place in fresh.result.get("places", {}).items() if key not in landed}
    if not waiting:
        raise DomainError(_("Everything that was sorted stands in the scope already."))
    lines = {"in_scope": in_scope, "later": later, "out_of_scope": out_of_scope}
    added = projects.add_to_scope(room.project, lines, origin=room.title, by=by)
    for key, place in waiting.items():
        _remember(fresh, key, Place(place), room.project_id)
    fresh.result = {**fresh.result, "landed": sorted(landed | set(waiting))}
    fresh.save(update_fields=["result", "updated_at"])
    record("scope.voted", subject=fresh, by=by, stream=room.stream, changed=CARDS, lines=added)
    return added


def _remember(activity: Activity, key: str, place: Place, project_id: UUID) -> None:
    """Each card shows where it went."""
    target, pk = key.split(":")
    cards = activity.cards.filter(group=UUID(pk)) if target == "group" else activity.cards.filter(pk=pk)
    label = {Place.IN: _("In scope"), Place.LATER: _("Later"), Place.OUT: _("Out of scope")}[place]
    url = reverse("projects:frame", args=[project_id])
    for card in cards:
        fields = {"target": f"{project_id}:{place}", "label": str(label), "url": url}
        Outcome.objects.get_or_create(card=card, kind=Became.PASSAGE, defaults=fields)


def _key(vote: Any) -> str:
    return f"card:{vote.card_id}" if vote.card_id else f"group:{vote.group_id}"


@transaction.atomic
def change_unit(activity: Activity, *, unit: str, by: User) -> Activity:
    """In what the numbers of this step are: settled before the first of them is given."""
    room = taken(activity.workshop)
    fresh = Activity.objects.get(pk=activity.pk)
    if fresh.answers.exists():
        raise DomainError(_("Numbers were given already, so the unit stays."))
    fresh.settings = {**fresh.settings, "more": {**fresh.settings.get("more", {}), "unit": unit}}
    fresh.save(update_fields=["settings", "updated_at"])
    record("activity.changed", subject=fresh, by=by, stream=room.stream, changed="items:changed", unit=unit)
    return fresh
