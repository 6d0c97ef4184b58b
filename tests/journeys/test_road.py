"""The whole road with four people: a host on a laptop, an editor, a stakeholder, a guest on a phone."""

import re
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.house import House
from tests.journeys import road
from tests.journeys.conftest import PHONE

pytestmark = pytest.mark.browser

HOST, EDITOR, LEGAL, GUEST = "Maja Løvqvist", "Łukasz O’Neil", "Karin Åström שָׁלוֹם", "Zoë 🐟"
TITLE = "Reply drafts for Ørsted’s support"
SECTIONS = {
    "purpose": "Six in ten mails ask the same eleven things. A draft, with the passages it rests on.",
    "data": "The handbook has 140 pages and no personal data.",
    "architecture": "Mail, topic filter, retrieval, model, checks, draft in the ticket.",
    "dependencies": "Tomas for the ticket API, not before 10 January.",
    "metrics": "Faithfulness at least 0.95 on 300 real tickets.",
    "monitoring": "Two agents read 150 sent replies every week.",
}


def test_from_an_empty_page_to_a_sealed_pdf(person: road.Enter, empty_house: House, look, tmp_path: Path) -> None:
    host = person(base_url=empty_house.base)
    road.set_up_host(host, empty_house, name=HOST, address="maja@norrwater.example")
    look(host)
    project = road.create_project(host, TITLE)
    road.frame(host, project)
    road.add_objective(host, project)
    look(host)

    road.add_person(host, project, name=EDITOR, address="lukasz@norrwater.example", seat="Sponsor")
    road.add_person(
        host, project, name=LEGAL, address="karin@norrwater.example", seat="Legal / data protection officer"
    )
    look(host)
    editor, legal = _invited(host, person, empty_house, project, look)

    _workshop(host, person, empty_house, project, look)
    _write_together(host, editor, project, look)
    _comment(legal, host, project)
    _review(host, legal, empty_house, project, look)
    _freeze(host, project, look)
    _sign(host, editor, empty_house, project, look)
    pdf = _export(host, project, tmp_path)
    _check_outside(pdf)
    _check_on_the_page(person(base_url=empty_house.base), pdf, look)


def _invited(host: Page, person: road.Enter, house: House, project: str, look) -> list[Page]:
    host.goto(f"{project}people/invite/")
    look(host)
    for box in host.get_by_role("checkbox").all():
        box.check()
    host.get_by_label(f"Role of {EDITOR}").select_option(value="editor")
    host.get_by_role("button", name=re.compile("Send 2 invitations")).click()
    pages = []
    for address in ("lukasz@norrwater.example", "karin@norrwater.example"):
        page = person(base_url=house.base)
        road.accept_invitation(page, house, address)
        pages.append(page)
    return pages


def _workshop(host: Page, person: road.Enter, house: House, project: str, look) -> None:
    host.goto(f"{project}workshops/new/")
    host.get_by_label("60-minute framing").check()
    host.get_by_role("button", name="Make the agenda").click()
    look(host)
    link = host.get_by_label("Link: no account needed").input_value()
    host.locator("#side").get_by_role("button", name="Open the waiting room").click()
    guest = person(PHONE, base_url=house.base)
    road.join_room(guest, link, GUEST)
    look(guest)
    road.seen(host, "Zoë")
    road.drive(host, "Start the workshop")
    expect(guest.get_by_label("Your name")).to_have_value(GUEST)
    road.drive_to(host, "Expectations, concerns, constraints")
    expect(guest.get_by_role("heading", name="What do you hope for?")).to_be_visible(timeout=5_000)
    road.add_card(guest, "", "Answers in the customer’s language")
    road.add_card(guest, "Concern", "It will sound sure and be wrong")
    look(guest)
    assert "sure and be wrong" not in host.content(), "a hidden card is in the host's page"
    look(host)
    road.drive(host, "Reveal the cards")
    road.seen(host, "It will sound sure and be wrong")
    road.seen(guest, "It will sound sure and be wrong")
    road.drive(host, "Open the vote")
    guest.get_by_role("listitem").filter(has_text="sure and be wrong").get_by_role(
        "button", name=re.compile("Put one dot here")
    ).click()
    look(guest)
    road.drive(host, "Close the vote")
    road.seen(host, "It will sound sure and be wrong")
    look(host)
    _card_becomes_risk(host)
    road.drive(host, "Move everyone to Pre-mortem")
    _end(host)
    look(host)
    road.seen(host, "It will sound sure and be wrong")


def _card_becomes_risk(host: Page) -> None:
    card = host.get_by_role("article").filter(has_text="sure and be wrong").first
    card.get_by_role("button").first.click()
    host.get_by_role("link", name=re.compile("^Risk")).or_(
        host.get_by_role("button", name=re.compile("^Risk"))
    ).first.click()
    host.get_by_role("button", name=re.compile("risk", re.I)).last.click()
    # by its whole name: letters of the link in the picture may read the same
    expect(host.get_by_role("link", name="R1", exact=True).first).to_be_visible()


def _end(host: Page) -> None:
    """Press the one big button, whatever it says, until the workshop is over."""
    while road.press_next(host) != "End the workshop":
        pass
    expect(host).to_have_url(re.compile("recap"))


def _write_together(host: Page, editor: Page, project: str, look) -> None:
    for key, text in SECTIONS.items():
        road.write_section(host, project, key, text)
    for page in (host, editor):
        page.goto(f"{project}sections/purpose/edit/")
    _append(host, " Nothing is sent on its own.")
    _append(editor, " The agent edits and sends.")
    for page in (host, editor):
        for words in ("Nothing is sent on its own.", "The agent edits and sends."):
            expect(page.get_by_role("textbox").first).to_have_value(re.compile(words), timeout=10_000)
    host.goto(f"{project}document/")
    look(host)
    road.seen(host, "The agent edits and sends.")


def _append(page: Page, text: str) -> None:
    box = page.get_by_role("textbox").first
    box.press("Control+End")
    box.press_sequentially(text, delay=5)


def _comment(legal: Page, host: Page, project: str) -> None:
    legal.goto(f"{project}document/")
    notes = legal.get_by_role("complementary", name="Notes on Data sources")
    notes.locator("summary").filter(has_text="Comment").last.click()
    notes.get_by_label("Comment", exact=True).fill("Where are the sent replies?")
    notes.get_by_role("button", name="Comment", exact=True).click()
    expect(notes.get_by_text("Where are the sent replies?")).to_be_visible()
    road.seen(host, "Where are the sent replies?")


def _review(host: Page, legal: Page, house: House, project: str, look) -> None:
    host.goto(f"{project}reviews/new/")
    look(host)
    sent = len(house.mails())
    host.get_by_role("button", name=re.compile("^Send 2 requests")).click()
    link = re.search(r"http\S+/reviews/\S+", house.mail_to("karin@norrwater.example", "answer", after=sent))
    assert link
    legal.goto(link.group())
    look(legal)
    for group in legal.get_by_role("group").filter(has=legal.get_by_label("Agree", exact=True)).all():
        group.get_by_label("Agree", exact=True).check(force=True)
    legal.get_by_role("button", name=re.compile(r"Send \d+ answers")).click()
    host.goto(f"{project}reviews/")
    expect(host.get_by_text("1 of 2").first).to_be_visible()
    look(host)


def _freeze(host: Page, project: str, look) -> None:
    host.goto(f"{project}readiness/")
    look(host)
    waive = host.locator("[data-level=blocker]").get_by_role("link", name=re.compile("^Go on without it"))
    while waive.count():
        waive.first.click()
        host.get_by_label("Why the team goes on without it").fill("Known, and accepted for the pilot.")
        host.get_by_role("button", name="Waive with this reason").click()
        expect(host.get_by_role("heading", name="Readiness", exact=True)).to_be_visible()
    host.goto(f"{project}baselines/")
    host.get_by_label("What is being decided").fill("A pilot of reply drafts with four agents.")
    host.get_by_role("button", name="Freeze the scope").click()
    expect(host).to_have_url(re.compile("/baselines/1/"))
    look(host)


def _sign(host: Page, editor: Page, house: House, project: str, look) -> None:
    host.goto(f"{project}sign-off/")
    host.get_by_role("group", name="Who signs").get_by_label(EDITOR).check()
    host.get_by_role("button", name="Send the requests").click()
    road.seen(host, EDITOR)
    look(host)
    link = re.search(r"http\S+/sign-off/\S*", house.mail_to("lukasz@norrwater.example", "sign"))
    assert link
    editor.goto(link.group())
    sent = len(house.mails())
    editor.get_by_role("button", name="Send me the code").click()
    code = re.search(r"\b\d{6}\b", house.mail_to("lukasz@norrwater.example", "code", after=sent))
    assert code
    editor.get_by_label("1. The code we sent you").fill(code.group())
    editor.get_by_label("2. Your name, as you sign").fill(EDITOR)
    editor.get_by_label("I have read baseline 1").check()
    look(editor)
    editor.get_by_role("button", name="Sign baseline 1").click()
    road.seen(editor, "You signed")
    expect(host.locator("#signers [data-sign=agree]").filter(has_text=EDITOR)).to_be_visible()
    look(editor)


def _export(host: Page, project: str, folder: Path) -> Path:
    host.goto(f"{project}baselines/1/export/")
    make = host.get_by_role("button", name=re.compile("^Make the PDF"))
    if make.count():
        make.click()
    file = host.get_by_role("link", name="Sealed PDF")
    expect(file).to_be_visible(timeout=60_000)
    with host.expect_download() as download:
        file.click()
    path = folder / "scope.pdf"
    download.value.save_as(path)
    return path


def _check_outside(pdf: Path) -> None:
    seal = subprocess.run(["pdfsig", pdf], capture_output=True, text=True, check=False).stdout
    text = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, check=True).stdout
    assert "Signature is Valid" in seal
    assert "Total document signed" in seal
    for words in (TITLE, EDITOR, "It will sound sure and be wrong", "Median first response"):
        assert words in " ".join(text.split())


def _check_on_the_page(page: Page, pdf: Path, look) -> None:
    page.goto("/verify/")
    look(page)
    page.locator("input[type=file]").set_input_files(pdf)
    page.get_by_role("button", name=re.compile("Check")).click()
    expect(page.get_by_text(re.compile("genuine", re.I)).first).to_be_visible()
    look(page)
