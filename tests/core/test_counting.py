"""Counts of tries: what limits guessing must not lose one."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from tests.together import run_together


@pytest.mark.django_db(transaction=True)
def test_of_many_who_count_at_once_none_is_lost():
    cache.set("tries", 0, 60)

    run_together(8, lambda: [cache.incr("tries") for _ in range(10)])

    assert cache.get("tries") == 80


def test_counting_does_not_make_the_time_longer(db, time_machine):
    cache.add("tries", 1, 600)

    time_machine.move_to(timezone.now() + timedelta(seconds=599), tick=False)
    counted = cache.incr("tries")
    time_machine.move_to(timezone.now() + timedelta(seconds=2), tick=False)

    assert (counted, cache.get("tries")) == (2, None)


def test_what_is_over_or_was_never_there_cannot_be_counted_on(db, time_machine):
    cache.add("tries", 1, 600)
    time_machine.move_to(timezone.now() + timedelta(seconds=601), tick=False)

    for key in ("tries", "never"):
        with pytest.raises(ValueError, match="not found"):
            cache.incr(key)


def test_counting_down_works_too(db):
    cache.set("tries", 5, 600)

    assert cache.decr("tries", 2) == 3
