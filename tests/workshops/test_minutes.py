"""The minutes as files: the same words, safe in each format."""

import csv
import io

import pytest
from bs4 import BeautifulSoup

from apps.core.text.markdown import render
from apps.workshops import actions
from apps.workshops.enums import Phase
from apps.workshops.minutes import as_csv, as_markdown, minutes
from tests.factories.workshops import CardFactory, GroupFactory, ParticipantFactory, running, table_of
from tests.workshops.asks import inside

HOSTILE = [
    "=HYPERLINK(1)",
    "# Not a title",
    "**loud** <b>",
    "- a list",
    "1. numbered",
    "two\nlines",
    "&lt;b&gt; &copy;",
]


@pytest.fixture
def workshop(project, host):
    workshop = running(project, phase=Phase.GROUP, by=host.user)
    table = table_of(workshop)
    group = GroupFactory(activity=table, name="Sounds sure, is wrong")
    for words in HOSTILE:
        CardFactory(activity=table, text=words, revealed_at=workshop.entered_at)
    CardFactory(activity=table, text="We stop thinking", revealed_at=workshop.entered_at, group=group)
    ParticipantFactory(workshop=workshop, name="Øyvind", title="legal")
    actions.add_to_parking_lot(workshop.participants.last(), text="Voice calls", key=workshop.pk)
    return workshop


def test_markdown_shows_what_people_wrote_letter_by_letter(workshop):
    words = BeautifulSoup(render(as_markdown(minutes(workshop))), "html.parser")

    said = [" ".join(item.text.split()) for item in words.select("li")]
    assert all(any(item.startswith(" ".join(text.split())) for item in said) for text in HOSTILE)
    assert not words.select("li ul, li ol, li b, li strong")


def test_a_spreadsheet_takes_nothing_for_a_formula(workshop):
    rows = list(csv.reader(io.StringIO(as_csv(minutes(workshop)))))

    cells = [cell for row in rows for cell in row]
    assert "'=HYPERLINK(1)" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]
    assert ["Parking lot", "open", "Voice calls"] in [row[:3] for row in rows]


def test_hidden_cards_are_in_no_file(workshop, host):
    CardFactory(activity=table_of(workshop), text="Secret of mine")

    files = [host.get(inside(workshop, name)) for name in ("recap_markdown", "recap_csv")]

    assert not [file for file in files if "Secret of mine" in file.content.decode()]
