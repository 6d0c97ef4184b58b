"""Words in a drawing: broken where they must be, from the side from which they run."""

import pytest

from apps.architecture.drawing import drawn
from apps.architecture.words import must_be_shaped, runs_from_right, width, wrapped


@pytest.mark.parametrize("text", ["Pseudonymisation of replies and mails", "W" * 60, "Ärzte 水質水質水質水質水質", ""])
def test_no_line_is_wider_than_its_room(text):
    lines = wrapped(text, 11, 130, 3)

    assert len(lines) <= 3
    assert all(width(line, 11) <= 130 for line in lines)


def test_what_is_left_over_says_so():
    assert wrapped("one two three", 11, 40, 1) == ("one…",)
    assert wrapped("one two", 11, 200, 1) == ("one two",)


@pytest.mark.parametrize(
    ("text", "right", "shaped"),
    [("Handbook", False, False), ("אינדקס", True, True), ("42 % عربي", True, True), ("GPT-5 אינדקס", False, True), ("水質", False, False)],
)  # fmt: skip
def test_words_run_from_the_side_of_their_first_letter(text, right, shaped):
    assert (runs_from_right(text), must_be_shaped(text)) == (right, shaped)


def snapshot(boxes: int, name: str) -> dict:
    component = {"detail": "", "zone": "ours", "personal": False, "name": name}
    lanes = ["sources", "ingestion", "storage", "model", "checks", "serving", "monitoring"]
    return {"components": [{**component, "lane": lanes[at * 7 // boxes]} for at in range(boxes)], "flows": []}


@pytest.mark.parametrize("boxes", [5, 15, 40])
def test_on_paper_a_drawing_fits_on_one_page(boxes):
    paper = drawn(snapshot(boxes, "A component with a long name"), medium="pdf")["paper"]

    assert paper["width"] <= 612
    assert paper["height"] <= 820


def test_what_the_renderer_would_draw_letter_by_letter_stands_beside_the_drawing():
    found = drawn(snapshot(1, "אינדקס קטעים"), medium="pdf")

    assert [(text["words"], text["from_right"]) for text in found["paper"]["shaped"]] == [("אינדקס קטעים", True)]
