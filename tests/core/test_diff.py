"""What changed, in words."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.core.text.diff import Piece, as_html, brief, exact, redline
from apps.core.text.tokens import normalise

from .test_merge import HARD, TRIPLES


def test_a_changed_word_is_struck_and_the_new_one_underlined():
    assert redline("It costs 20 € a day.", "It costs 25 € a day.") == [
        Piece("same", "It costs "),
        Piece("del", "20"),
        Piece("ins", "25"),
        Piece("same", " € a day."),
    ]


def test_a_rewritten_sentence_reads_as_one_replacement():
    kinds = [piece.kind for piece in redline("Costs are high in spring.", "Money is low in autumn.")]

    assert kinds == ["del", "ins", "same"]


def test_equal_texts_have_no_changes():
    assert redline("Same.", "Same.") == [Piece("same", "Same.")]
    assert redline("", "") == []


def test_html_escapes_what_people_wrote():
    assert as_html([Piece("same", "a < b "), Piece("ins", "<script>"), Piece("del", "&")]) == (
        "a &lt; b <ins>&lt;script&gt;</ins><del>&amp;</del>"
    )


@settings(max_examples=300)
@given(st.one_of(TRIPLES, st.tuples(st.text(), st.text(), st.text())))
def test_the_pieces_give_both_texts_back(triple):
    _, old, new = triple
    pieces = redline(old, new)

    assert "".join(piece.text for piece in pieces if piece.kind != "ins") == normalise(old)
    assert "".join(piece.text for piece in pieces if piece.kind != "del") == normalise(new)
    assert all(piece.text for piece in pieces)


@pytest.mark.parametrize("text", HARD.values(), ids=HARD.keys())
def test_two_hundred_kilobytes_take_seconds_at_most(text):
    started = time.process_time()
    redline(text, text[500:].replace("a", "b "))

    assert time.process_time() - started < 10


@settings(max_examples=200)
@given(TRIPLES)
def test_the_exact_pieces_give_both_texts_back(triple):
    _, old, new = triple
    pieces = exact(old, new)

    assert "".join(piece.text for piece in pieces if piece.kind != "ins") == normalise(old)
    assert "".join(piece.text for piece in pieces if piece.kind != "del") == normalise(new)


def test_the_brief_telling_leaves_out_what_is_far_from_a_change():
    far = " ".join(["far"] * 60)
    pieces = brief(redline(f"{far} It costs 20 €. {far}", f"{far} It costs 25 €. {far}"), around=20)

    assert [piece.kind for piece in pieces] == ["cut", "same", "del", "ins", "same", "cut"]
    assert all(len(piece.text) <= 25 for piece in pieces)


@given(TRIPLES)
def test_the_brief_telling_keeps_every_change(triple):
    _, old, new = triple
    pieces = redline(old, new)

    assert [piece for piece in brief(pieces, around=5) if piece.kind in ("ins", "del")] == [
        piece for piece in pieces if piece.kind in ("ins", "del")
    ]
