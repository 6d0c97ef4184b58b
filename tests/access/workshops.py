"""Workshops: members through the project's door. Rooms have a door of their own: tests/workshops/test_join.py."""

from typing import Any
from uuid import uuid4

from django.utils import timezone

from apps.workshops import actions
from apps.workshops.enums import Phase
from apps.workshops.models import Activity, AgendaTemplate, Workshop
from tests.access.table import Row, World
from tests.factories.workshops import (
    CardFactory,
    GroupFactory,
    ItemFactory,
    ParticipantFactory,
    ended,
    move,
    planned,
    running,
    table_of,
)


def plan(world: World) -> list[Any]:
    return [world.project.pk, planned(world.project, by=world.host).pk]


def planned_step(world: World) -> list[Any]:
    workshop = planned(world.project, by=world.host)
    return [world.project.pk, workshop.pk, workshop.activities.get(title="Pre-mortem").pk]


def own_agenda(world: World) -> list[Any]:
    workshop = planned(world.project, by=world.host)
    kept, _made = AgendaTemplate.objects.get_or_create(name="Ours", defaults={"author": world.host})
    return [world.project.pk, workshop.pk, kept.pk]


def asked_ahead(world: World) -> list[Any]:
    workshop = planned(world.project, by=world.host)
    table = table_of(workshop)
    table.settings = {**table.settings, "ahead": True}
    table.save()
    return [world.project.pk, workshop.pk]


def first_cut(world: World) -> dict[str, Any]:
    return {"cut": [f"{_newest(world).activities.latest('position').pk}:1"]}


def opened(world: World) -> list[Any]:
    workshop = planned(world.project, by=world.host)
    actions.open_room(workshop, by=world.host)
    return [world.project.pk, workshop.pk]


def live(world: World) -> list[Any]:
    return [world.project.pk, _live(world).pk]


def live_step(world: World) -> list[Any]:
    workshop = _live(world)
    return [world.project.pk, workshop.pk, table_of(workshop).pk]


def guest(world: World) -> list[Any]:
    return [*live(world), ParticipantFactory(workshop=_newest(world)).pk]


def member_seat(world: World) -> list[Any]:
    workshop = _live(world)
    return [world.project.pk, workshop.pk, ParticipantFactory(workshop=workshop, user=world.editor).pk]


def dated(world: World) -> list[Any]:
    workshop = planned(world.project, by=world.host)
    Workshop.objects.filter(pk=workshop.pk).update(scheduled_at=timezone.now())
    return [world.project.pk, workshop.pk]


def rehearsed(world: World) -> list[Any]:
    return [world.project.pk, actions.rehearse(planned(world.project, by=world.host), by=world.host).pk]


def card(world: World) -> list[Any]:
    workshop = _live(world)
    return [world.project.pk, workshop.pk, CardFactory(activity=table_of(workshop), revealed_at=workshop.entered_at).pk]


def card_to(kind: str) -> Any:
    return lambda world: [*card(world), kind]


def group_to(kind: str) -> Any:
    def place(world: World) -> list[Any]:
        found = group(world)
        workshop = _newest(world)
        CardFactory(activity=table_of(workshop), group_id=found[-1], revealed_at=workshop.entered_at)
        return [*found, kind]

    return place


def group(world: World) -> list[Any]:
    workshop = _live(world)
    return [world.project.pk, workshop.pk, GroupFactory(activity=table_of(workshop)).pk]


def item(world: World) -> list[Any]:
    workshop = _live(world)
    return [world.project.pk, workshop.pk, ItemFactory(activity=table_of(workshop)).pk]


def left(world: World) -> list[Any]:
    place = over(world)
    seat = ParticipantFactory(workshop=_newest(world), name="Nils", email=f"nils-{uuid4().hex}@example.org")
    return [*place, seat.pk]


def map_step(world: World) -> list[Any]:
    return [world.project.pk, *_reached(world, "map", Phase.PLACE)]


def map_entry(world: World) -> list[Any]:
    project, workshop, step = map_step(world)
    entry = ItemFactory(activity_id=step, text="Works council")
    return [project, workshop, entry.pk]


def statement(world: World) -> list[Any]:
    _workshop, step = _reached(world, "framing", Phase.TALK)
    item = Activity.objects.get(pk=step).items.get()
    item.text = "Customers wait."
    item.save()
    return [world.project.pk, _workshop, item.pk]


def framed(world: World) -> dict[str, Any]:
    world.project.refresh_from_db()
    return {"version": world.project.version}


def sheet(world: World) -> list[Any]:
    _workshop, step = _reached(world, "metric", Phase.TALK)
    item = Activity.objects.get(pk=step).items.get()
    item.details = {"name": "Median first response"}
    item.save()
    return [world.project.pk, _workshop, item.pk]


def entries(world: World) -> dict[str, Any]:
    step = _newest(world).activities.get(kind="map")
    return {"entries": [str(ItemFactory(activity=step, text="Works council").pk)]}


def _reached(world: World, kind: str, phase: str) -> list[Any]:
    workshop = _live(world)
    step = workshop.activities.get(kind=kind)
    move(workshop, step, phase, by=world.host)
    return [workshop.pk, step.pk]


def over(world: World) -> list[Any]:
    return [world.project.pk, ended(world.project, by=world.host).pk]


def step(world: World) -> dict[str, Any]:
    return {"step": _newest(world).step}


def next_phase(world: World) -> dict[str, Any]:
    workshop = _newest(world)
    return {"step": workshop.step, "activity": table_of(workshop).pk, "phase": Phase.VOTE}


def details(world: World) -> dict[str, Any]:
    return {"title": "Scoping workshop", "template": "scoping", "minutes": 60, "version": 1}


def everyone(world: World) -> dict[str, Any]:
    return {"recipients": [str(seat.pk) for seat in _newest(world).participants.all()]}


def _live(world: World) -> Workshop:
    return running(world.project, phase=Phase.GROUP, by=world.host)


def _newest(world: World) -> Workshop:
    return Workshop.objects.order_by("-created_at").first() or Workshop()


def hosts(name: str, method: str = "POST", status: int = 302, **more: Any) -> Row:
    """What only those may do who host workshops."""
    return Row(f"workshops:{name}", method, host=status, editor=403, reviewer=403, viewer=403, **more)


ROWS = [
    Row("workshops:list", "GET", host=200, editor=200, reviewer=200, viewer=200),
    hosts("create", "GET", 200),
    hosts("create", data=details),
    hosts("plan", "GET", 200, args=plan),
    hosts("change", "GET", 200, args=plan),
    hosts("change", args=plan, data=details),
    hosts("add_activity", args=plan, data=lambda world: {"block": "talk"}),
    hosts("change_activity", "GET", 200, args=planned_step),
    hosts("change_activity", args=planned_step, data=details),
    hosts("shift_activity", args=planned_step, data=lambda world: {"up": "1"}),
    hosts("skip_activity", args=planned_step, data=lambda world: {"skipped": "1"}),
    hosts("repeat_activity", args=planned_step),
    hosts("remove_activity", args=planned_step),
    hosts("plan_side", "GET", 200, args=plan),
    hosts("shorten_agenda", args=plan, data=first_cut),
    hosts("keep_overrun", args=plan, data=lambda world: {"over": "3"}),
    hosts("use_agenda", args=plan, data=lambda world: {"template": "scoping"}),
    hosts("save_agenda", args=plan, data=lambda world: {"save-name": "Ours"}),
    hosts("rename_agenda", args=own_agenda, data=lambda world: {"name": "Mine"}),
    hosts("delete_agenda", args=own_agenda),
    hosts("add_writing", args=asked_ahead),
    hosts("open", args=plan),
    hosts("console", "GET", 200, args=live),
    hosts("rail", "GET", 200, args=live),
    hosts("side", "GET", 200, args=live),
    hosts("present", "GET", 200, args=live),
    hosts("start", args=opened, data=step),
    hosts("move", args=live, data=next_phase),
    hosts("end", args=live, data=step),
    hosts("add_time", args=live, data=lambda world: {"minutes": "1"}),
    hosts("pause", args=live),
    hosts("resume", args=live),
    hosts("bring", args=live),
    hosts("seat", "GET", 200, args=guest),
    hosts("remove_seat", args=guest),
    hosts("let_in_seat", args=guest),
    hosts("rename_seat", args=guest, data=lambda world: {"name": "Lars"}),
    hosts("host_seat", args=member_seat, data=lambda world: {"host": "1"}),
    hosts("host_here", status=204, args=live),
    hosts("take_over", args=live),
    hosts("lock", args=live, data=lambda world: {"locked": "1"}),
    hosts("preview", "GET", 200, args=live),
    hosts("invite", "GET", 200, args=plan),
    hosts("invite", args=plan, data=lambda world: {"more": "priya@example.com"}),
    hosts("around", args=plan),
    hosts("call_off", "GET", 200, args=plan),
    hosts("call_off", args=plan),
    hosts("rehearse", args=plan),
    # Only who rehearses finds a rehearsal; everybody who may not host is refused before it is looked for.
    hosts("delete_rehearsal", args=rehearsed),
    Row("workshops:calendar", "GET", host=200, editor=200, reviewer=200, viewer=200, args=dated),
    hosts("add_item", args=live_step, data=lambda world: {"text": "Agents send", "key": uuid4()}),
    hosts("change_item", args=item, data=lambda world: {"text": "Agents send", "version": 1}),
    hosts("remove_item", args=item),
    hosts("add_entry_as_host", args=map_step, data=lambda world: {"text": "Works council", "key": uuid4()}),
    hosts("change_entry_as_host", "GET", 200, args=map_entry),
    hosts("change_entry_as_host", args=map_entry, data=lambda world: {"text": "Works council"}),
    hosts("take_entries", args=map_step, data=entries),
    hosts("say_statement", args=statement, data=lambda world: {"text": "Customers wait.", "version": 1}),
    hosts("keep_statement", args=statement, data=framed),
    hosts("fill_sheet", args=sheet, data=lambda world: {"name": "Median first response"}),
    hosts("take_sheet", args=sheet),
    hosts("create_group", args=live_step, data=lambda world: {"name": "Together"}),
    hosts("rename_group", args=group, data=lambda world: {"name": "Together", "version": 1}),
    hosts("dissolve_group", args=group),
    hosts("card_menu", "GET", 302, args=live),
    hosts("move_card", args=card),
    hosts("park_card", args=card),
    hosts("unpark_card", args=card),
    hosts("make", "GET", 200, args=card_to("risk")),
    hosts("make", args=card_to("risk"), data=lambda world: {"title": "It sounds sure"}),
    hosts("make", args=card_to("objective"), data=lambda world: {"title": "Four hours"}),
    hosts("make", args=card_to("passage"), data=lambda world: {"section": "purpose", "text": "Agents send."}),
    hosts("make", args=card_to("comment"), data=lambda world: {"section": "purpose", "text": "Who is liable?"}),
    hosts("make_of_group", "GET", 200, args=group_to("risk")),
    hosts("make_of_group", args=group_to("risk"), data=lambda world: {"title": "It sounds sure"}),
    hosts("leave_card", args=card),
    hosts("place", "GET", 200, args=live),
    hosts("place", args=live),
    Row("workshops:recap", "GET", host=200, editor=200, reviewer=200, viewer=200, args=over),
    hosts("note_address", args=left, data=lambda world: {"email": "nils@example.org"}),
    hosts("invite_guest", args=left),
    Row("workshops:claim_seat", "POST", host=409, editor=409, reviewer=409, viewer=409, args=left),
    Row("workshops:recap_markdown", "GET", host=200, editor=200, reviewer=200, viewer=200, args=over),
    Row("workshops:recap_csv", "GET", host=200, editor=200, reviewer=200, viewer=200, args=over),
    hosts("send_recap", args=over, data=everyone),
]
OPEN = {
    "workshops:join",
    "workshops:join_code",
    "workshops:join_link",
    "workshops:join_invited",
    *{
        f"workshops:{name}"
        for name in [
            "room",
            "here",
            "room_calendar",
            "ready",
            "look",
            "address",
            "add_card",
            "change_card",
            "delete_card",
            "place_dots",
            "give_answer",
            "add_entry",
            "change_entry",
            "add_parking",
        ]
    },
}
