"""Who wrote which words."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from apps.core.text.blame import Owned, blame
from apps.core.text.tokens import normalise, word_counts

from .test_merge import PROSE, edits_of

WRITERS = st.sampled_from(["Maja", "Priya", "Erik"])
HISTORIES = st.lists(st.tuples(WRITERS, PROSE), max_size=5)


def test_a_changed_word_belongs_to_who_changed_it():
    versions = [("Maja", "We meet at nine. All come."), ("Priya", "We meet at ten. All come.")]

    assert blame(versions) == [Owned("We meet at ", "Maja"), Owned("ten", "Priya"), Owned(". All come.", "Maja")]


def test_words_keep_their_writer_while_the_text_around_them_moves_on():
    versions = [("Maja", "One. Two."), ("Priya", "Zero. One. Two."), ("Erik", "Zero. One. And a half. Two.")]

    assert [(part.text.strip(), part.who) for part in blame(versions)] == [
        ("Zero.", "Priya"),
        ("One.", "Maja"),
        ("And a half.", "Erik"),
        ("Two.", "Maja"),
    ]


def test_words_that_come_back_belong_to_who_brought_them_back():
    assert blame([("Maja", "One."), ("Priya", ""), ("Erik", "One.")]) == [Owned("One.", "Erik")]


def test_nothing_was_written_by_nobody():
    assert blame([]) == []
    assert blame([("Maja", "")]) == []


@settings(max_examples=150)
@given(HISTORIES)
def test_the_stretches_are_the_last_text(versions):
    owned = blame(versions)

    assert "".join(part.text for part in owned) == (normalise(versions[-1][1]) if versions else "")
    assert all(one.who != next_one.who for one, next_one in pairwise(owned))


@settings(max_examples=150)
@given(PROSE.flatmap(lambda text: st.tuples(st.just(text), edits_of(text))))
def test_nobody_is_given_a_word_that_they_did_not_write(texts):
    first, second = texts
    owned = blame([("Maja", first), ("Priya", second)])

    for who, written in (("Maja", first), ("Priya", second)):
        given_to = sum((word_counts(part.text) for part in owned if part.who == who), word_counts(""))
        assert sum(given_to.values()) <= sum(word_counts(written).values()) + len(owned)
    came = word_counts(normalise(second)) - word_counts(normalise(first))
    hers = " ".join(part.text for part in owned if part.who == "Priya")
    assert all(word in hers for word in came)


@given(PROSE, WRITERS, WRITERS)
def test_saving_the_same_text_again_changes_no_writer(text, one, other):
    assert blame([(one, text), (other, text)]) == blame([(one, text)])
