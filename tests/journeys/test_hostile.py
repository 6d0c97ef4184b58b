"""Over two hundred hostile strings through every text field: no page, mail, preview or paper does what they say."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.hostile import STRINGS
from tests.house import House
from tests.journeys.conftest import CHROMIUM
from tests.journeys.test_writing_together import open_editor

__all__ = ["CHROMIUM"]

pytestmark = pytest.mark.browser

LISTEN = """
window.fired = [];
for (const name of ["alert", "confirm", "prompt"]) window[name] = (what) => window.fired.push(`${name} ${what}`);
document.addEventListener("securitypolicyviolation", (event) => window.fired.push(`policy ${event.violatedDirective} ${event.sample}`));
"""
FOREIGN = """() => [...document.querySelectorAll("*")].flatMap((element) => [
  ...(element.localName === "script" && !/^(https?:)?\\/\\/127|^\\/static\\//.test(element.getAttribute("src") ?? "") ? [element.outerHTML] : []),
  ...[...element.attributes].filter(({ name, value }) => /^on/i.test(name) || /^\\s*(javascript|vbscript|data:text)/i.test(value) && /^(href|src|action|xlink:href)$/.test(name)).map((found) => `${found.name}=${found.value}`),
  ...(/^(iframe|object|embed|base|portal)$/.test(element.localName) ? [element.outerHTML] : []),
])"""
# Everything that people can type, through the actions that their forms call.
SEED = r"""
import json
from itertools import cycle, islice
from apps.accounts.models import User
from apps.comments.actions import open_thread, reply
from apps.core.text.markdown import render
from apps.dprd import actions, queries
from apps.dprd.enums import Key
from apps.exports.document import document
from apps.exports.queries import record_of
from apps.notifications.models import Message
from apps.projects.actions import add_member, add_objective, create_project
from apps.tables.actions import add_row
from apps.registers.declared import registers
from apps.risks.actions import raise_risk
from apps.scope.actions import freeze
from apps.stakeholders.actions import add_stakeholder
strings = json.loads({strings!r})
every = cycle(strings)
def some(n): return "\n\n".join(islice(every, n))
def one(longest=110): return next(s for s in every if len(s) <= longest)
host = User.objects.create_user("hostile-host@hostile.example", name=one(60))
other = User.objects.create_user("hostile-other@hostile.example", name=one(60))
project = create_project(by=host, title=one(90), summary=some(3), organisation=one(80), pain=some(9), whose=some(2),
    frequency_and_cost=some(2), process=some(2), users=some(2), expectations=some(3), in_scope=some(4), out_of_scope=some(4))
add_member(project, other, role="reviewer", by=host)
for number, key in enumerate(Key.values):
    whole = "\n\n".join(strings[number::len(Key.values)])
    section = queries.section(project, key)
    actions.save_prose(section, base_version=1, text=whole, client_key="a", by=other)
    section = queries.section(project, key)
    actions.save_prose(section, base_version=section.version, text=whole + "\n\n" + some(3), client_key="b", by=host)
    actions.save_prose(section, base_version=section.version, text=some(2) + "\n\n" + whole, client_key="c", by=other)
    section = queries.section(project, key)
    start = len(section.text) // 2
    end = min(len(section.text), start + 200)
    for _ in range(2):
        made = actions.suggest(section, base_version=section.version, start=start, end=end, text=some(3), why=one(200), by=other)
    actions.decline_suggestion(made, word=one(200), by=host)
    actions.mark_seen(section, version=2, by=host)
    for _ in range(4):
        thread = open_thread(project, target=f"section:{{key}}", body=some(4), quote=one(300), by=other)
        reply(thread, body=some(2), by=host)
for _ in range(6):
    add_objective(project, by=host, title=one(100), metric=one(100), unit=one(20), method=one(100), owner=one(100))
    add_stakeholder(project, name=one(100), unit=one(100), own_role=one(100), organisation=one(100), remarks=some(2), by=host)
    raise_risk(project, title=one(100), cause=some(1), event=some(1), consequence=some(1), by=host)
for register in registers():
    texts = {{c.key for c in register.columns if str(c.kind) in ("text", "long", "person")}}
    for _ in range(3):
        add_row(project, register.key, values={{key: one(90) for key in texts}}, by=host)
baseline = freeze(project, decision=some(2), by=host)
print(json.dumps({{"project": str(project.pk), "mails": list(Message.objects.filter(to__endswith="hostile.example").values_list("html", flat=True)),
    "prose": [render(s) for s in strings],
    "paper": document(baseline.snapshot, baseline.canonical, record_of(baseline)).html}}))
"""
PAGES = [
    "", "document/", "document/history/", "frame/", "people/", "risks/", "comments/", "baselines/", "readiness/",
    *(f"sections/{key}/{page}" for key in ("purpose", "data") for page in (
        "", "history/", "authors/", "since/?version=1", "suggestions/", "suggest/", "edit/")),
    *(f"registers/{key}/" for key in ("data_sources", "dependencies")),
]  # fmt: skip


@pytest.fixture(scope="module")
def seeded(house: House) -> dict:
    made = house.shell(SEED.format(strings=json.dumps(STRINGS)))
    return json.loads(made.splitlines()[-1])


def _enter(house: House, person: Callable[..., Page], address: str) -> Page:
    page = person()
    page.add_init_script(LISTEN)
    session = house.visitor(address).cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": house.base}])
    return page


def _harmless(page: Page, where: str) -> None:
    assert page.evaluate("window.fired") == [], where
    assert page.evaluate(FOREIGN) == [], where


def test_there_are_two_hundred_of_them() -> None:
    assert len(set(STRINGS)) >= 200


def test_no_page_does_what_the_strings_say(house: House, seeded: dict, person: Callable[..., Page]) -> None:
    page = _enter(house, person, "hostile-host@hostile.example")
    shown = 0
    for path in PAGES:
        answer = page.goto(f"{house.base}/projects/{seeded['project']}/{path}")
        assert answer is not None
        assert answer.status in (200, 404), path
        shown += answer.status == 200
        _harmless(page, path)
    assert shown > 15


def test_the_editor_its_preview_and_a_live_change_stay_harmless(
    house: House, seeded: dict, person: Callable[..., Page]
) -> None:
    page = _enter(house, person, "hostile-host@hostile.example")
    page.goto(f"{house.base}/projects/{seeded['project']}/document/")
    field = open_editor(page)
    page.get_by_role("button", name="Preview").click()
    field.fill("\n\n".join(STRINGS))
    page.locator("[data-preview] p").first.wait_for()
    page.locator("#text-purpose .saved", has_text="Saved").wait_for()
    _harmless(page, "preview")
    field.evaluate(
        """(area, strings) => strings.forEach((html) => {
            const data = new DataTransfer();
            data.setData("text/html", `<p><b>x</b>${html}</p>`);
            area.value = "";
            area.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        })""",
        STRINGS,
    )
    page.keyboard.press("Escape")
    page.locator("#purpose .prose").first.wait_for()
    _harmless(page, "pasted")


@pytest.mark.parametrize("what", ["mails", "prose", "paper"])
def test_what_leaves_the_house_is_harmless_without_a_policy(
    seeded: dict, person: Callable[..., Page], tmp_path: Path, what: str
) -> None:
    page = person()
    page.add_init_script(LISTEN)
    found = seeded[what] if isinstance(seeded[what], list) else [seeded[what]]
    assert found
    place = tmp_path / "page.html"
    for number, html in enumerate(found if what != "prose" else ["\n".join(found)]):
        place.write_text(f"<!doctype html><meta charset=utf-8>{html}" if what == "prose" else html, encoding="utf-8")
        page.goto(place.as_uri())
        page.mouse.move(200, 200)
        _harmless(page, f"{what} {number}")
