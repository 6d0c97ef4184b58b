"""Kinds of step with answers: what hosts do, the log of decisions, and actions."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from apps.workshops import actions
from apps.workshops.enums import Kind, Phase
from apps.workshops.models import Activity, Item, Workshop
from tests.access.table import Row, World
from tests.access.workshops import hosts
from tests.factories.activities import action_item, parked, proposal, reason, standing, voice
from tests.factories.workshops import move


def tomorrow() -> str:
    return (timezone.localdate() + timedelta(days=1)).isoformat()


def _path(activity: Activity, *more: Any) -> list[Any]:
    return [activity.workshop.project_id, activity.workshop_id, *more]


def talked(world: World) -> list[Any]:
    """Reasons that were rated."""
    activity = standing(world.project, Kind.PREMORTEM, Phase.SCORE, by=world.host)
    card = reason(activity)
    seat = actions.join_as_member(activity.workshop, by=world.viewer)
    answer = {"target": "card", "item": card.pk, "value": {"likelihood": 4, "impact": 5}}
    actions.give_answers(seat, activity=activity.pk, answers=[answer])
    move(activity.workshop, activity, Phase.TALK, by=world.host)
    return _path(activity, activity.pk)


def ticked(world: World) -> dict[str, Any]:
    card = Workshop.objects.order_by("-created_at").first().cards.first()  # type: ignore[union-attr]
    return {f"take_{card.pk.hex}": "on", f"title_{card.pk.hex}": card.text} if card else {}


def one_again(world: World) -> dict[str, Any]:
    workshop = Workshop.objects.order_by("-created_at").first()
    card = workshop.cards.first() if workshop else None
    return {"step": workshop.step, "thing": f"card:{card.pk}"} if workshop and card else {}


def scope(world: World) -> list[Any]:
    activity = standing(world.project, Kind.VOTE, Phase.WRITE, by=world.host)
    card = actions.put_card(activity, text="Replies", key=uuid4(), by=world.host)
    move(activity.workshop, activity, Phase.VOTE, by=world.host)
    move(activity.workshop, activity, Phase.SORT, by=world.host)
    actions.sort_thing(activity, thing=f"card:{card.pk}", place="in", by=world.host)
    return _path(activity, activity.pk)


def estimate(world: World) -> list[Any]:
    activity = standing(world.project, Kind.ESTIMATE, Phase.SCORE, by=world.host)
    return _path(activity, activity.pk)


def _item(world: World, *, opened: bool) -> tuple[Activity, Item]:
    activity = standing(world.project, Kind.DECIDE, Phase.DECIDE, by=world.host)
    return activity, proposal(activity, opened=opened)


def waiting_item(world: World) -> list[Any]:
    activity, item = _item(world, opened=False)
    return _path(activity, item.pk)


def open_item(world: World) -> list[Any]:
    activity, item = _item(world, opened=True)
    return _path(activity, item.pk)


def objected(world: World) -> list[Any]:
    activity, item = _item(world, opened=True)
    seat = actions.join_as_member(activity.workshop, by=world.viewer)
    actions.give_answer(
        seat, activity=activity.pk, value={"choice": "object"}, text="Too late", target="item", item=item.pk
    )
    actions.close_proposal(item, by=world.host)
    return _path(activity, item.pk)


def asked(world: World) -> list[Any]:
    """Closed, and open for everybody who was not there."""
    path = open_item(world)
    item = Item.objects.get(pk=path[-1])
    actions.close_proposal(item, by=world.host)
    for user in (world.host, world.editor, world.reviewer, world.viewer):
        voice(item, user)
    return path


def lot(world: World) -> list[Any]:
    activity = standing(world.project, Kind.PARKING, Phase.TALK, by=world.host)
    return _path(activity, parked(activity.workshop).pk)


def room(world: World) -> list[Any]:
    return _path(standing(world.project, Kind.PARKING, Phase.TALK, by=world.host))


def action(world: World) -> list[Any]:
    activity = standing(world.project, Kind.PARKING, Phase.TALK, by=world.host)
    return [world.project.pk, action_item(activity.workshop, world.host).pk]


def owned(world: World) -> dict[str, Any]:
    return {"text": "Ask the works council", "owner": "Karin", "due": tomorrow(), "key": uuid4(), "version": 1}


ROWS = [
    hosts("make_risks", "GET", 200, args=talked),
    hosts("make_risks", args=talked, data=ticked),
    hosts("order_ratings", args=talked, data=lambda world: {"order": "highest"}),
    hosts("rate_again", args=talked, data=one_again),
    hosts("put_card", args=scope, data=lambda world: {"text": "Replies", "key": uuid4()}),
    hosts("sort_thing", args=scope, data=lambda world: {"thing": f"card:{uuid4()}", "place": "out"}),
    hosts("put_into_scope", "GET", 200, args=scope),
    hosts("put_into_scope", args=scope, data=lambda world: {"in_scope": "Replies"}),
    hosts("take_tasks", args=estimate, data=lambda world: {}, status=422),
    hosts("take_steps", args=estimate),
    hosts("put_into_plan", args=estimate, status=409),
    hosts("change_unit", args=estimate, data=lambda world: {"unit": "weeks"}),
    hosts("open_proposal", args=waiting_item),
    hosts("close_proposal", args=open_item),
    hosts("hand_on", args=objected, data=lambda world: {"owner": "Karin", "due": tomorrow()}),
    hosts("settle_parked", args=lot, data=owned),
    hosts("drop_parked", args=lot, data=lambda world: {"why": "Another project"}),
    hosts("add_action", args=room, data=owned),
    hosts("change_action", "GET", 200, args=action),
    hosts("change_action", args=action, data=owned),
    Row("workshops:tick_action", "POST", host=302, editor=302, reviewer=302, viewer=302, args=action),
    Row("workshops:decisions", "GET", host=200, editor=200, reviewer=200, viewer=200),
    Row("workshops:decision", "GET", host=200, editor=200, reviewer=200, viewer=200, args=asked),
    Row(
        "workshops:decision", "POST", host=302, editor=302, reviewer=302, viewer=302, args=asked,
        data=lambda world: {"choice": "agree"},
    ),
]  # fmt: skip
