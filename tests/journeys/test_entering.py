"""Getting in, as a newcomer does."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.house import House
from tests.journeys.conftest import PHONE

pytestmark = pytest.mark.browser


def test_the_start_link_signs_the_sample_host_in_once(person: Callable[..., Page], house: House, look) -> None:
    link = re.search(r"http\S+/enter/\S+", house.manage("start_link")).group()
    page = person(base_url=house.base)

    page.goto(link)
    look(page)
    page.get_by_role("button", name="Sign in").click()

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("link", name="Reply drafts for support")).to_be_visible()
    look(page)
    other = person(base_url=house.base)
    other.goto(link)
    expect(other.get_by_role("heading", name="This link no longer works")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "plain"])
def test_a_code_sent_to_the_address_signs_in(person: Callable[..., Page], house: House, look, javascript: bool) -> None:
    page = person(PHONE, javascript=javascript, base_url=house.base)
    sent = len(house.mails())

    page.goto("/me/")
    page.get_by_label(re.compile("e-?mail", re.I)).fill("karin@norrwater.example")
    page.get_by_role("button", name=re.compile("code", re.I)).first.click()
    code = re.search(r"\b\d{6}\b", house.mail_to("karin@norrwater.example", "code", after=sent)).group()
    page.get_by_label("The six digits").fill(code)
    page.get_by_role("button", name=re.compile("sign in", re.I)).click()

    expect(page).to_have_url(re.compile(r"/me/$"))
