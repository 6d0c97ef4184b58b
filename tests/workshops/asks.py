"""What the browsers of these tests send."""

from typing import Any
from uuid import uuid4

from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.urls import reverse

from apps.workshops.models import Activity, Card, Workshop
from tests.factories.workshops import table_of
from tests.pages import soup, text


def room(workshop: Workshop, name: str = "room", *args: Any) -> str:
    return reverse(f"workshops:{name}", args=[workshop.pk, *args])


def inside(workshop: Workshop, name: str, *args: Any) -> str:
    return reverse(f"workshops:{name}", args=[workshop.project_id, workshop.pk, *args])


def card(
    workshop: Workshop, text: str = "It will sound sure", *, prompt: str = "concerns", **more: Any
) -> dict[str, Any]:
    return {"text": text, "prompt": prompt, "activity": table_of(workshop).pk, "key": uuid4(), **more}


def write(browser: Any, workshop: Workshop, text: str, *, prompt: str = "concerns", **more: Any) -> HttpResponse:
    return browser.post(room(workshop, "add_card"), card(workshop, text, prompt=prompt), **more)


def step_to(workshop: Workshop, activity: Activity, phase: str) -> dict[str, Any]:
    workshop.refresh_from_db()
    return {"step": workshop.step, "activity": activity.pk, "phase": phase}


def still(page: BeautifulSoup) -> list[str]:
    """The words of a page with its clocks stopped."""
    for clock in page.select("[data-clock]"):
        clock.string = "0:00"
    return text(page).split()


def with_menu(browser: Any, workshop: Workshop, card: Card) -> BeautifulSoup:
    """The host's screen after the button of a card was pressed, as table.js fills the menu."""
    page = soup(browser.get(inside(workshop, "console")))
    shape, menu = page.select_one("#table-shape"), page.select_one("#table-menu")
    assert shape is not None
    assert menu is not None
    filled = shape.decode_contents().replace(str(shape["data-card"]), str(card.pk))
    menu.append(BeautifulSoup(filled, "html.parser"))
    return page
