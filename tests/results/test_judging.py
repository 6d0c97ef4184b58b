from datetime import date
from decimal import Decimal

import pytest

from apps.results.drawing import MARGIN, WIDTH, line
from apps.results.judging import Promise, judge, share

TODAY = date(2027, 6, 1)


def promised(baseline="11", target="4", direction="at_most", due=date(2027, 9, 30)):
    figure = lambda digits: Decimal(digits) if digits else None  # noqa: E731
    return Promise("one", "Waits", baseline=figure(baseline), target=figure(target), direction=direction, due=due)


LATE = date(2027, 5, 31)


@pytest.mark.parametrize(
    ("promise", "values", "verdict"),
    [
        (promised(), [], "not_measured"),
        (promised(), ["9"], "on_the_way"),
        (promised(), ["4"], "met"),
        (promised(), ["3.9"], "met"),
        (promised(), ["11"], "no_better"),
        (promised(), ["12"], "no_better"),
        # the newest value counts, in either direction
        (promised(), ["3", "9"], "on_the_way"),
        (promised(due=LATE), ["9", "4"], "met"),
        (promised(due=LATE), ["4", "9"], "missed"),
        (promised(due=TODAY), ["9"], "on_the_way"),
        (promised(due=LATE), [], "not_measured"),
        (promised(due=None), ["9"], "on_the_way"),
        (promised("0", "55", "at_least"), ["54"], "on_the_way"),
        (promised("0", "55", "at_least"), ["55"], "met"),
        # what may get a little worse is met at the limit and no better below it
        (promised("4.2", "4.1", "at_least"), ["4.1"], "met"),
        (promised("4.2", "4.1", "at_least"), ["4"], "no_better"),
        # without words for it the two figures say which way is better
        (promised(direction=""), ["3"], "met"),
        (promised(direction=""), ["12"], "no_better"),
        (promised(baseline="", direction=""), ["3"], "no_target"),
        (promised(baseline=""), ["30"], "on_the_way"),
        (promised(target=""), ["3"], "no_target"),
        (promised(target=""), [], "not_measured"),
    ],
)  # fmt: skip
def test_what_came_of_a_promise(promise, values, verdict):
    assert judge(promise, [Decimal(value) for value in values], TODAY) == verdict


@pytest.mark.parametrize(
    ("promise", "value", "gone"),
    [
        (promised(), "7.5", 50),
        (promised(), "4", 100),
        (promised(), "0.5", 150),
        (promised(), "18", -100),
        (promised("0", "55", "at_least"), "11", 20),
        (promised("4.2", "4.1", "at_least"), "4.3", None),
        (promised(baseline=""), "3", None),
        (promised("4", "4"), "3", None),
    ],
)
def test_how_much_of_the_way_is_gone(promise, value, gone):
    assert share(promise, Decimal(value)) == gone


def test_a_line_keeps_its_order_and_its_edges():
    drawn = line(promised(), [Decimal(10), Decimal(6)])

    assert MARGIN < drawn.target < drawn.now < drawn.earlier[0] < drawn.baseline < WIDTH - MARGIN
    assert drawn.good == (0, drawn.target)
    assert drawn.moved == (drawn.now, drawn.baseline - drawn.now)


@pytest.mark.parametrize("value", ["0", "11", "-3", "99999999999"])
def test_a_line_can_be_drawn_whatever_was_measured(value):
    for promise in (promised(), promised(baseline=""), promised(target=""), promised("0", "0")):
        assert 0 <= line(promise, [Decimal(value)]).now <= WIDTH


def test_nothing_is_drawn_without_something_to_hold_it_against():
    assert line(promised(), []) is None
    assert line(promised(baseline="", target=""), [Decimal(3)]) is None
