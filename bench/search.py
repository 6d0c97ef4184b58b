"""Search among many rows: milliseconds of the one statement, and whether it reads indexes or whole tables.

.venv/bin/python -m bench.search [--rows 20000] [--times 40]
"""

import argparse
import time

from bench.serving import installation, percentile, sample_host_cookie

ASKED = {
    "a rare word": "heliotrope",
    "a beginning": "heliot",
    "a common word": "agent",
    "a common beginning": "a",
    "two words": "agent hand",
    "nothing": "zzzz",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--times", type=int, default=40)
    chosen = parser.parse_args()
    with installation():
        sample_host_cookie()
        user = fill(chosen.rows)
        print(f"{chosen.rows} rows\n{'asked':<20} {'places':>7} {'p50 ms':>8} {'p95 ms':>8}")
        for name, typed in ASKED.items():
            total, took = ask(user, typed, chosen.times)
            print(f"{name:<20} {total:>7} {percentile(took, 0.5):>8.1f} {percentile(took, 0.95):>8.1f}")


def fill(count: int):
    """The sample's host, with `count` rows more, one in a thousand with a rare word."""
    from django.db import connection

    from apps.accounts.models import User
    from apps.projects.models import Project
    from apps.registers.models import Row

    project = Project.objects.get(is_sample=True)
    words = ["agent", "reply", "handbook", "ticket", "answer", "customer", "source", "number"]
    rows = [
        Row(
            project=project,
            register="data_sources",
            position=1000 + turn,
            number=1000 + turn,
            values={
                "name": f"{words[turn % 8]} {words[turn // 8 % 8]} {turn}",
                "contents": " ".join(words[(turn * 7 + at) % 8] for at in range(20)),
                "owner": "heliotrope" if turn % 1000 == 0 else "Tomas Ek",
            },
        )
        for turn in range(count)
    ]
    Row.objects.bulk_create(rows, batch_size=2000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return User.objects.get(email="maja@norrwater.example")


def ask(user, typed: str, times: int) -> tuple[int, list[float]]:
    from apps.search.queries import search

    took, total = [], 0
    for turn in range(times + 3):
        started = time.perf_counter()
        total = search(user, typed).total
        if turn >= 3:
            took.append((time.perf_counter() - started) * 1000)
    return total, took


if __name__ == "__main__":
    main()
