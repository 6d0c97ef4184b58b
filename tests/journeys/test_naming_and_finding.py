"""A comment names somebody, who answers it on a phone; what was said is found by keyboard; risks are typed into."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.house import House
from tests.journeys.conftest import PHONE

pytestmark = pytest.mark.browser

PROJECT = """
from uuid import uuid4
from apps.accounts.models import User
from apps.dprd import actions, queries
from apps.projects.actions import add_member, create_project
from apps.risks.actions import raise_risk
def user(name, address):
    return User.objects.filter(email=address).first() or User.objects.create_user(address, name=name)
maja, asa = user("Maja Lindqvist", "maja@naming.example"), user("Åsa Öberg", "asa@naming.example")
project = create_project(by=maja, title="Naming and finding", pain="x", users="y", in_scope="z")
add_member(project, asa, role="editor", by=maja)
section = queries.section(project, "purpose")
actions.save_prose(section, base_version=1, text="Agents answer e-mails.", client_key=str(uuid4()), by=maja)
for title in ("Wrong advice", "Late handbook"):
    raise_risk(project, title=title, by=maja)
print(project.pk)
"""


@pytest.fixture
def sit(house: House, person: Callable[..., Page]) -> Callable[..., Page]:
    project = house.shell(PROJECT).split()[-1]

    def enter(who: str, path: str, **device: object) -> Page:
        page = person(**device)
        session = house.visitor(f"{who}@naming.example").cookies["sessionid"]
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": house.base}])
        page.goto(f"{house.base}/projects/{project}/{path}")
        return page

    return enter


def test_somebody_is_named_answers_on_a_phone_and_it_is_found_again(sit, look) -> None:
    maja = sit("maja", "document/")
    purpose = maja.locator("#purpose")

    # Her name has letters that one need not type.
    purpose.locator(".note-add summary").press("Enter")
    body = purpose.locator(".note-add textarea[name=body]")
    expect(body).to_be_focused()
    body.press_sequentially("Please look, @ob")
    expect(maja.get_by_role("listbox").get_by_role("option", name="Åsa Öberg")).to_have_attribute(
        "aria-selected", "true"
    )
    look(maja)
    body.press("Enter")
    expect(body).to_have_value("Please look, @Åsa Öberg ")
    body.press_sequentially("at the handbook.")
    purpose.locator(".note-add").get_by_role("button", name="Comment").click()
    thread = purpose.locator("article[id^=thread-]")
    expect(thread).to_contain_text("at the handbook.")

    # Its address opens the drawer of the section, on a phone too.
    asa = sit("asa", f"document/#{thread.get_attribute('id')}", device=PHONE)
    note = asa.locator("article[id^=thread-]")
    expect(note).to_be_focused()
    expect(note).to_be_in_viewport()
    look(asa)
    note.get_by_text("Reply", exact=True).first.tap()
    note.locator("textarea[name=body]").fill("I have looked: it is from 2019.")
    note.locator("form").get_by_role("button", name="Reply").tap()
    expect(asa.locator("article[id^=thread-]")).to_contain_text("it is from 2019.")
    expect(thread).to_contain_text("it is from 2019.")

    maja.locator("#purpose h2").click()
    maja.keyboard.press("/")
    expect(maja.locator("[data-search]")).to_be_focused()
    maja.keyboard.type("look handb")
    hit = maja.locator("#found-in-bar [data-hit]").filter(has_text="at the handbook")
    expect(hit).to_be_visible()
    maja.keyboard.press("ArrowDown")
    expect(maja.locator("#found-in-bar [data-hit]").first).to_be_focused()
    maja.keyboard.press("Escape")
    expect(maja.locator("[data-search]")).to_be_focused()
    hit.focus()
    maja.keyboard.press("Enter")
    expect(maja.locator("article[id^=thread-]")).to_contain_text("it is from 2019.")


def test_risks_are_typed_into_their_table_and_stay_ticked_while_one_looks_for_others(sit, look) -> None:
    table = sit("maja", "registers/risks/")
    row = table.locator("tr[data-row]").filter(has_text="Wrong advice")
    row.locator("[data-cell=impact]").focus()
    table.keyboard.press("Enter")
    table.keyboard.type("5")
    table.keyboard.press("Tab")
    expect(row.locator("[data-cell=impact]")).to_contain_text("Rate both likelihood and impact, or neither.")
    expect(row.locator("[name=likelihood]")).to_be_focused()
    look(table)
    table.keyboard.type("3")
    table.keyboard.press("Enter")
    expect(row.locator("[data-figure]")).to_have_text("15")
    table.keyboard.press("Escape")
    table.get_by_label("Add a risk").fill("Odd names")
    for number in range(11):
        table.keyboard.press("Enter")
        expect(table.get_by_label("Add a risk")).to_have_value("")
        table.get_by_label("Add a risk").fill(f"Small worry {number}")
    table.keyboard.press("Enter")
    expect(table.locator("tr[data-row]")).to_have_count(14)
    table.reload()

    table.get_by_role("checkbox", name="Tick Wrong advice").check()
    table.get_by_label("Find rows").fill("handbook")
    expect(table.locator("tr[data-row]")).to_have_count(1)
    table.get_by_role("checkbox", name="Tick Late handbook").check()
    expect(table.locator("#bulk")).to_contain_text("2 ticked, 1 of them not shown:")
    look(table)
    table.get_by_role("button", name="Set a field").click()
    table.get_by_label("Owner").fill("Åsa Öberg")
    table.get_by_role("button", name="Change 2 rows").click()
    expect(table.locator("tr[data-row] [data-cell=owner]").filter(has_text="Åsa Öberg")).to_have_count(2)


def test_risks_on_a_phone_are_blocks_and_a_form(sit, look) -> None:
    table = sit("maja", "registers/risks/", device=PHONE)
    look(table)

    table.locator("tr[data-row]").filter(has_text="Late handbook").locator("[data-cell=name]").tap()
    table.get_by_label("Owner").fill("Åsa Öberg")
    look(table)
    table.get_by_role("button", name="Save").click()

    row = table.locator("tr[data-row]").filter(has_text="Late handbook")
    expect(row.locator("[data-cell=owner]")).to_have_text("Åsa Öberg")
    row.get_by_role("link", name="Open").tap()
    expect(table.locator(".risk-panel")).to_contain_text("Åsa Öberg")
