"""Finding quoted words in rendered text."""

import pytest

from apps.core.text.markdown import render
from apps.core.text.passages import mark, source_span


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


@pytest.mark.parametrize(
    ("source", "quote", "found"),
    [
        ("Copied by hand.", "by hand", "by hand"),
        ("It **was copied** by hand.", "was copied", "**was copied**"),
        ("It **was copied**, by hand.", "copied, by", "copied**, by"),
        (
            "See [the list](https://norrwater.example/a) today.",
            "the list today",
            "the list](https://norrwater.example/a) today",
        ),
        ("- one\n- two\n\n1. three", "two three", "two\n\n1. three"),
        ("| Source | Owner |\n| --- | --- |\n| CRM | Tomas |", "Owner CRM", "Owner |\n| --- | --- |\n| CRM"),
        ("What was cut.", "What is here", None),
        ("Some text.", "  ", None),
    ],
)
def test_words_that_a_reader_sees_are_found_in_what_was_written(source, quote, found):
    place = source_span(source, quote)

    assert (source[slice(*place)] if place else None) == found


def test_the_second_of_two_equal_places_is_found():
    assert source_span("ten and ten", "ten", nth=1) == (8, 11)
    assert source_span("ten and ten", "ten", nth=7) == (8, 11)


def test_a_long_quote_that_is_nowhere_is_given_up_at_once():
    assert source_span("- * _ ` # > | " * 5000, "- * a b") is None
