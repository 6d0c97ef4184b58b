"""A small storm over a running house: killed processes, lost answers, late duplicates; `bench/storm.py` is the long one."""

import pytest

from bench.storm import storm
from tests.house import open_house

pytestmark = pytest.mark.slow


def test_no_word_is_lost_in_a_storm() -> None:
    with open_house(sample=False) as house:
        report = storm(house, clients=5, turns=10, kills=1, seed=4)

    assert report.wrong == []
    assert report.refused == {}
    assert report.kills == 1
