"""Ninety minutes in one: a host, somebody on a phone and somebody who uses the keyboard alone go through every kind of step."""

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.house import House
from tests.journeys import road
from tests.journeys.conftest import LAPTOP, PHONE

pytestmark = pytest.mark.browser

MAKE = """
import json
from apps.accounts.models import User
from apps.projects.models import Project
from apps.workshops import actions
host = User.objects.get(email="maja@norrwater.example")
project = Project.objects.get(title="Reply drafts for support")
room = actions.create_workshop(project, title="All of it", purpose="", template="scoping", scheduled_at=None, by=host)
decide = room.activities.get(kind="decide")
actions.change_activity(
    decide, title=decide.title, note=decide.note, minutes=10, version=decide.version, plan=decide.plan.with_more(window=3), by=host
)
actions.open_room(room, by=host)
print(json.dumps([str(project.pk), str(room.pk), room.join_url]))
"""
NARROW = {"width": 320, "height": 700}
SENT = re.compile(r"Sent \d\d:\d\d\. You can change it")


class Hall:
    """Everybody who is there, each with a screen."""

    def __init__(self, house: House, person: Callable[..., Page], look: Callable[[Page], None]) -> None:
        project, workshop, link = json.loads(house.shell(MAKE).splitlines()[-1])
        self.look = look
        self.host = person(LAPTOP, base_url=house.base)
        session = house.visitor("maja@norrwater.example").cookies["sessionid"]
        self.host.context.add_cookies([{"name": "sessionid", "value": session, "url": house.base}])
        self.host.goto(f"/projects/{project}/workshops/{workshop}/console/")
        self.phone = person(PHONE, base_url=house.base)
        road.join_room(self.phone, link, "Anders")
        self.keys = person(LAPTOP, base_url=house.base)
        road.join_room(self.keys, link, "Jonas")

    def go(self, *buttons: str) -> None:
        """The host's one big button says these words, one after the other, and is pressed."""
        for words in buttons:
            expect(self.host.locator("#next")).to_contain_text(words)
            road.press_next(self.host)

    def ask(self, words: str) -> None:
        """Both participants read this question."""
        for page in (self.phone, self.keys):
            # whoever has something of their own here gets it a moment later
            expect(page.locator("#room-body:not([inert]) :is(h1.ask, h1.proposal)")).to_have_text(re.compile(words))

    def check(self, *, narrow: bool = False) -> None:
        """Nothing serious on the phone or the console, and nothing to scroll sideways, at 320 px either."""
        self.look(self.phone)
        self.look(self.host)
        if narrow:
            self.phone.set_viewport_size(NARROW)
            wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            assert self.phone.evaluate(wider) <= 0
            self.phone.set_viewport_size(PHONE["viewport"])


def by_keys(page: Page, field: Locator, *presses: str, words: str = "") -> None:
    """Reach a field with Tab, as somebody without a mouse does; then type and press."""
    for _step in range(60):
        if field.evaluate("field => field === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(field).to_be_focused()
    if words:
        page.keyboard.type(words)
    for key in presses:
        page.keyboard.press(key)


def pick(page: Page, name: str, value: str) -> None:
    """Tap one radio of a step, by what it says or where it stands."""
    page.locator(f"#room-body input[name='{name}'][value='{value}']").check(force=True)


def hidden_from(words: str, *pages: Page) -> None:
    """Nowhere in what these people were sent."""
    for page in pages:
        assert words not in page.content()
        assert words not in page.request.get(page.url).text()


@pytest.fixture
def hall(house: House, person: Callable[..., Page], look: Callable[[Page], None]) -> Hall:
    return Hall(house, person, look)


def test_a_scoping_workshop_from_the_first_word_to_the_minutes(hall: Hall) -> None:
    _arrive(hall)
    _frame(hall)
    _map(hall)
    _expect(hall)
    _premortem(hall)
    _measure(hall)
    _vote(hall)
    _decide(hall)
    _wrap(hall)


def _arrive(hall: Hall) -> None:
    hall.go("Start the workshop")
    hall.ask("Who are you here")
    hall.phone.get_by_label("One word").fill("Curious")
    hall.phone.get_by_role("button", name="Check in").click()
    by_keys(hall.keys, hall.keys.get_by_label("One word"), "Enter", words="Sceptical")
    expect(hall.phone.get_by_role("main")).to_contain_text("Sceptical")
    expect(hall.host.locator("#board")).to_contain_text("Curious")
    hall.check(narrow=True)


def _frame(hall: Hall) -> None:
    hall.go("Move everyone to Problem framing")
    hall.ask("Is this the problem")
    pick(hall.phone, "clarity", "4")
    # chosen and not sent: it stays when the whole screen is drawn anew
    hall.phone.evaluate("htmx.trigger('#room-body', 'live')")
    expect(hall.phone.locator("#room-body")).not_to_have_class(re.compile("htmx-request"))
    expect(hall.phone.locator("input[name=clarity][value='4']")).to_be_checked()
    hall.phone.locator("#answer-text").fill("Nobody says whose time it costs")
    hall.phone.get_by_role("button", name="Send").click()
    expect(hall.phone.get_by_text(SENT)).to_be_visible()
    by_keys(hall.keys, hall.keys.locator("input[name=clarity]").first, "ArrowRight")
    by_keys(hall.keys, hall.keys.get_by_role("button", name="Send", exact=True), "Enter")
    expect(hall.keys.get_by_text(SENT)).to_be_visible()
    hidden_from("Nobody says whose time", hall.host, hall.keys)
    hall.check()

    hall.go("Go on")
    expect(hall.keys.get_by_text("Nobody says whose time").first).to_be_visible()
    hall.host.get_by_label("The problem, without its solution").fill("Agents lose an hour a day to looking answers up.")
    expect(hall.phone.get_by_text("lose an hour a day").first).to_be_visible()
    hall.check()

    hall.go("Go on")
    hall.ask("Is it clearer now")
    pick(hall.phone, "clarity", "5")
    hall.phone.get_by_role("button", name="Send").click()
    hall.go("Go on")
    hall.ask("What does this problem want")
    pick(hall.phone, "shape", "model")
    hall.phone.get_by_label("Because").fill("No rule catches how people write")
    hall.phone.get_by_role("button", name="Send").click()
    expect(hall.phone.get_by_text(SENT)).to_be_visible()
    hidden_from("No rule catches", hall.host, hall.keys)
    hall.go("Go on")
    expect(hall.host.locator("#board")).to_contain_text("No rule catches")
    hall.check()


def _map(hall: Hall) -> None:
    hall.go("Move everyone to Stakeholder map")
    hall.ask("Who decides")
    # the next name is typed before the answer to the first arrives
    hall.phone.route("**/map/**/add/", lambda route: (hall.phone.wait_for_timeout(400), route.continue_()))
    hall.phone.get_by_label("Person or team").fill("Agents")
    hall.phone.get_by_label("Influence").select_option("2")
    hall.phone.get_by_label("Affected").select_option("5")
    hall.phone.get_by_role("button", name="Put on the map").click(no_wait_after=True)
    hall.phone.get_by_label("Person or team").fill("Works council")
    expect(hall.phone.locator("#map")).to_contain_text("Agents")
    expect(hall.phone.get_by_label("Person or team")).to_have_value("Works council")
    hall.phone.get_by_role("button", name="Put on the map").click()
    expect(hall.keys.locator("#map")).to_contain_text("Works council")
    expect(hall.host.locator("#board")).to_contain_text("Works council")
    hall.check(narrow=True)


def _expect(hall: Hall) -> None:
    hall.go("Go on", "Move everyone to Expectations")
    hall.ask("What do you hope for")
    hall.phone.locator("#id_text").fill("First replies within the hour")
    hall.phone.locator("#add-card").click()
    expect(hall.phone.get_by_role("article")).to_contain_text("First replies")
    by_keys(hall.keys, hall.keys.get_by_role("link", name=re.compile("^Concern")), "Enter")
    expect(hall.keys.locator("h1.ask")).to_have_text(re.compile("worries you"))
    by_keys(hall.keys, hall.keys.locator("#id_text"), words="It sounds sure and is wrong")
    by_keys(hall.keys, hall.keys.locator("#add-card"), "Enter")
    expect(hall.keys.get_by_role("article")).to_contain_text("It sounds sure")
    hidden_from("It sounds sure", hall.host, hall.phone)
    hidden_from("First replies", hall.host, hall.keys)
    hall.check()

    # what the host fills in beside the board is not refreshed away
    hall.host.get_by_text("Add an action").click()
    hall.host.locator("#action-owner").fill("Karin")
    hall.go("Reveal the cards")
    for page in (hall.phone, hall.keys, hall.host):
        expect(page.get_by_role("article").filter(has_text="It sounds sure")).to_be_visible()
    expect(hall.host.locator("#action-owner")).to_have_value("Karin")
    expect(hall.host.locator("#action-owner")).to_be_visible()
    hall.host.locator("#action-text").fill("Ask the works council")
    hall.host.locator("#action-due").fill("2099-01-31")
    hall.host.locator("#new-action").get_by_role("button", name="Add").click()
    expect(hall.host.locator("#actions")).to_contain_text("Karin, 31 Jan")
    hall.check()

    hall.go("Open the vote")
    hall.ask("What must we talk about")
    # five presses faster than the way there and back: as many dots as one thing may have
    hall.phone.route("**/dots/", lambda route: (hall.phone.wait_for_timeout(400), route.continue_()))
    hall.phone.get_by_role("button", name=re.compile("^Put one dot.*sounds sure")).click(click_count=5)
    expect(hall.phone.locator("#room-foot")).to_contain_text("1 dot left")
    # and one that could take no more holds up no other
    hall.phone.get_by_role("button", name=re.compile("^Take one dot.*sounds sure")).click()
    expect(hall.phone.locator("#room-foot")).to_contain_text("2 dots left")
    hall.phone.get_by_role("button", name=re.compile("^Put one dot.*sounds sure")).click()
    expect(hall.phone.locator("#room-foot")).to_contain_text("1 dot left")
    hall.phone.unroute("**/dots/")
    by_keys(hall.keys, hall.keys.get_by_role("button", name=re.compile("^Put one dot.*sounds sure")), "Enter")
    expect(hall.keys.locator("#room-foot")).to_contain_text("2 dots left")
    hall.check(narrow=True)
    hall.go("Close the vote")
    expect(hall.host.locator("#board")).to_contain_text("2 voted, 3 dots")


def _premortem(hall: Hall) -> None:
    hall.go("Move everyone to Pre-mortem")
    hall.ask("switched off")
    hall.phone.locator("#id_text").fill("Nobody kept the handbook current")
    hall.phone.locator("#add-card").click()
    expect(hall.phone.get_by_role("article")).to_contain_text("handbook")
    hall.go("Reveal the cards", "Go on")
    hall.ask("How likely, and how bad")
    for page in (hall.phone, hall.keys):
        page.get_by_role("radiogroup", name=re.compile("How likely")).get_by_text("4", exact=True).click()
        page.get_by_role("radiogroup", name=re.compile("How bad")).get_by_text("5", exact=True).click()
        expect(page.locator("#rated")).to_contain_text("1 of 1 rated")
    expect(hall.host.locator("#board")).to_contain_text("2 people have rated so far, hidden")
    hall.check()
    hall.go("Go on")
    expect(hall.host.locator("#make-risks")).to_be_visible()
    hall.check()
    # a dialog that is longer than the screen scrolls
    screen = LAPTOP["viewport"]
    hall.host.set_viewport_size({**screen, "height": 320})
    hall.host.locator("#make-risks").click()
    hall.host.get_by_role("button", name="Make the ticked risks").click()
    expect(hall.host.get_by_role("dialog")).to_have_count(0)
    hall.host.set_viewport_size(screen)


def _measure(hall: Hall) -> None:
    hall.go("Go on", "Move everyone to Break", "Move everyone to Success metric")
    hall.ask("Which one number")
    hall.phone.locator("#id_text").fill("Median first response")
    hall.phone.locator("#add-card").click()
    expect(hall.phone.get_by_role("article")).to_contain_text("Median first")
    hall.go("Reveal the cards")
    hall.host.get_by_label("The one number").fill("Median first response")
    hall.host.get_by_label("Today").fill("11")
    hall.host.get_by_label("Target").fill("4")
    hall.host.get_by_role("button", name="Save the sheet").click()
    expect(hall.phone.locator("#agreed")).to_contain_text("Median first response")
    hall.check()


def _vote(hall: Hall) -> None:
    hall.go("Move everyone to Dot vote on scope")
    hall.ask("What must the first version do")
    hall.phone.locator("#id_text").fill("Drafts for the eleven topics")
    hall.phone.locator("#add-card").click()
    expect(hall.phone.get_by_role("article")).to_contain_text("eleven topics")
    hall.go("Reveal the cards", "Open the vote")
    hall.phone.get_by_role("button", name=re.compile("^Put one dot.*eleven topics")).click()
    expect(hall.phone.locator("#room-foot")).to_contain_text("0 dots left")
    hall.go("Close the vote")
    hall.host.get_by_role("button", name=re.compile("^In.*Drafts for the")).click()
    expect(hall.host.locator("#to-scope")).to_be_visible()
    hall.check()


def _decide(hall: Hall) -> None:
    hall.go("Move everyone to Decisions")
    hall.host.get_by_label("New proposal").fill("Agents send, never the machine")
    hall.host.locator("#add-proposal").get_by_role("button", name="Add").click()
    hall.host.get_by_role("button", name="Ask the room").click()
    hall.ask("Agents send")
    pick(hall.phone, "choice", "agree")
    hall.phone.get_by_role("button", name="Send “agree”").click()
    expect(hall.phone.get_by_text(SENT)).to_be_visible()
    by_keys(hall.keys, hall.keys.locator("input[name=choice]").first, "ArrowDown", "ArrowDown")
    by_keys(hall.keys, hall.keys.get_by_label("Your reason"), words="The council was not asked")
    by_keys(hall.keys, hall.keys.locator("#consent-send"), "Enter")
    expect(hall.keys.get_by_text(SENT)).to_be_visible()
    hidden_from("The council was not asked", hall.host, hall.phone)
    hall.check()

    # moving on asks about those who are not here, as closing by hand does
    absent = hall.host.locator("#next-absent")
    expect(absent.get_by_label("Until the end of")).not_to_have_value("")
    hall.host.get_by_role("button", name="Close it and show the answers").click()
    expect(hall.phone.get_by_text("The council was not asked").first).to_be_visible()
    expect(absent).to_have_count(0)
    hall.phone.locator("#parking summary").click()
    hall.phone.get_by_label("Not now, but not forgotten").fill("Finnish next year")
    hall.phone.get_by_role("button", name="Put it on the parking lot").click()
    expect(hall.host.locator("#lot")).to_contain_text("Finnish next year")
    hall.check()


def _wrap(hall: Hall) -> None:
    hall.go("Move everyone to Wrap-up")
    hall.ask("Is it recorded correctly")
    pick(hall.phone, "recorded", "yes")
    pick(hall.phone, "worth", "5")
    hall.phone.get_by_role("button", name="Send").click()
    by_keys(hall.keys, hall.keys.locator("input[name=recorded]").first, "Space")
    by_keys(hall.keys, hall.keys.get_by_role("button", name="Send", exact=True), "Enter")
    expect(hall.host.locator("#board")).to_contain_text("2 of 2 say it is recorded correctly")
    hall.check()
    hall.go("End the workshop")
    expect(hall.phone.get_by_role("main")).to_contain_text(re.compile("Thank you|over"))
    for words in (
        "Agents send, never the machine",
        "The council was not asked",
        "Finnish next year",
        "Ask the works council",
    ):
        expect(hall.host.get_by_role("main")).to_contain_text(words)
    hall.look(hall.phone)
    hall.look(hall.host)
