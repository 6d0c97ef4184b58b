"""The steps of the road, as people take them; the journeys put them together."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.house import House


def set_up_host(page: Page, house: House, *, name: str, address: str) -> None:
    """The first person of an empty installation, by the link that the start printed."""
    link = re.search(r"http\S+/set-up/\S+", house.manage("start_link"))
    assert link
    page.goto(link.group())
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Your e-mail address").fill(address)
    page.get_by_role("button", name="Create my account").click()
    expect(page.get_by_role("heading", name="My projects")).to_be_visible()


def create_project(page: Page, title: str) -> str:
    """A new project from an empty page; returns its path."""
    page.goto("/projects/new/")
    page.get_by_label("What is it called?").fill(title)
    page.get_by_role("button", name="Create the project").click()
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    found = re.search(r"/projects/[0-9a-f-]{36}/", page.url)
    assert found
    return found.group()


def frame(page: Page, project: str) -> None:
    """Say what hurts, whom, and what is left out."""
    page.goto(f"{project}frame/")
    page.get_by_role("link", name="Edit the use case").click()
    page.get_by_label("In two sentences").fill("A draft reply in the agent’s own tool. The agent edits and sends.")
    page.get_by_label("The pain or the chance").fill("Support gets 5,400 e-mails a month; agents copy from a handbook.")
    page.get_by_label("Whose is it?").fill("Fourteen agents in customer operations")
    page.get_by_label("Who will use it").fill("Agents")
    page.get_by_label("In scope").fill("Drafts for the eleven topics\nPassages shown beside every draft")
    page.get_by_label("Out of scope").fill("A chatbot for customers\nBilling disputes")
    page.get_by_role("button", name="Save the use case").click()
    expect(page.get_by_text("agents copy from a handbook")).to_be_visible()


def add_objective(page: Page, project: str) -> None:
    """First a wish, which is caught and explained; then the same as an objective."""
    page.goto(f"{project}frame/")
    page.get_by_role("link", name="Add an objective").click()
    page.get_by_label("Objective", exact=True).fill("Improve customer experience")
    page.get_by_role("button", name="Add the objective").click()
    expect(page.get_by_text("By how much?").first).to_be_visible()
    page.get_by_role("link", name=re.compile("Edit.*Improve customer experience|Edit$")).first.click()
    page.get_by_label("Objective", exact=True).fill("Median first response falls from 11 h to 4 h")
    page.get_by_label("Metric").fill("Median first response")
    page.get_by_label("Unit").fill("h")
    page.get_by_label("Today", exact=False).first.fill("11")
    page.get_by_label("Where today’s value comes from").fill("Ticket report, October 2026")
    page.get_by_label("Direction").select_option(label="at most")
    page.get_by_label("Target").fill("4")
    page.get_by_label(re.compile("^By")).first.fill("2027-09-30")
    page.get_by_label("How it is measured").fill("Ticket report, monthly")
    page.get_by_label("Who measures").fill("Maja")
    page.get_by_role("button", name=re.compile("Save")).click()
    expect(page.get_by_text("By how much?")).to_have_count(0)


def add_person(page: Page, project: str, *, name: str, address: str, seat: str) -> None:
    page.goto(f"{project}people/add/")
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("E-mail address").fill(address)
    page.get_by_label("Seat at the table").select_option(label=seat)
    page.get_by_label("Influence", exact=True).select_option(value="4")
    page.get_by_role("button", name=re.compile("Add the person|Add person|Add")).last.click()
    expect(page.get_by_role("main").get_by_text(name).first).to_be_visible()


def accept_invitation(page: Page, house: House, address: str) -> None:
    """By the link in the mail: looking changes nothing, the button does."""
    link = re.search(r"http\S+/invitations/\S+", house.mail_to(address, "invit"))
    assert link
    page.goto(link.group())
    page.get_by_role("button", name=re.compile("Join|Accept|Come in")).click()
    expect(page).not_to_have_url(re.compile("invitations"))


def write_section(page: Page, project: str, key: str, text: str) -> None:
    """Open a section where it stands, write, and wait until it says that it is saved."""
    page.goto(f"{project}sections/{key}/edit/")
    page.get_by_role("textbox").first.fill(text)
    expect(page.get_by_text(re.compile(r"^Saved"))).to_be_visible()


def join_room(page: Page, link: str, name: str) -> None:
    """One field, one button."""
    page.goto(link)
    page.get_by_label("Your name, as the others know you").fill(name)
    page.get_by_role("button", name=re.compile("^Join")).click()
    expect(page.get_by_role("heading", name=re.compile("Welcome"))).to_be_visible()


def add_card(page: Page, question: str, text: str) -> None:
    """Write one hidden card under a question (empty: the one that is open)."""
    if question:
        page.get_by_role("navigation", name="Questions").get_by_role("link", name=re.compile(question)).click()
    page.get_by_role("textbox", name=re.compile(question, re.IGNORECASE)).first.fill(text)
    page.get_by_role("button", name="Add card").click()
    expect(page.get_by_role("article").filter(has_text=text)).to_be_visible()


def drive(page: Page, button: str) -> None:
    """Press the host's one big button, which must say `button`."""
    page.get_by_role("button", name=button).click()


def seen(page: Page, words: str) -> Locator:
    """The page's main part shows the words; waits as long as people would (five seconds)."""
    found = page.get_by_role("main").get_by_text(words).first
    expect(found).to_be_visible(timeout=5_000)
    return found


Enter = Callable[..., Page]


def press_next(host: Page) -> str:
    """Press the host's one big button, whatever it says, and wait until the room has moved; returns what it said.

    Found and pressed in one go: where the screen is drawn anew under the pointer the browser driver presses twice.
    """
    button = host.locator("#next")
    expect(button).to_be_enabled()
    said, step = host.evaluate(
        """() => {
            const next = document.getElementById("next");
            const told = [next.textContent.trim(), next.form.elements.step.value];
            next.click();
            return told;
        }"""
    )
    expect(host.locator(f"form:has(#next) > [name=step][value='{step}']")).to_have_count(0)
    return str(said)


def drive_to(host: Page, title: str, most: int = 20) -> None:
    """Press the one big button until the room stands in the step of that title."""
    for _ in range(most):
        if host.locator("#board h1").inner_text() == title:
            return
        press_next(host)
        expect(host.locator("#board.htmx-request")).to_have_count(0)
    raise AssertionError(f"{title} was not reached")
