"""Two people write in the scope document at once, in real browsers, with the real stream between them."""

from collections.abc import Callable
from urllib.parse import urlsplit

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
def user(name, address):
    return User.objects.filter(email=address).first() or User.objects.create_user(address, name=name)
maja, priya = user("Maja Lindqvist", "maja@writing.example"), user("Priya Ramañ 👩‍🔬", "priya@writing.example")
project = create_project(by=maja, title="Writing together", pain="x", users="y", in_scope="z")
add_member(project, priya, role="editor", by=maja)
section = queries.section(project, "purpose")
text = "Fourteen agents answer e-mails. We meet at nine. The rest stays."
actions.save_prose(section, base_version=1, text=text, client_key=str(uuid4()), by=maja)
print(project.pk)
"""


class Desk:
    """One project, and people at it."""

    def __init__(self, house: House, person: Callable[..., Page]) -> None:
        self.house, self.person = house, person
        self.project = house.shell(PROJECT).split()[-1]
        self.document = f"/projects/{self.project}/document/"

    def sit(self, address: str, **device) -> Page:
        page = self.person(**device)
        session = self.house.visitor(address).cookies["sessionid"]
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": self.house.base}])
        page.goto(self.house.base + self.document)
        return page

    def maja(self, **device) -> Page:
        return self.sit("maja@writing.example", **device)

    def priya(self, **device) -> Page:
        return self.sit("priya@writing.example", **device)


@pytest.fixture
def desk(house: House, person: Callable[..., Page]) -> Desk:
    return Desk(house, person)


def open_editor(page: Page):
    page.locator("#purpose .prose").click()
    field = page.locator("#text-purpose textarea[name=text]")
    expect(field).to_be_focused()
    return field


def put_caret_after(field, words: str) -> None:
    field.evaluate(
        "(area, words) => { const at = area.value.indexOf(words) + words.length; area.setSelectionRange(at, at); }",
        words,
    )


def test_words_of_another_arrive_while_one_writes(desk: Desk, look) -> None:
    maja, priya = desk.maja(), desk.priya()
    mine, hers = open_editor(maja), open_editor(priya)
    look(maja)

    put_caret_after(mine, "Fourteen")
    put_caret_after(hers, "The rest stays.")
    hers.press_sequentially(" And more.")
    expect(mine).to_have_value("Fourteen agents answer e-mails. We meet at nine. The rest stays. And more.")
    mine.press_sequentially(" busy")

    expect(hers).to_have_value("Fourteen busy agents answer e-mails. We meet at nine. The rest stays. And more.")
    expect(maja.locator("#text-purpose .saved")).to_contain_text("Saved")
    maja.keyboard.press("Escape")
    expect(maja.locator("#purpose .prose")).to_contain_text("Fourteen busy agents")


def test_the_reader_sees_words_and_presence_arrive(desk: Desk) -> None:
    maja, priya = desk.maja(), desk.priya()

    field = open_editor(priya)
    field.press("Control+End")
    field.press_sequentially(" Read me live.")

    expect(maja.locator("#purpose .prose")).to_contain_text("Read me live.")
    expect(maja.locator("#here-purpose")).to_contain_text("Priya")
    priya.close()
    expect(maja.locator("#here-purpose")).not_to_contain_text("Priya")


def test_the_same_words_changed_twice_are_both_shown_and_settled(desk: Desk, look) -> None:
    maja, priya = desk.maja(), desk.priya()
    mine, hers = open_editor(maja), open_editor(priya)

    maja.context.set_offline(True)
    mine.fill("Fourteen agents answer e-mails. We meet at ten. The rest stays.")
    hers.fill("Fourteen agents answer e-mails. We meet at eight. The rest stays.")
    expect(priya.locator("#text-purpose .saved")).to_contain_text("Saved")
    expect(maja.locator("#text-purpose .saved")).to_contain_text("Kept on this device")
    maja.context.set_offline(False)

    expect(maja.locator(".conflict")).to_contain_text("Nothing is lost")
    look(maja)
    maja.get_by_role("button", name="Keep both, in one text").click()
    expect(mine).to_have_value("Fourteen agents answer e-mails. We meet at eight. We meet at ten. The rest stays.")
    expect(hers).to_have_value("Fourteen agents answer e-mails. We meet at eight. We meet at ten. The rest stays.")
    expect(maja.locator(".conflict")).to_have_count(0)


def test_a_closed_tab_takes_nothing_with_it(desk: Desk) -> None:
    maja = desk.maja()
    field = open_editor(maja)

    maja.context.set_offline(True)
    field.press("Control+End")
    field.press_sequentially(" Typed in a tunnel.")
    again = maja.context.new_page()
    maja.close()
    again.context.set_offline(False)
    again.goto(desk.house.base + desk.document)

    expect(again.locator("#text-purpose textarea[name=text]")).to_have_value(
        "Fourteen agents answer e-mails. We meet at nine. The rest stays. Typed in a tunnel."
    )
    expect(again.locator("#text-purpose .saved")).to_contain_text("Saved")


def test_a_passage_is_commented_and_resolved(desk: Desk, look) -> None:
    maja, priya = desk.maja(), desk.priya()

    maja.locator("#purpose .prose p").evaluate(
        """(p) => { const r = document.createRange(); r.setStart(p.firstChild, 0); r.setEnd(p.firstChild, 15);
                    getSelection().removeAllRanges(); getSelection().addRange(r); }"""
    )
    maja.locator("#purpose").get_by_text("Comment", exact=True).first.click()
    expect(maja.get_by_label("About these words").first).to_have_value("Fourteen agents")
    maja.locator("#body-section-purpose").fill("All fourteen? שלום")
    maja.locator("#purpose").get_by_role("button", name="Comment").click()
    expect(maja.locator("#purpose .note[data-kind=comment]")).to_contain_text("All fourteen?")
    look(maja)

    expect(priya.locator("#purpose .note[data-kind=comment]")).to_contain_text("All fourteen?")
    priya.get_by_role("button", name="Resolve").click()
    expect(maja.locator("#purpose")).to_contain_text("1 resolved")


def test_history_shows_the_difference_and_brings_it_back(desk: Desk, look) -> None:
    priya = desk.priya()
    field = open_editor(priya)
    field.fill("Fourteen agents answer e-mails. We meet at ten. The rest stays.")
    expect(priya.locator("#text-purpose .saved")).to_contain_text("Saved")

    priya.locator("#purpose").get_by_role("link", name="History").first.click()
    expect(priya.locator(".redline ins")).to_have_text("ten")
    look(priya)
    priya.locator("tbody a").last.click()
    priya.get_by_role("button", name="Bring this text back").click()

    expect(priya.locator("#purpose .prose")).to_contain_text("We meet at nine.")


def test_all_of_it_works_without_scripts(desk: Desk) -> None:
    maja, priya = desk.maja(javascript=False, device=PHONE), desk.priya(javascript=False, device=PHONE)
    for page in (maja, priya):
        page.locator("#purpose").get_by_role("link", name="Edit").first.click()
    text = "Fourteen agents answer e-mails. We meet at {}. The rest stays."

    for page, word in ((maja, "ten"), (priya, "eight")):
        page.locator("textarea[name=text]").fill(text.format(word))
        page.get_by_role("button", name="Done").click()

    assert urlsplit(maja.url).path == desk.document
    expect(priya.locator(".conflict")).to_contain_text("We meet at nineeight.")
    expect(priya.locator("textarea[name=text]")).to_have_value(text.format("ten. We meet at eight"))
    priya.get_by_role("button", name="Done").click()
    expect(priya.locator("#purpose .prose")).to_have_text(text.format("ten. We meet at eight"))


def test_a_reader_suggests_words_that_an_editor_takes(desk: Desk, look) -> None:
    maja, priya = desk.maja(), desk.priya()

    priya.locator("#purpose .prose p").evaluate(
        """(p) => { const at = p.textContent.indexOf("We meet at nine."); const r = document.createRange();
                    r.setStart(p.firstChild, at); r.setEnd(p.firstChild, at + 16);
                    getSelection().removeAllRanges(); getSelection().addRange(r); }"""
    )
    priya.locator("#purpose").get_by_role("link", name="Suggest").click()
    words = priya.get_by_label("The words as you would have them")
    expect(words).to_have_value("We meet at nine.")
    words.fill("We meet at ten.")
    priya.get_by_role("button", name="Suggest these words").click()

    expect(maja.locator("#suggestions-purpose .redline")).to_have_text("We meet at nineten.")
    look(maja)
    maja.locator("#suggestions-purpose").get_by_role("button", name="Accept").click()
    expect(maja.locator("#suggestions-purpose article")).to_have_count(0)
    expect(priya.locator("#purpose .prose")).to_contain_text("We meet at ten.")
    expect(priya.locator("#suggestions-purpose article")).to_have_count(0)
