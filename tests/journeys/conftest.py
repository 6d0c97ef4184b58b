"""A running house and a real browser."""

from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from tests.house import House, open_house

CHROMIUM = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
LAPTOP = {"viewport": {"width": 1440, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
SERIOUS = ("serious", "critical")


open_pages: list[Page] = []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, Any, Any]:
    """A journey that fails tells what every person saw at that moment."""
    report = yield
    if report.failed and call.when == "call":
        for page in open_pages:
            with suppress(PlaywrightError):
                report.sections.append((f"seen at {page.url}", page.locator("body").aria_snapshot()[:4000]))
    return report


# The house and the browser go when the last journey is over: the tests after it want the machine, and a thread without
# the browser's event loop.
@pytest.fixture(scope="package")
def house() -> Iterator[House]:
    with open_house(sample=True) as house:
        yield house


@pytest.fixture(scope="package")
def empty_house() -> Iterator[House]:
    with open_house(sample=False) as house:
        yield house


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        yield browser
        browser.close()


@pytest.fixture
def person(browser: Browser) -> Iterator[Callable[..., Page]]:
    """A new person with a browser of their own; what their console complains about fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def enter(device: dict[str, Any] = LAPTOP, *, javascript: bool = True, **more: Any) -> Page:
        context = browser.new_context(
            locale="en-GB", timezone_id="Europe/Stockholm", java_script_enabled=javascript,
            **{**device, **more},
        )  # fmt: skip
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        open_pages.append(page)
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.on("console", lambda told: _note(complaints, page, told))
        return page

    yield enter
    open_pages.clear()
    for context in contexts:
        context.close()
    assert complaints == []


def _note(complaints: list[str], page: Page, told: Any) -> None:
    # Answers that a form expects (422, 409) and a network that was cut are no fault of the page; axe styles what it looks at.
    expected = ("422", "409", "net::ERR", "htmx:send", "htmx:afterRequest", "Applying inline style")
    if told.type == "error" and not any(words in told.text for words in expected):
        complaints.append(f"{page.url}: {told.text}")


@pytest.fixture(scope="session")
def look() -> Callable[..., None]:
    """Nothing serious for axe on the page as it is now, of all its rules or `only` some; nothing wider than the screen."""
    axe = Axe()

    def check(page: Page, *only: str) -> None:
        options: dict[str, Any] = {"preload": False, "resultTypes": ["violations"]}
        if only:
            options["runOnly"] = list(only)
        try:
            page.wait_for_load_state()
            found = axe.run(page, options=options).response["violations"]
        except PlaywrightError:
            # the page went elsewhere while it was looked at: look where it went
            page.wait_for_timeout(500)
            page.wait_for_load_state()
            found = axe.run(page, options=options).response["violations"]
        serious = [
            f"{each['id']}: {[(node['target'], node['failureSummary']) for node in each['nodes']][:4]}"
            for each in found
            if each["impact"] in SERIOUS
        ]
        assert serious == [], f"{page.url}: {serious}"
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, f"{page.url} scrolls sideways by {wider} px"

    return check
