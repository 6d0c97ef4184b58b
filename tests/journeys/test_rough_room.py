"""Rooms with bad networks, tired fingers and a keyboard alone: nothing is lost, nothing happens twice."""

import json
import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.house import House
from tests.journeys.conftest import PHONE

pytestmark = pytest.mark.browser

MAKE = """
import json
from uuid import uuid4
from apps.accounts.models import User
from apps.projects.actions import create_project
from apps.workshops import actions
host = User.objects.create_user(f"{uuid4()}@rough.example", name="Maja Host")
project = create_project(by=host, title="Rough", pain="x", users="y", in_scope="z")
room = actions.create_workshop(project, title="Rough room", purpose="", template="framing", scheduled_at=None, by=host)
actions.open_room(room, by=host)
room = actions.start_workshop(room, step=0, by=host)
table = next(one for one in room.activities.all() if {"write", "group", "vote"} <= {p.key for p in one.plan.phases})
room = actions.move_everyone(room, activity=table.pk, phase="write", step=1, by=host)
print(json.dumps([str(room.pk), room.join_url, str(table.pk), host.email, str(project.pk)]))
"""
DO = """
from apps.workshops import actions
from apps.workshops.models import Workshop
room = Workshop.objects.get(pk="{pk}")
by = room.host
{what}
"""
TEXTS = """
import json
from apps.workshops.models import Card
print(json.dumps([card.text for card in Card.objects.filter(workshop="{pk}").order_by("created_at")]))
"""


class Room:
    """A running workshop at its writing step, driven from behind."""

    def __init__(self, house: House) -> None:
        self.house = house
        made = json.loads(house.shell(MAKE).splitlines()[-1])
        self.pk, self.link, self.table, self.host, self.project = made

    def do(self, what: str) -> None:
        self.house.shell(DO.format(pk=self.pk, what=what))

    def move(self, phase: str) -> None:
        self.do(f'actions.move_everyone(room, activity="{self.table}", phase="{phase}", step=room.step, by=by)')

    def texts(self) -> list[str]:
        return json.loads(self.house.shell(TEXTS.format(pk=self.pk)).splitlines()[-1])


@pytest.fixture
def room(house: House) -> Room:
    return Room(house)


@pytest.fixture
def guest(person: Callable[..., Page], room: Room) -> Callable[..., Page]:
    def enter(name: str = "Zoë", **more: Any) -> Page:
        page = person(PHONE, base_url=room.house.base, **more)
        page.goto(room.link)
        page.get_by_label(re.compile("name", re.I)).first.fill(name)
        page.get_by_role("button", name=re.compile("Join|Come in|Go in", re.I)).click()
        expect(page.locator("#id_text")).to_be_visible()
        return page

    return enter


def write(page: Page, text: str) -> None:
    page.locator("#id_text").fill(text)
    page.locator("#add-card").click()


def test_cards_written_without_a_connection_are_kept_and_sent_once_in_order(room: Room, guest, look) -> None:
    page = guest()
    write(page, "First, sent")
    expect(page.get_by_role("article").filter(has_text="First, sent")).to_be_visible()

    page.context.set_offline(True)
    write(page, "We stop thinking")
    write(page, "Works council was not asked")
    expect(page.locator(".card[data-kept]")).to_have_text(
        [re.compile("Works council.*Kept on this phone", re.S), re.compile("We stop")]
    )
    expect(page.get_by_text("2 cards are kept on this phone")).to_be_visible()
    expect(page.locator("#id_text")).to_be_editable()
    look(page)
    page.context.set_offline(False)

    expect(page.locator(".card[data-kept]")).to_have_count(0, timeout=20_000)
    expect(page.get_by_role("article").filter(has_text="Works council")).to_have_count(1)
    assert room.texts() == ["First, sent", "We stop thinking", "Works council was not asked"]


def test_what_is_kept_outlives_a_reload_and_a_pause(room: Room, guest) -> None:
    page = guest()
    room.do("actions.pause_clock(room, by=by)")
    expect(page.locator("#room-timer [data-stopped]")).to_be_visible()

    write(page, "Written in the break")
    expect(page.locator(".card[data-kept]")).to_contain_text("Kept on this phone")
    page.reload()
    expect(page.locator(".card[data-kept]")).to_contain_text("Written in the break")
    assert room.texts() == []
    room.do("actions.resume_clock(room, by=by)")

    expect(page.locator(".card[data-kept]")).to_have_count(0, timeout=20_000)
    assert room.texts() == ["Written in the break"]


def test_a_room_works_where_live_streams_are_blocked(room: Room, guest) -> None:
    page = guest()
    page.context.route("**/live/**", lambda route: route.abort())
    page.reload()
    write(page, "By plain asking")

    room.move("group")

    expect(page.get_by_role("article").filter(has_text="By plain asking")).to_be_visible(timeout=30_000)
    expect(page.get_by_text("No connection")).to_be_hidden()


def test_what_everybody_sees_comes_without_asking(room: Room, guest, person) -> None:
    zoe, anders = guest(), guest("Anders")
    write(anders, "It sounds sure")
    expect(anders.get_by_role("article").filter(has_text="It sounds sure")).to_be_visible()
    asked: list[str] = []
    zoe.on("request", lambda request: asked.append(request.url) if request.url.rstrip("/").endswith(room.pk) else None)

    room.move("group")
    expect(zoe.get_by_role("article").filter(has_text="It sounds sure")).to_be_visible()
    zoe.get_by_text("Add a card", exact=True).click()
    zoe.locator("#late textarea").press_sequentially("In the middle of")
    anders.get_by_text("Add a card", exact=True).click()
    anders.locator("#late textarea").fill("A late one")
    anders.locator("#late button").click()
    expect(zoe.get_by_role("article").filter(has_text="A late one")).to_have_count(1)
    expect(zoe.locator("[data-say=polite]")).to_have_text(re.compile("1 new card"))
    expect(zoe.locator("#late textarea")).to_be_focused()
    expect(zoe.locator("#late textarea")).to_have_value("In the middle of")
    assert asked == []

    zoe.locator("#late textarea").fill("Mine, by a pushed form")
    zoe.locator("#late button").click()
    expect(anders.get_by_role("article").filter(has_text="Mine, by a pushed form")).to_have_count(1)


def test_pressing_twice_is_one_card(room: Room, guest) -> None:
    page = guest()
    page.locator("#id_text").fill("Once")
    page.locator("#add-card").evaluate("button => { button.click(); button.click(); }")

    expect(page.get_by_role("article").filter(has_text="Once")).to_have_count(1)
    page.reload()
    expect(page.get_by_role("article").filter(has_text="Once")).to_have_count(1)
    assert room.texts() == ["Once"]


def test_a_second_tab_and_a_tab_that_slept_show_the_same(room: Room, guest) -> None:
    first = guest()
    second = first.context.new_page()
    second.goto(first.url)
    write(first, "In the first tab")
    first.close()
    time.sleep(0.5)

    room.move("group")

    expect(second.get_by_role("article").filter(has_text="In the first tab")).to_be_visible()


@pytest.fixture
def host(person: Callable[..., Page], room: Room) -> Callable[..., Page]:
    def enter(path: str) -> Page:
        page = person(base_url=room.house.base)
        session = room.house.visitor(room.host).cookies["sessionid"]
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": room.house.base}])
        page.goto(f"/projects/{room.project}/workshops/{room.pk}/{path}/")
        return page

    return enter


def lay(room: Room, *texts: str, group: str = "Time") -> None:
    """Cards on the table, and a group."""
    room.do(
        f'table = room.activities.get(pk="{room.table}")\n'
        "from django.utils import timezone\n"
        f"prompt = table.plan.prompts[0]\n"
        f"for n, text in enumerate({texts!r}):\n"
        "    room.cards.create(activity=table, text=text, prompt=prompt.key, kind=prompt.kind, position=n, revealed_at=timezone.now())\n"
        f"actions.create_group(table, name={group!r}, cards=[], by=by)\n"
        f'actions.move_everyone(room, activity="{room.table}", phase="group", step=room.step, by=by)'
    )


def test_a_card_is_dragged_into_a_group_or_moved_by_keys_alone(room: Room, host) -> None:
    lay(room, "Dragged", "Parked by a letter")
    page = host("console")
    group = page.locator("section.group", has=page.get_by_role("heading", name="Time"))

    page.get_by_role("article").filter(has_text="Dragged").locator("p").first.hover()
    page.mouse.down()
    box = group.bounding_box()
    assert box
    page.mouse.move(box["x"] + 40, box["y"] + 20, steps=8)
    page.mouse.up()
    expect(group.get_by_role("article")).to_contain_text("Dragged")

    page.get_by_role("button", name=re.compile("What becomes of: Parked")).focus()
    page.keyboard.press("Enter")
    page.keyboard.press("p")
    expect(page.locator("#board article").filter(has_text="Parked by a letter")).to_have_count(0)
    expect(page.locator("#side")).to_contain_text("Parked by a letter")


def test_a_long_table_leaves_clock_and_next_step_in_sight_and_the_keyboard_where_it_was(room: Room, host) -> None:
    lay(room, *[f"Card {n}." for n in range(60)])
    page = host("console")
    more = page.get_by_role("button", name="What becomes of: Card 40.")

    more.focus()
    expect(page.locator("#next")).to_be_in_viewport()
    expect(page.locator("#clock time")).to_be_in_viewport()
    more.click()
    expect(page.locator("#table-menu")).to_be_visible()
    more.click()
    expect(page.locator("#table-menu")).to_be_hidden()
    page.keyboard.press("Enter")
    page.locator("#table-menu").get_by_role("button", name="Time").press("Enter")

    expect(page.locator("section.group", has=page.get_by_role("heading", name="Time"))).to_contain_text("Card 40.")
    expect(more).to_be_focused()


def test_the_big_screen_keeps_its_ruler_and_looks_around_by_keys(room: Room, host, look) -> None:
    lay(room, *[f"Card {n} 🙂" for n in range(59)], "A long one " * 360)
    page = host("present")

    expect(page.locator("article.card")).to_have_count(0)
    room.do("from apps.workshops.models import Group\nGroup.objects.filter(activity__workshop=room).delete()")
    page.reload()
    expect(page.locator("article.card")).to_have_count(60)
    expect(page.locator("svg.ruler")).to_be_in_viewport()
    look(page)
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_text("Looking around. The room is at")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(page.locator("article.card")).to_have_count(60)
