"""What two people wrote at the same time, as one text."""

from collections import Counter
from itertools import count, islice

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from apps.core.text import align
from apps.core.text.merge import merge
from apps.core.text.tokens import normalise, sentences, word_counts, words

# base, mine, theirs → text, what is kept beside it
CASES = {
    "different sentences": (
        "One is here. Two is here. Three is here.",
        "One is changed. Two is here. Three is here.",
        "One is here. Two is here. Three is new.",
        "One is changed. Two is here. Three is new.",
        [],
    ),
    "neighbouring sentences": (
        "The first stays as it is. The second stays as it is.",
        "The first goes as it is. The second stays as it is.",
        "The first stays as it is. The second stays as it was.",
        "The first goes as it is. The second stays as it was.",
        [],
    ),
    "different words of one sentence": (
        "Cost per day raises an alarm at 20 € and Priya acts.",
        "Cost per day raises an alarm at 25 € and Priya acts.",
        "Cost per day raises an alarm at 20 € and Erik acts.",
        "Cost per day raises an alarm at 25 € and Erik acts.",
        [],
    ),
    "the same word": (
        "We meet at nine. Everyone comes.",
        "We meet at ten. Everyone comes.",
        "We meet at eight. Everyone comes.",
        "We meet at eight. Everyone comes.",
        ["We meet at ten."],
    ),
    "one deletes a sentence, the other edits it": (
        "We meet at nine. Everyone comes.",
        "Everyone comes.",
        "We meet at ten. Everyone comes.",
        "We meet at ten. Everyone comes.",
        [""],
    ),
    "one edits a sentence, the other deleted it": (
        "We meet at nine. Everyone comes.",
        "We meet at ten. Everyone comes.",
        "Everyone comes.",
        "Everyone comes.",
        ["We meet at ten."],
    ),
    "both append": (
        "A handbook.",
        "A handbook. An evaluation set.",
        "A handbook. A draft in the ticket.",
        "A handbook. A draft in the ticket. An evaluation set.",
        [],
    ),
    "both fill an empty section": ("", "Mine.", "Theirs.", "Theirs.\n\nMine.", []),
    "the same edit twice": (
        "We meet at nine. Everyone comes.",
        "We meet at ten. Everyone comes.",
        "We meet at ten. Everyone comes.",
        "We meet at ten. Everyone comes.",
        [],
    ),
    "as many sentences as before, each in the place of another": (
        "Monday has a meeting at nine here. Tuesday has a meeting at nine here. Friday has a meeting at nine here.",
        "Nobody works here. Monday has a meeting at ten here. Friday has a meeting at nine here.",
        "Monday has a meeting at ten here. Tuesday has a long meeting at nine here. Friday has a meeting at noon here.",
        "Monday has a meeting at ten here. Tuesday has a long meeting at nine here. Friday has a meeting at noon here.",
        ["Nobody works here. Monday has a meeting at ten here. Friday has a meeting at nine here."],
    ),
    "the same edit beside another of each": (
        "Everyone comes. We meet at nine. Please sign in. Tea is cold. It ends at noon.",
        "Everyone comes. We meet at ten. Please sign in. It ends at noon. Bring cake.",
        "Oh dear. Everyone comes. We meet at ten. Please sign in. It ends at noon.",
        "Oh dear. Everyone comes. We meet at ten. Please sign in. It ends at noon. Bring cake.",
        [],
    ),
    "one splits a paragraph, the other edits it": (
        "It drafts a reply. The agent edits it.",
        "It drafts a reply.\n\nThe agent edits it.",
        "It drafts a reply. The agent edits it and sends it.",
        "It drafts a reply.\n\nThe agent edits it and sends it.",
        [],
    ),
    "one moves a sentence, the other edits another": (
        "First point. Second point. Third point.",
        "Third point. First point. Second point.",
        "First point. Second point made. Third point.",
        "Third point. First point. Second point made.",
        [],
    ),
    "rewrite against negation": (
        "The agent sends every reply himself.",
        "Replies leave the house only after a person has read them.",
        "The agent never sends every reply himself.",
        "The agent never sends every reply himself.",
        ["Replies leave the house only after a person has read them."],
    ),
    "line ends of another system": (
        "One.\r\n\r\nTwo.",
        "One.\n\nTwo.\n\nThree.",
        "One, changed.\r\n\r\nTwo.",
        "One, changed.\n\nTwo.\n\nThree.",
        [],
    ),
    "items of a list": (
        "- handbook\n- tickets",
        "- handbook\n- tickets\n- water tables",
        "- handbook, 140 pages\n- tickets",
        "- handbook, 140 pages\n- tickets\n- water tables",
        [],
    ),
    "a number is one word": (
        "The rate is 3.14 in all.",
        "The rate is 4.14 in all.",
        "The rate is 3.15 in all.",
        "The rate is 3.15 in all.",
        ["The rate is 4.14 in all."],
    ),
    "one rewrites most of a sentence, the other touches what is left": (
        "On Monday the four agents answer all mails by hand.",
        "Every week our four agents rest somewhere quite far away.",
        "On Monday the four tired agents answer all mails by hand.",
        "On Monday the four tired agents answer all mails by hand.",
        ["Every week our four agents rest somewhere quite far away."],
    ),
    "of two larger gaps the larger": (
        "One stays. Two stays.",
        "One stays.\nTwo stays.",
        "One stays.\n\nTwo stays.",
        "One stays.\n\nTwo stays.",
        [],
    ),
    "writing without spaces": (
        "会議は九時です。全員来ます。",
        "会議は十時です。全員来ます。",
        "会議は九時です。全員来ません。",
        "会議は十時です。全員来ません。",
        [],
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_two_edits_become_one_text_or_an_honest_conflict(case):
    base, mine, theirs, text, kept = case

    merged = merge(base, mine, theirs)

    assert (merged.text, [conflict.other for conflict in merged.conflicts]) == (text, kept)


def test_a_conflict_says_where_it_stands_and_what_it_was():
    merged = merge("Once. We meet at nine.", "Once. We meet at ten.", "Once. We meet at eight.")

    (conflict,) = merged.conflicts

    assert merged.text[conflict.start : conflict.end] == conflict.saved == "We meet at eight."
    assert conflict.base == "We meet at nine."


def test_a_woven_sentence_is_pointed_out():
    merged = merge("Red is big here. End.", "Red is small here. End.", "Blue is big here. End.")

    assert [passage.text for passage in merged.woven] == ["Blue is small here."]


VOCABULARY = [
    "the",
    "agent",
    "model",
    "reads",
    "writes",
    "e\u0301te\u0301",
    "naïve",
    "שלום",
    "مرحبا",
    "👩\u200d💻",
    "🇸🇪",
]
VOCABULARY += ["会議", "20€", "3.14", "**bold**", "don't", "nine"]
WORDS = st.sampled_from(VOCABULARY)
GAPS = st.sampled_from([" ", " ", " ", ". ", ", ", "\n", ".\n\n", "\r\n", " (", ") ", "! "])
PROSE = st.lists(st.tuples(WORDS, GAPS), max_size=30).map(lambda parts: "".join(word + gap for word, gap in parts))


@st.composite
def edits_of(draw, text):
    """The text after a few cuts and insertions at word boundaries."""
    parts = [unit.before + unit.body for unit in words(normalise(text))]
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(parts)))
        parts[at : at + draw(st.integers(0, 4))] = [" " + part for part in draw(st.lists(WORDS, max_size=3))]
    return "".join(parts)


TRIPLES = PROSE.flatmap(lambda base: st.tuples(st.just(base), edits_of(base), edits_of(base)))


def everything(merged) -> Counter:
    return sum((word_counts(conflict.other) for conflict in merged.conflicts), word_counts(merged.text))


def bare(text: str) -> str:
    return "".join(text.split())


@given(PROSE, PROSE)
def test_when_only_one_wrote_their_text_stands(base, text):
    assert merge(base, text, base).text == normalise(text)
    assert merge(base, base, text).text == normalise(text)
    assert merge(base, text, text) == merge(base, base, text)


@settings(max_examples=400)
@given(TRIPLES)
@example(("a b. c", "a x. c", "a y. c"))
def test_no_word_is_lost(triple):
    base, mine, theirs = triple
    merged = merge(base, mine, theirs)

    for written in (mine, theirs):
        assert not (word_counts(written) - word_counts(base)) - everything(merged)
    kept_by_mine, kept_by_theirs = (word_counts(base) & word_counts(side) for side in (mine, theirs))
    assert not (kept_by_mine + kept_by_theirs - word_counts(base)) - everything(merged)


@settings(max_examples=400)
@given(TRIPLES)
def test_no_word_comes_from_nowhere(triple):
    _, mine, theirs = triple

    assert not everything(merge(*triple)) - (word_counts(mine) + word_counts(theirs))


@settings(max_examples=400)
@given(TRIPLES)
def test_the_surviving_words_do_not_depend_on_who_came_first(triple):
    base, mine, theirs = triple
    one, other = merge(base, mine, theirs), merge(base, theirs, mine)

    assert len(one.conflicts) == len(other.conflicts)
    assert [{c.saved, c.other} for c in one.conflicts] == [{c.saved, c.other} for c in other.conflicts]
    assert everything(one) == everything(other)


@st.composite
def changes_far_apart(draw):
    """Base, mine, theirs, and the text and what is kept beside it: between changes stand words that nobody touches.

    No word is there twice, so what must become of each is known exactly.
    """
    numbers, by_words = count(), draw(st.booleans())
    base, mine, theirs, text, kept = [], [], [], [], []

    def new(many):
        return [f"ant{n}" if by_words else f"Ant went{n}." for n in islice(numbers, many)]

    for who in [*draw(st.lists(st.sampled_from(["mine", "theirs", "alike", "both"]), min_size=1, max_size=5)), ""]:
        for side, around in zip((base, mine, theirs, text), [new(2)] * 4, strict=True):
            side += around
        old, one, other = (new(draw(st.integers(0, most))) for most in (1, 2, 2))
        by_mine = old if who in ("", "theirs") else one
        by_theirs = old if who in ("", "mine") else one if who == "alike" else other
        base += old
        mine += by_mine
        theirs += by_theirs
        if who == "both" and old and by_mine != by_theirs:
            text += by_theirs
            kept.append(" ".join(by_mine))
        elif who == "both":
            text += by_theirs + by_mine
        else:
            text += by_theirs if who == "theirs" else by_mine
    if by_words and kept:
        # one sentence, so one conflict
        text, kept = theirs, [" ".join(mine)]
    return *(" ".join(side) for side in (base, mine, theirs, text)), kept


@settings(max_examples=200)
@given(changes_far_apart())
def test_changes_far_apart_are_all_made_and_made_once(known):
    base, mine, theirs, text, kept = known
    merged = merge(base, mine, theirs)

    assert (merged.text, [conflict.other for conflict in merged.conflicts]) == (text, kept)


@given(TRIPLES)
def test_conflicts_and_woven_passages_point_into_the_text(triple):
    merged = merge(*triple)

    assert all(merged.text[c.start : c.end] == c.saved for c in merged.conflicts)
    assert all(merged.text[p.start : p.end] == p.text for p in merged.woven)


@given(TRIPLES)
def test_line_ends_of_another_system_change_nothing(triple):
    windows = [normalise(text).replace("\n", "\r\n") for text in triple]

    assert merge(*windows) == merge(*triple)
    assert "\r" not in merge(*windows).text


@given(st.text(), st.text(), st.text())
def test_any_text_at_all_can_be_merged(base, mine, theirs):
    merge(base, mine, theirs)


@given(st.text())
def test_cutting_loses_nothing_but_white_space(text):
    text = normalise(text)

    for cut in (sentences, words):
        units = cut(text)
        assert "".join(unit.before + unit.body for unit in units) + (units[-1].after if units else text) == text
        assert all(unit.body == unit.body.strip() for unit in units)


LONG = 200_000
HARD = {
    "prose": " ".join(f"Sentence {n} says thing {n % 37} about {n % 11}." for n in range(5500)),
    "one endless sentence": " ".join(f"word{n % 997}" for n in range(25_000)),
    "one letter over and over": "a " * (LONG // 2),
    "one line over and over": "same\n" * (LONG // 5),
    "no space at all": "x" * LONG,
    "punctuation": "." * LONG,
    "blank": "\n" * LONG,
}


@pytest.mark.parametrize("text", HARD.values(), ids=HARD.keys())
@pytest.mark.parametrize("swap", ["nothing", "ends", "everything"])
def test_the_work_for_two_hundred_kilobytes_is_bounded(text, swap, monkeypatch):
    """Steps, not seconds: what a busy machine takes says nothing."""
    mine, theirs = {
        "nothing": (text + " mine", "theirs " + text),
        "ends": (text[1000:] + " mine", text[:-1000] + " theirs"),
        "everything": (text.replace("a", "b").replace("r", "ro "), text.replace("s", "st ").replace("a", "c ")),
    }[swap]
    budgets = []

    class Counted(align.Budget):
        def __init__(self):
            super().__init__()
            budgets.append(self)

    monkeypatch.setattr(align, "Budget", Counted)
    merge(text, mine, theirs)

    assert sum(align.STEPS - max(budget.steps, 0) for budget in budgets) <= 12 * align.STEPS


# Combining marks, right-to-left, joined emoji, flags, selectors and line ends, anywhere in a word or between words.
LETTERS = [
    "e\u0301",
    "a\u0308\u0323",
    "שָׁלוֹם",
    "\u202bعربي\u202c",
    "👩\u200d👩\u200d👧",
    "🇸🇪",
    "☎\ufe0f",
    "か\u3099",
    "nine",
    "ten",
]
BETWEEN = [" ", " ", ". ", ".\n", "\r\n", "\r", "\n\n", "\u00a0", "\u2028", "\t", "- ", "| a | b |\n", "**"]
DIFFICULT = st.lists(st.sampled_from(LETTERS + BETWEEN), max_size=25).map("".join)


@settings(max_examples=300)
@given(DIFFICULT, DIFFICULT, DIFFICULT)
def test_no_word_of_a_difficult_script_is_lost_or_made_up(base, mine, theirs):
    merged = merge(base, mine, theirs)

    for written in (mine, theirs):
        assert not (word_counts(normalise(written)) - word_counts(normalise(base))) - everything(merged)
    assert not everything(merged) - (word_counts(normalise(mine)) + word_counts(normalise(theirs)))


@settings(max_examples=200)
@given(DIFFICULT, DIFFICULT)
def test_what_one_person_wrote_comes_out_letter_for_letter(base, text):
    assert merge(base, text, base).text == merge(base, base, text).text == normalise(text)


@settings(max_examples=200)
@given(DIFFICULT, DIFFICULT, DIFFICULT)
def test_the_same_words_survive_whoever_saves_first(base, mine, theirs):
    assert everything(merge(base, mine, theirs)) == everything(merge(base, theirs, mine))
