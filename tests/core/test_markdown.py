"""Markdown that people wrote, as safe HTML."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.core.text.markdown import MOST_ROWS, MOST_SIGNS, TAGS, plain, render


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Plain *words* and **loud** ones", "<p>Plain <em>words</em> and <strong>loud</strong> ones</p>"),
        ("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>"),
        ("We want:\n• one\n• two", "<p>We want:</p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>"),
        ("one\ntwo • three", "<p>one<br>\ntwo • three</p>"),
        ("3. three", '<ol start="3">\n<li>three</li>\n</ol>'),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>"),
        ("`x < y`", "<p><code>x &lt; y</code></p>"),
        ("![a](https://b.example/c.png)", None),
        ("---", "<p>---</p>"),
        ("~~no~~", "<p>~~no~~</p>"),
    ],
)
def test_people_get_the_few_forms_a_document_needs(text, html):
    rendered = render(text).strip()

    assert rendered == html if html else "<img" not in rendered


def test_headings_start_below_the_section_title_and_skip_nothing():
    html = render("# A\n\n#### B\n\n# C\n\n## D\n\n#### E")

    assert re.findall(r"<(h\d)>(\w)", html) == [("h3", "A"), ("h4", "B"), ("h3", "C"), ("h4", "D"), ("h5", "E")]


def test_a_first_heading_of_any_rank_is_the_third():
    assert render("### A").strip() == "<h3>A</h3>"


def test_links_lead_out_and_hold_text():
    assert render("[see **this** `now`](https://a.example/)").strip() == (
        '<p><a href="https://a.example/" rel="nofollow noopener noreferrer">see this now</a></p>'
    )


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "/projects/",
        "//b.example",
        "file:///etc/passwd",
        "java&#x73;cript:alert(1)",
        "\\x01javascript:alert(1)",
    ],
)
def test_links_anywhere_else_lead_nowhere(address):
    assert "href" not in render(f"[x]({address})")


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '<a href="javascript:x">y</a>',
        "<svg/onload=alert(1)>",
        "<td colspan=100000>",
        "<style>*{}</style>",
        "<!-- x -->",
        "<![CDATA[x]]>",
        "<?php x ?>",
    ],
)
def test_markup_is_shown_as_written(text):
    html = render(text)

    assert set(re.findall(r"</?([a-z0-9]+)", html)) <= {"p"}
    assert "&lt;" in html


def test_a_table_has_a_head_and_no_spans():
    html = render("| a | b |\n|:--|--:|\n| 1 | 2 |")

    assert html.count('<th scope="col">') == 2
    assert "style" not in html


def test_a_long_table_says_what_it_leaves_out():
    html = render("| a |\n|---|\n" + "| x |\n" * (MOST_ROWS + 7))

    assert html.count("<td>") == MOST_ROWS
    assert "… and 7 more rows." in html
    assert "… and" not in render("| a |\n|---|\n" + "| x |\n" * MOST_ROWS)


@settings(max_examples=300)
@given(st.text(alphabet=st.sampled_from(list("<>&\"'`*_[]()!#-|\n =:/.ajx1")), max_size=120))
def test_only_listed_elements_ever_come_out(text):
    html = render(text)

    assert set(re.findall(r"<([a-z0-9]+)", html)) <= TAGS
    assert set(re.findall(r"<[a-z0-9]+ ([a-z]+)=", html)) <= {"href", "start", "scope"}


def test_plain_is_the_words_alone():
    assert plain("# Head\n\n- a *b*\n- [c](https://d.example)\n\n    code\n") == "Head\na b\nc\ncode"


@pytest.mark.parametrize(
    "text", ["[" * 200_000, "> " * 500 + "a\n" + "b\n" * 90_000, "|a" * 8_000 + "\n" + "|-" * 8_000]
)
def test_a_text_of_signs_alone_is_shown_as_written_and_never_parsed(text, monkeypatch):
    monkeypatch.setattr("apps.core.text.markdown._parser", None)

    html = render(text)

    assert "shown as written" in html
    assert plain(text) == text.strip()


def test_what_nests_deeper_than_the_parser_goes_is_not_lost():
    assert "the word" in render("> " * 30 + "the word")
    assert "the word" in render("- " * 9 + "the word")
    assert plain("- " * 30 + "the word").endswith("the word")


def test_what_is_shown_as_written_is_escaped_and_keeps_its_lines():
    html = render("<b>\nnext\n\n" + "[" * MOST_SIGNS)

    assert "<p>&lt;b&gt;<br />\nnext</p><p>[[" in html


def test_the_longest_section_of_prose_is_still_markdown():
    text = ("Plain *words* and **loud** ones with [a link](https://a.example/), and then more. " * 5 + "\n\n") * 480

    html = render(text[:200_000])

    assert html.count("<strong>loud</strong>") > 2_000
    assert "shown as written" not in html


def test_a_list_from_right_to_left_has_its_marks_there():
    html = render("אחראי?\n\n- ראשון\n- second")

    assert '<ul dir="auto">' in html
    assert html.count("dir=") == 1
    assert "dir" not in render("Who answers?\n\n- first")
