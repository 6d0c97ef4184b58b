"""Every page of the sample that a link leads to: it answers, fits laptop and phone, and axe finds nothing serious."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.house import House
from tests.journeys import road
from tests.journeys.conftest import LAPTOP, PHONE

pytestmark = pytest.mark.browser

FILES = re.compile(r"/(download|data|markdown|csv|xlsx|pdf|mermaid)/$|\.ics$")
KEY = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32}|\b\d+\b")
# Where each thing has the same page, one of them is enough.
SAME = re.compile(r"/(sections|registers|make|duties|guidance)/[a-z_]+/")


def _shape(url: str) -> str:
    """The address with its keys left out: two risks have one shape."""
    return SAME.sub(r"/\1/*/", KEY.sub("*", urlsplit(url).path))


def _links(page: Page) -> list[str]:
    # a link in a drawing keeps its address elsewhere than a link in text
    found = page.eval_on_selector_all(
        "a[href]", "links => links.map(link => new URL(link.getAttribute('href'), location).href)"
    )
    return [url for url in found if urlsplit(url).netloc == urlsplit(page.url).netloc and not FILES.search(url)]


def _walk(page: Page, dark: Page, start: str, look: Callable[..., None]) -> tuple[int, list[str]]:
    """Visit one address of each shape, as far as links lead; how many there were, and what is wrong with them."""
    seen, waiting, wrong = {_shape(start)}, [start], []
    while waiting:
        url = waiting.pop(0)
        answer = page.goto(url)
        assert answer is not None
        wrong += [f"{page.url} answers {answer.status}"] if answer.status >= 400 else []
        wrong += _seen(page, look)
        dark.goto(url)
        wrong += _told(lambda: look(dark, "color-contrast"))
        for url in _links(page):
            if _shape(url) not in seen:
                seen.add(_shape(url))
                waiting.append(url.split("#")[0])
    return len(seen), wrong


def _seen(page: Page, look: Callable[..., None]) -> list[str]:
    """What is wrong with the page on a laptop and on a phone, so that one run tells of all pages."""
    wrong = _told(lambda: look(page))
    page.set_viewport_size(PHONE["viewport"])
    wrong += _told(lambda: look(page, "scrollable-region-focusable"))
    page.set_viewport_size(LAPTOP["viewport"])
    return wrong


def _told(check: Callable[[], None]) -> list[str]:
    try:
        check()
    except AssertionError as wrong:
        return [str(wrong).splitlines()[0]]
    return []


def test_every_page_can_be_used_by_everyone(person: road.Enter, house: House, look: Callable[..., None]) -> None:
    page = person(LAPTOP, base_url=house.base, color_scheme="light", reduced_motion="reduce")
    link = re.search(r"http\S+/enter/\S+", house.manage("start_link"))
    assert link
    page.goto(link.group())
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="My projects").wait_for()

    dark = person(LAPTOP, base_url=house.base, color_scheme="dark", reduced_motion="reduce")
    dark.context.add_cookies(page.context.cookies())

    pages, wrong = _walk(page, dark, f"{house.base}/", look)

    assert not wrong, "\n".join(wrong)
    assert pages > 30
