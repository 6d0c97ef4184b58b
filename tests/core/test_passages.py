"""Finding quoted words in rendered text."""

import pytest

from apps.core.text.markdown import render
from apps.core.text.passages import mark


@pytest.mark.parametrize(
    ("text", "quote", "html"),
    [
        ("It was copied by hand.", "copied by", '<p>It was <span class="passage">copied by</span> hand.</p>'),
        (
            "It **was copied** by hand.",
            "copied by",
            '<p>It <strong>was <span class="passage">copied</span></strong><span class="passage"> by</span> hand.</p>',
        ),
        ("a < b & c", "< b & c", '<p>a <span class="passage">&lt; b &amp; c</span></p>'),
        ('He said "no" twice.', '"no"', '<p>He said <span class="passage">"no"</span> twice.</p>'),
    ],
)
def test_quoted_words_are_marked(text, quote, html):
    marked, lost = mark(render(text), [quote])

    assert (marked.strip(), lost) == (html, frozenset())


def test_words_that_are_gone_are_named():
    marked, lost = mark(render("Other words."), ["These words"])

    assert (marked.strip(), lost) == ("<p>Other words.</p>", {"These words"})


def test_nothing_inside_a_tag_is_taken_for_text():
    html = render("[link](https://strong.example/strong)")

    assert mark(html, ["strong"]) == (html, {"strong"})


def test_a_quote_over_two_paragraphs_stays_well_formed():
    marked, _ = mark(render("One two.\n\nThree four."), ["two. Three"])

    assert marked.strip() == (
        '<p>One <span class="passage">two.</span></p>\n<p><span class="passage">Three</span> four.</p>'
    )
