"""A shorter road without a line of JavaScript: every form is a form."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.house import House
from tests.journeys import road
from tests.journeys.conftest import PHONE

pytestmark = pytest.mark.browser


def test_a_host_and_a_guest_get_along_without_scripts(person: road.Enter, house: House) -> None:
    host = person(javascript=False, base_url=house.base)
    link = re.search(r"http\S+/enter/\S+", house.manage("start_link"))
    assert link
    host.goto(link.group())
    host.get_by_role("button", name="Sign in").click()
    project = road.create_project(host, "Outage texts for field crews")
    road.frame(host, project)

    host.goto(f"{project}risks/raise/")
    host.get_by_label("Risk", exact=True).fill("")
    host.get_by_role("button", name="Add the risk").click()
    expect(host.get_by_role("alert").or_(host.locator(".error-summary")).first).to_be_visible()
    host.get_by_label("Risk", exact=True).fill("Crews read yesterday’s text")
    host.get_by_role("button", name="Add the risk").click()
    expect(host.get_by_role("main").get_by_text("Crews read yesterday’s text").first).to_be_visible()

    host.goto(f"{project}sections/purpose/edit/")
    host.get_by_role("textbox").first.fill("Crews get one text, and it is the right one.")
    host.get_by_role("button", name=re.compile("Done|Save")).first.click()
    expect(host.get_by_text("Crews get one text, and it is the right one.").first).to_be_visible()

    _workshop(host, person(PHONE, javascript=False, base_url=house.base), project)


def _workshop(host: Page, guest: Page, project: str) -> None:
    host.goto(f"{project}workshops/new/")
    host.get_by_label("45-minute pre-mortem").check()
    host.get_by_role("button", name="Make the agenda").click()
    link = host.get_by_label("Link: no account needed").input_value()
    host.locator("#side").get_by_role("button", name="Open the waiting room").click()
    road.join_room(guest, link, "Åsa")
    button = host.locator("#next")
    button.click()
    while "Reveal" not in button.inner_text():
        button.click()
    guest.reload()
    guest.get_by_role("textbox").first.fill("Nobody kept it current")
    guest.get_by_role("button", name="Add card").click()
    expect(guest.get_by_text("Nobody kept it current").first).to_be_visible()
    host.reload()
    assert "Nobody kept it current" not in host.content()
    button.click()
    expect(host.get_by_text("Nobody kept it current").first).to_be_visible()
    guest.reload()
    expect(guest.get_by_text("Nobody kept it current").first).to_be_visible()
