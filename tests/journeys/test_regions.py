"""What a live refresh may redraw, and what it leaves in people's hands: real pages, real streams, a slow network."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.house import House, Visitor

pytestmark = pytest.mark.browser

# Longer than a bell takes to be answered when nothing is in its way: 1.2 s of patience, up to 0.35 s apart, the answer.
LONG_ENOUGH_MS = 2000
MADE = """
from django.db import transaction
from apps.accounts.models import User
from apps.projects.actions import add_member, create_project
from tests.factories.reviews import ReviewRequestFactory, RoundFactory
from tests.factories.workshops import CardFactory, running, table_of
people = [User.objects.filter(email=f"{name}@regions.example").first()
          or User.objects.create_user(f"{name}@regions.example", name=name.title()) for name in ("maja", "karin", "erik")]
maja, karin, erik = people
project = create_project(by=maja, title="Who may draw", pain="x", users="y", in_scope="z")
for person in (karin, erik):
    add_member(project, person, role="host", by=maja)
round = RoundFactory(project=project, number=1, sections=["people"])
for person in (karin, erik):
    ReviewRequestFactory(round=round, user=person)
workshop = running(project, phase="group", by=maja)
cards = [CardFactory(activity=table_of(workshop), text=f"Card {n}", revealed_at=workshop.entered_at) for n in (1, 2)]
print(project.pk, round.pk, workshop.pk, *[card.pk for card in cards])
"""


class Table:
    """A round of review and a workshop, Maja before her screen, and two people who do things elsewhere."""

    def __init__(self, house: House, person: Callable[..., Page]) -> None:
        self.house, self.person = house, person
        project, round, workshop, *self.cards = house.shell(MADE).split()[-5:]
        self.round = f"/projects/{project}/reviews/{round}/"
        self.workshop = f"/projects/{project}/workshops/{workshop}/"
        self.document = f"/projects/{project}/document/"
        self.comment = f"/projects/{project}/comments/add/"

    def visitor(self, name: str) -> Visitor:
        return self.house.visitor(f"{name}@regions.example")

    def maja(self, path: str) -> Page:
        page = self.person()
        session = self.visitor("maja").cookies["sessionid"]
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": self.house.base}])
        page.goto(self.house.base + path)
        return page

    def answers(self, visitor: Visitor, answer: str = "agree") -> None:
        visitor.get(f"{self.round}answer/")
        data = {"people-answer": answer, "people-text": "Because", "people-version": "1"}
        assert visitor.post(f"{self.round}answer/", data)[0] == 302


@pytest.fixture
def table(house: House, person: Callable[..., Page]) -> Table:
    return Table(house, person)


def hear(page: Page, name: str) -> Callable[[], Any]:
    """Listen for a live name from now on; the result waits until it has been heard."""
    page.evaluate("name => document.body.addEventListener(name, () => { document.body.dataset.heard = name; })", name)
    return lambda: wait_until(page, lambda: page.evaluate("document.body.dataset.heard") == name)


def mark(page: Page, region: str) -> None:
    page.locator(region).evaluate("element => { element.dataset.same = 'yes'; }")


def test_a_quiet_region_follows_what_others_do(table: Table) -> None:
    page = table.maja(table.round)

    table.answers(table.visitor("karin"))

    expect(page.locator("#round .lede")).to_contain_text("1 of 2 have answered.")


def test_what_somebody_types_is_never_drawn_over(table: Table) -> None:
    page = table.maja(table.round)
    page.get_by_role("link", name="Give more time").click()
    field = page.locator("#round input[name=due]")
    expect(field).to_be_visible()
    before = field.input_value()
    field.fill("2031-05-06")
    mark(page, "#round")
    heard = hear(page, "reviews:changed")

    table.answers(table.visitor("karin"))
    heard()
    page.wait_for_timeout(LONG_ENOUGH_MS)
    typed = field.input_value()
    # Elsewhere on the page, but the words are not sent yet.
    page.locator("h1").click()
    page.wait_for_timeout(LONG_ENOUGH_MS)

    assert (typed, field.input_value()) == ("2031-05-06", "2031-05-06")
    expect(page.locator("#round[data-same]")).to_have_count(1)
    field.fill(before)
    page.locator("h1").click()
    expect(page.locator("#round .lede")).to_contain_text("1 of 2 have answered.")


def test_an_older_answer_is_not_drawn_over_ones_own_change(table: Table) -> None:
    page = table.maja(table.round)
    older: list[tuple[Route, Any]] = []
    page.route(
        f"**{table.round}", lambda route: older.append((route, route.fetch())) if not older else route.continue_()
    )
    table.answers(table.visitor("karin"))
    wait_until(page, lambda: older)

    page.get_by_role("button", name="Nudge 2 people").click()
    expect(page.locator("#round")).to_contain_text("All of them were nudged")
    mark(page, "#round")
    route, answer = older[0]
    assert "Nudge 1 person" in answer.text()
    drawn: list[int] = []
    page.expose_function("drawn", lambda: drawn.append(1))
    page.evaluate(
        """() => new MutationObserver(() => {
             if (document.body.textContent.includes("Nudge 1 person")) window.drawn();
           }).observe(document.body, { childList: true, subtree: true })"""
    )
    route.fulfill(response=answer)
    page.wait_for_timeout(LONG_ENOUGH_MS)

    assert drawn == []
    expect(page.locator("#round")).to_contain_text("All of them were nudged")


def test_an_answer_that_was_asked_for_before_ones_own_change_is_dropped(table: Table) -> None:
    page = table.maja(table.document)
    older: list[tuple[Route, Any]] = []
    page.route("**/outline/", lambda route: route.continue_() if older else older.append((route, route.fetch())))
    karin = table.visitor("karin")
    karin.get(table.document)
    assert karin.post(table.comment, {"target": "section:purpose", "body": "One"})[0] == 302
    wait_until(page, lambda: older)
    drawn: list[str] = []
    page.expose_function("drawn", lambda words: drawn.append(words))
    page.evaluate(
        """() => new MutationObserver(() => window.drawn(document.querySelector("#outline dl").textContent))
           .observe(document.querySelector("#outline").parentNode, { childList: true, subtree: true })"""
    )

    page.locator("#purpose .note-add summary").click()
    page.locator("#body-section-purpose").fill("Two")
    page.locator("#purpose .note-add").get_by_role("button", name="Comment").click()
    expect(page.locator("#threads-section-purpose")).to_contain_text("Two")
    route, answer = older[0]
    route.fulfill(response=answer)

    expect(page.locator("#outline dl > div", has_text="Open comments").locator("dd")).to_have_text("2")
    assert not re.search(r"Open comments\s*1", "".join(drawn))


SAID = """
from apps.comments.actions import open_thread
from apps.comments.queries import AT_ONCE
from apps.projects.models import Project
project = Project.objects.get(pk="{project}")
maja = project.memberships.get(user__email="maja@regions.example").user
for number in range(AT_ONCE):
    open_thread(project, target="section:purpose", body=f"Said {{number}}", by=maja)
print(*[open_thread(project, target=f"section:{{key}}", body=f"About {{key}}", by=maja).pk for key in ("metrics", "monitoring")])
"""


def test_threads_further_down_come_when_one_comes_near_or_names_them(table: Table) -> None:
    words = SAID.format(project=table.document.split("/")[2])
    metrics, monitoring = table.house.shell(words).split()[-2:]
    page = table.maja(table.document)
    page.set_viewport_size({"width": 1440, "height": 300})
    page.reload()
    expect(page.locator("#monitoring [data-follows]")).to_have_count(1)

    karin = table.visitor("karin")
    karin.get(table.document)
    assert karin.post(table.comment, {"target": "section:monitoring", "body": "Said meanwhile"})[0] == 302
    page.locator("#monitoring").scroll_into_view_if_needed()
    expect(page.locator("#threads-section-monitoring")).to_contain_text("Said meanwhile")
    expect(page.locator(f"#thread-{monitoring}")).to_contain_text("About monitoring")

    page.goto(f"{table.house.base}{table.document}#thread-{metrics}")
    page.reload()
    expect(page.locator(f"#thread-{metrics}")).to_be_focused()
    expect(page.locator(f"#thread-{metrics}")).to_contain_text("About metrics")


def test_nothing_is_drawn_while_ones_own_change_is_under_way(table: Table) -> None:
    page = table.maja(table.round)
    held: list[Route] = []
    asked: list[str] = []
    page.route("**/nudge/", lambda route: held.append(route))
    page.on("request", lambda request: asked.append(request.url) if request.url.endswith(table.round) else None)
    mark(page, "#round")
    heard = hear(page, "reviews:changed")

    page.get_by_role("button", name="Nudge 2 people").click()
    wait_until(page, lambda: held)
    table.answers(table.visitor("karin"))
    heard()
    page.wait_for_timeout(LONG_ENOUGH_MS)
    under_way = (page.locator("#round[data-same]").count(), list(asked))
    held[0].continue_()

    assert under_way == (1, [])
    expect(page.locator("#round")).to_contain_text("All of them were nudged")
    expect(page.locator("#round .lede")).to_contain_text("1 of 2 have answered.")


def test_a_menu_that_is_open_stays_and_the_board_follows_when_it_is_closed(table: Table) -> None:
    page = table.maja(f"{table.workshop}console/")
    first, second = table.cards
    page.locator(f"#card-{first} .card-more").click()
    menu = page.locator("#table-menu")
    expect(menu).to_be_visible()
    heard = hear(page, "cards:changed")

    karin = table.visitor("karin")
    karin.get(f"{table.workshop}console/")
    assert karin.post(f"{table.workshop}cards/{second}/park/", {})[0] == 302
    heard()
    page.wait_for_timeout(LONG_ENOUGH_MS)

    expect(menu).to_be_visible()
    expect(page.locator(f"#board #card-{second}")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator(f"#board #card-{second}")).to_have_count(0)


def test_a_tab_that_lost_count_asks_for_everything_again(table: Table) -> None:
    page = table.maja(table.round)
    # Changed without a bell: as good as one that was missed.
    code = f"from apps.reviews.models import Round; Round.objects.filter(pk='{table.round.split('/')[-2]}').update(title='Round of the deaf')"
    table.house.shell(code)

    page.evaluate("document.body.dispatchEvent(new CustomEvent('live:resync', { detail: {} }))")

    expect(page.locator("#round h1")).to_have_text("Round of the deaf")


def wait_until(page: Page, found: Callable[[], object]) -> None:
    for _ in range(150):
        if found():
            return
        page.wait_for_timeout(100)
    raise AssertionError("it never came")
