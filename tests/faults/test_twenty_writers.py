"""Twenty clients save one section at once on the running product; `bench/writers.py` does it a hundred times each."""

import pytest

from bench.writers import rehearse
from tests.house import open_house

pytestmark = pytest.mark.slow


def test_every_acknowledged_save_is_in_the_history_and_no_word_is_lost() -> None:
    with open_house(sample=False) as house:
        writers, report = rehearse(house, clients=20, saves=5)

    assert [writer.refused for writer in writers] == [[]] * 20
    assert (report["missing"], report["waiting"], report["lost"], report["gaps"]) == ([], 0, [], [])
    assert report["revisions"] == 20 * 5 + 1
