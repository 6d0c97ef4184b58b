"""Nothing in the document or on paper breaks with nothing, with far too much, or from right to left."""

import subprocess
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from django.urls import reverse

from apps.exports.document import Record, breakable, directed, document
from apps.exports.pdf import render_in_child
from apps.projects.models import Project
from apps.scope import queries
from apps.scope.snapshot import canonical, snapshot
from tests.exports import extremes
from tests.pages import soup


def printed(project: Project, tmp_path: Path) -> tuple[Path, str]:
    """The file of the project as it is, and its words."""
    found = snapshot(
        project, number=1, frozen_at=datetime(2026, 11, 22, tzinfo=UTC), frozen_by="Maja", decision="A pilot.",
        findings=queries.for_snapshot(queries.readiness(project)),
    )  # fmt: skip
    made = document(found, canonical(found), Record())
    file = tmp_path / "scope.pdf"
    file.write_bytes(render_in_child(made.html, assets=made.assets, attachments=made.attachments, identifier=made.identifier))  # fmt: skip
    return file, subprocess.run(["pdftotext", file, "-"], check=True, capture_output=True, text=True).stdout


@pytest.mark.parametrize(
    "make",
    [extremes.empty, partial(extremes.huge, rows=2), extremes.right_to_left],
    ids=["empty", "huge", "right to left"],
)
@pytest.mark.parametrize("page", ["dprd:document", "scope:readiness", "overview:project", "tracing:show", "scope:list"])
def test_pages_hold_whatever_is_in_them(db, sign_in, make, page):
    project = make()
    client = sign_in(project.memberships.get().user)

    answer = client.get(reverse(page, args=[project.pk]))

    assert answer.status_code == 200
    assert soup(answer).select_one("h1")


def test_an_empty_project_is_printed(db, tmp_path):
    _file, words = printed(extremes.empty(), tmp_path)

    assert "Model choice" in words


def test_words_from_right_to_left_are_printed(db, tmp_path):
    file, words = printed(extremes.right_to_left(), tmp_path)

    assert "אחראי" in words
    fonts = subprocess.run(["pdffonts", file], check=True, capture_output=True, text=True).stdout
    assert "Hebrew" in fonts
    assert "Arabic" in fonts


def test_too_much_is_printed_on_more_pages(db, tmp_path):
    file, words = printed(extremes.huge(rows=1, boxes=40), tmp_path)

    assert "schifffahrts" in "".join(letter for letter in words if letter.isalpha())
    boxes = subprocess.run(["pdftotext", "-bbox", file, "-"], check=True, capture_output=True, text=True).stdout
    width = float(boxes.split('<page width="')[1].split('"')[0])
    beyond = [line for line in boxes.splitlines() if "<word" in line and float(line.split('xMax="')[1].split('"')[0]) > width]  # fmt: skip
    assert beyond == []


@pytest.mark.parametrize("word", ["0123456789abcdef" * 4, "https://wiki.example/pages/viewpage?number=1234567"])
def test_hashes_and_addresses_can_be_copied_from_paper(word):
    assert breakable(f"<p>See {word}</p>") == f"<p>See {word}</p>"


def test_long_words_may_break_but_not_in_drawings_or_the_title():
    word = "Donaudampfschifffahrtsgesellschaft"

    assert breakable(f"<head><title>{word}</title></head><p>{word}</p><svg><text>{word}</text></svg>") == (
        f"<head><title>{word}</title></head><p>Donaudampfschiff\u200bfahrtsgesellscha\u200bft</p><svg><text>{word}</text></svg>"
    )


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>plain</p>", "<p>plain</p>"),
        ("<p>42 % אם</p><p>a אם</p>", '<p dir="rtl">42 % אם</p><p dir="ltr">a אם</p>'),
        ('<ul dir="auto"><li>אם</li><li>b</li></ul>', '<ul dir="rtl"><li dir="rtl">אם</li><li dir="ltr">b</li></ul>'),
        ("<p><b>Effect</b> <bdi>אם?</bdi></p>", '<p dir="ltr"><b>Effect</b> <bdi dir="rtl">אם?</bdi></p>'),
        (
            "<svg><text>אם</text></svg><td>&quot;אם&quot;</td>",
            '<svg><text>אם</text></svg><td dir="rtl">&quot;אם&quot;</td>',
        ),
        ("<p>אם <br>a</p>", '<p dir="rtl">אם <br>a</p>'),
    ],
)
def test_on_paper_each_block_runs_from_the_side_of_its_first_letter(html, found):
    assert directed(html) == found
