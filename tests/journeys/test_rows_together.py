"""Two people fill a register at once, with the keyboard and from a spreadsheet, in real browsers."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.house import House
from tests.journeys.conftest import PHONE

pytestmark = pytest.mark.browser

PROJECT = """
from apps.accounts.models import User
from apps.projects.actions import add_member, create_project
from apps.tables.actions import add_row
def user(name, address):
    return User.objects.filter(email=address).first() or User.objects.create_user(address, name=name)
maja, priya = user("Maja Lindqvist", "maja@rows.example"), user("Priya Raman", "priya@rows.example")
project = create_project(by=maja, title="Rows together", pain="x", users="y", in_scope="z")
add_member(project, priya, role="editor", by=maja)
for name in ("Handbook", "Sent replies"):
    add_row(project, "data_sources", values={"name": name}, by=maja)
print(project.pk)
"""
PASTE = """(text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


class Table:
    """A register open in somebody's browser."""

    def __init__(self, page: Page) -> None:
        self.page, self.keys = page, page.keyboard

    def cell(self, row: str, column: str) -> Locator:
        return self.page.locator("tr[data-row]").filter(has_text=row).locator(f"[data-cell={column}]")

    @property
    def names(self) -> Locator:
        return self.page.locator("tr[data-row] [data-cell=name]")

    def type(self, words: str) -> None:
        self.keys.type(words)


@pytest.fixture
def open_table(house: House, person: Callable[..., Page]) -> Callable[..., Table]:
    project = house.shell(PROJECT).split()[-1]

    def sit(who: str, **device: object) -> Table:
        page = person(**device)
        session = house.visitor(f"{who}@rows.example").cookies["sessionid"]
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": house.base}])
        page.goto(f"{house.base}/projects/{project}/registers/data_sources/")
        return Table(page)

    return sit


def test_a_table_is_filled_with_the_keyboard(open_table, look) -> None:
    table = open_table("maja")
    look(table.page)

    table.cell("Handbook", "owner").focus()
    table.keys.press("Enter")
    table.type("Fatima Nouri")
    look(table.page)
    table.keys.press("Tab")
    expect(table.cell("Handbook", "contents").locator("textarea")).to_be_focused()
    table.type("140 pages")
    table.keys.press("Escape")
    expect(table.cell("Handbook", "contents")).to_be_focused()
    expect(table.cell("Handbook", "owner")).to_have_text("Fatima Nouri")
    expect(table.cell("Handbook", "contents")).to_have_text("—")

    table.cell("Sent replies", "owner").focus()
    table.type("Tomas")
    table.keys.press("Enter")
    table.type("Water-quality tables")
    table.keys.press("Tab")
    expect(table.cell("Water-quality", "party").locator("select")).to_be_focused()
    table.keys.press("t")
    table.keys.press("Enter")

    expect(table.names).to_have_text(["Handbook", "Sent replies", "Water-quality tables"])
    expect(table.cell("Sent replies", "owner")).to_have_text("Tomas")
    expect(table.cell("Water-quality", "party")).to_have_text("third party")

    undo = table.page.locator("#undo")
    expect(undo).to_contain_text("“Water-quality tables”: Whose changed.")
    look(table.page)
    undo.get_by_role("button", name="Undo").click()
    expect(table.cell("Water-quality", "party")).not_to_have_text("third party")
    expect(undo.get_by_role("button", name="Redo")).to_be_focused()
    table.cell("Handbook", "owner").focus()
    table.keys.press("Control+Shift+z")
    expect(table.cell("Water-quality", "party")).to_have_text("third party")
    table.keys.press("Control+z")
    expect(table.cell("Water-quality", "party")).not_to_have_text("third party")
    expect(table.cell("Handbook", "owner")).to_be_focused()
    table.page.get_by_role("button", name="Move Handbook down").click()
    expect(table.names).to_have_text(["Sent replies", "Handbook", "Water-quality tables"])
    undo.get_by_role("button", name="Undo").click()
    expect(table.names).to_have_text(["Handbook", "Sent replies", "Water-quality tables"])


def test_two_people_fill_the_same_row(open_table, look) -> None:
    maja, priya = open_table("maja"), open_table("priya")
    maja.cell("Handbook", "owner").click()
    maja.type("Fat")

    priya.cell("Handbook", "volume").click()
    priya.type("140 pages")
    priya.keys.press("Enter")

    # Her words arrive while the cell beside them stays open, with the caret where it was.
    expect(maja.cell("Handbook", "volume")).to_have_text("140 pages")
    maja.type("ima")
    maja.keys.press("Enter")
    expect(priya.cell("Handbook", "owner")).to_have_text("Fatima")

    priya.cell("Sent replies", "owner").click()
    priya.type("Priya")
    maja.cell("Sent replies", "owner").click()
    maja.type("Maja")
    maja.keys.press("Enter")
    expect(maja.cell("Sent replies", "owner")).to_have_text("Maja")
    priya.keys.press("Enter")
    both = priya.cell("Sent replies", "owner")
    expect(both).to_contain_text("Maja Lindqvist changed it to Maja")
    expect(both.locator("input[name=owner]")).to_have_value("Priya")
    look(priya.page)
    both.get_by_role("button", name="Keep mine").click()
    expect(maja.cell("Sent replies", "owner")).to_have_text("Priya")


def test_a_block_from_a_spreadsheet_is_seen_taken_and_undone(open_table, look) -> None:
    table = open_table("maja")
    table.cell("Handbook", "owner").focus()

    table.page.evaluate(PASTE, "Source\tOwner\tAccess by\nCustomer record\tErik\t10.1.2027\nMeter data\tJonas\tsoon")
    expect(table.page.get_by_role("heading", name="What goes where")).to_be_visible()
    expect(table.page.locator("#refused")).to_contain_text("“soon” is not a day.")
    look(table.page)
    table.page.get_by_role("button", name="Take 1 row").click()
    expect(table.page.locator("textarea[name=text]")).to_have_value(
        "Source\tOwner\tAccess by\nMeter data\tJonas\tsoon\n"
    )
    table.page.get_by_role("link", name="To the table").click()
    expect(table.names).to_have_text(["Handbook", "Sent replies", "Customer record"])

    for row in ("Handbook", "Customer record"):
        table.page.get_by_role("checkbox", name=f"Tick {row}").check()
    table.page.get_by_role("button", name="Remove").click()
    expect(table.names).to_have_text(["Sent replies"])
    look(table.page)
    table.page.locator("#undo").get_by_role("button", name="Undo").click()
    expect(table.names).to_have_text(["Handbook", "Sent replies", "Customer record"])


def test_a_phone_shows_blocks_and_a_form(open_table, look) -> None:
    table = open_table("maja", device=PHONE)
    look(table.page)

    table.cell("Handbook", "name").tap()
    table.page.get_by_label("Owner").fill("Fatima Nouri")
    look(table.page)
    table.page.get_by_role("button", name="Save").click()

    expect(table.cell("Handbook", "owner")).to_have_text("Fatima Nouri")


def test_without_scripts_there_are_forms(open_table) -> None:
    table = open_table("maja", javascript=False)

    table.page.get_by_label("Add a source").fill("Meter data")
    table.page.get_by_role("button", name="Add a source").click()
    table.page.locator("tr[data-row]").filter(has_text="Meter data").get_by_role("link", name="Open").click()
    table.page.get_by_role("link", name="Edit", exact=True).click()
    table.page.get_by_label("Owner").fill("Jonas")
    table.page.get_by_role("button", name="Save").click()
    table.page.get_by_role("button", name="Move Meter data up").click()

    expect(table.names).to_have_text(["Handbook", "Meter data", "Sent replies"])
    expect(table.cell("Meter data", "owner")).to_have_text("Jonas")
