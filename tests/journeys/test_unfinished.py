"""Somebody is called away from a long form, pastes their notes as they are, and mends what readiness finds."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.house import House
from tests.journeys.conftest import LAPTOP, PHONE

pytestmark = pytest.mark.browser

PROJECT = """
from apps.accounts.models import User
from apps.projects.actions import create_project
maja = User.objects.create_user("maja@unfinished.example", name="Maja Lindqvist")
print(create_project(by=maja, title="Reply drafts").pk)
"""
PASTE = """(field, text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  field.focus();
  field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def test_what_was_not_sent_is_back_and_lines_become_rows(house: House, person: Callable[..., Page]) -> None:
    project = house.shell(PROJECT).split()[-1]
    page = person(LAPTOP)
    session = house.visitor("maja@unfinished.example").cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": house.base}])
    frame = f"{house.base}/projects/{project}/frame/"

    def edit() -> None:
        page.goto(frame)
        page.get_by_role("link", name="Edit the use case").click()

    edit()
    page.get_by_label("Who will use it").fill("Fourteen agents")
    page.get_by_label("It can be bought ready-made").check()
    edit()
    expect(page.get_by_text("What you typed here and did not save is back.")).to_be_visible()
    expect(page.get_by_label("Who will use it")).to_have_value("Fourteen agents")
    expect(page.get_by_label("It can be bought ready-made")).to_be_checked()
    page.get_by_role("link", name="Cancel").click()
    edit()
    expect(page.get_by_label("Who will use it")).to_have_value("")
    page.get_by_label("Who will use it").fill("Fifteen agents")
    page.get_by_role("button", name="Save the use case").click()
    expect(page.get_by_text("Fifteen agents")).to_be_visible()
    edit()
    expect(page.get_by_label("Who will use it")).to_have_value("Fifteen agents")
    expect(page.get_by_text("did not save is back")).to_have_count(0)

    page.goto(f"{house.base}/projects/{project}/registers/constraints/")
    page.locator("#new-row [name=name]").evaluate(PASTE, "personal data stay in the EU\nno headcount")
    page.get_by_role("button", name="Take 2 rows").click()
    expect(page.locator("tr[data-row]")).to_have_count(2)


def test_a_finding_puts_the_keyboard_into_its_field_and_the_way_back_stays(
    house: House, person: Callable[..., Page]
) -> None:
    project = house.shell(PROJECT.replace("maja@unfinished", "maja@mending")).split()[-1]
    page = person(PHONE)
    session = house.visitor("maja@mending.example").cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": house.base}])
    project_url = f"{house.base}/projects/{project}"

    page.goto(f"{project_url}/readiness/")
    to_the_field = page.get_by_role("link", name="Go to the field")
    to_the_field.filter(has_text="The legal triage has not been done.").click()
    expect(page.locator("input[name=personal][value=yes]")).to_be_focused()
    page.get_by_role("link", name="Back to readiness").click()
    to_the_field.filter(has_text="Nobody said what it must never do.").click()
    expect(page.locator("#id_must_not")).to_be_focused()
    expect(page.get_by_role("link", name="Back to readiness")).to_be_in_viewport()
    page.keyboard.type("Promise a refund")
    page.get_by_role("button", name="Save the use case").click()
    expect(page).to_have_url(f"{project_url}/readiness/#in-purpose")
    expect(page.get_by_text("Nobody said what it must never do.")).to_have_count(0)
