"""Words without a space, far too many people, and words from right to left: no page is wider than its screen."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.house import House
from tests.journeys.conftest import LAPTOP, PHONE

pytestmark = pytest.mark.browser

PROJECT = """
from apps.accounts.models import User
from apps.projects.models import Project
from apps.stakeholders.actions import add_stakeholder
from apps.stakeholders.matrix import MOST_ACROSS
from tests.exports.extremes import UNBROKEN, {kind} as make
project = make({much})
host = project.memberships.get().user
for number in range({people}):
    add_stakeholder(project, name=f"{{number}}{{UNBROKEN}}"[:120], influence=3, interest=3, by=host)
print(host.email, project.pk)
"""
PAGES = ["", "frame/", "people/", "people/duties/", "risks/", "results/", "document/"]


@pytest.mark.parametrize(
    ("kind", "much", "people"),
    [("huge", "rows=2, boxes=8", 0), ("right_to_left", "", 15)],
    ids=["huge", "right to left, many people"],
)
def test_no_page_is_wider_than_its_screen(
    house: House, person: Callable[..., Page], kind: str, much: str, people: int
) -> None:
    email, project = house.shell(PROJECT.format(kind=kind, much=much, people=people)).split()[-2:]
    page = person(LAPTOP)
    session = house.visitor(email).cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": house.base}])

    wide = []
    for path in PAGES:
        page.goto(f"{house.base}/projects/{project}/{path}")
        for screen in (LAPTOP, PHONE):
            page.set_viewport_size(screen["viewport"])
            by = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            wide += [f"{path} on {screen['viewport']['width']} by {by} px"] if by > 0 else []

    assert wide == []
