"""The diagram and the grid of people are worked on where they are drawn: with a mouse, with keys, with a finger."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.house import House
from tests.journeys.conftest import PHONE

pytestmark = pytest.mark.browser

PROJECT = """
from uuid import uuid4
from apps.accounts.models import User
from apps.architecture.actions import add_component
from apps.projects.actions import create_project
from apps.stakeholders.actions import add_stakeholder
maja = User.objects.filter(email="maja@draws.example").first() or User.objects.create_user("maja@draws.example", name="Maja")
project = create_project(by=maja, title="Drawn")
for lane, name in (("sources", "Handbook"), ("storage", "Index"), ("model", "Model")):
    add_component(project, key=uuid4(), lane=lane, name=name, detail="", zone="ours", personal=False, by=maja)
add_stakeholder(project, name="Anders Holm", influence=3, interest=3, by=maja)
print(project.pk)
"""


@pytest.fixture
def drawn(house: House, person: Callable[..., Page]) -> Callable[..., Page]:
    project = house.shell(PROJECT).split()[-1]

    def sit(path: str, **device: object) -> Page:
        page = person(**device)
        session = house.visitor("maja@draws.example").cookies["sessionid"]
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": house.base}])
        page.goto(f"{house.base}/projects/{project}/{path}/")
        return page

    return sit


def box(page: Page, name: str) -> Locator:
    return page.locator(f".arch-box[aria-label^='{name}']:visible")


def test_boxes_are_joined_by_mouse_and_moved_by_keys(drawn: Callable[..., Page]) -> None:
    page = drawn("architecture")

    box(page, "Handbook").hover()
    box(page, "Handbook").locator(".arch-handle").drag_to(box(page, "Index").locator(".arch-rect"))
    expect(page.get_by_role("heading", name="Change Handbook → Index")).to_be_visible()
    expect(page.get_by_label("What travels")).to_be_focused()
    page.keyboard.type("chapters")
    page.keyboard.press("Enter")
    expect(page.locator("tr[id^=flow-]")).to_contain_text("chapters")

    box(page, "Model").press("ArrowDown")
    expect(box(page, "Model, Checks and guardrails")).to_be_focused()
    page.keyboard.press("a")
    expect(page.get_by_label("Lane")).to_have_value("checks")


def test_a_finger_moves_a_box_into_a_lane(drawn: Callable[..., Page]) -> None:
    page = drawn("architecture", **PHONE)

    page.get_by_role("button", name="Move", exact=True).tap()
    box(page, "Model").tap()
    page.locator(".arch-band[data-lane=serving]:visible").tap()

    expect(box(page, "Model, Serving and users")).to_be_visible()


def test_a_finger_opens_a_box_and_its_form_stays(drawn: Callable[..., Page]) -> None:
    page = drawn("architecture", **PHONE)

    box(page, "Index").tap()

    expect(page.get_by_role("heading", name="Change Index")).to_be_in_viewport()
    # longer than a region waits until it asks again
    page.wait_for_timeout(2000)
    expect(page.get_by_role("heading", name="Change Index")).to_be_in_viewport()


def test_a_box_opens_although_the_form_beside_it_is_begun(drawn: Callable[..., Page]) -> None:
    page = drawn("architecture")
    page.get_by_role("textbox", name="Component").fill("Half a na")

    box(page, "Index").click()

    expect(page.get_by_role("heading", name="Change Index")).to_be_visible()


def test_somebody_is_moved_on_the_grid_by_keys(drawn: Callable[..., Page]) -> None:
    page = drawn("people")

    page.locator(".influence-person").focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")

    expect(page.locator("a[aria-label='Anders Holm: influence 4, interest 5.']")).to_be_focused()
    expect(page.locator("tr[id^=stakeholder-] td.number[data-label]")).to_have_text(["4", "5"])
