"""The table of a room with many cards: bytes and milliseconds of what hosts and phones are sent.

Everything is drawn in this one process, with no server and nobody else there; milliseconds are processor time, the least
of some turns.

    .venv/bin/python -m bench.table [--cards 50 300] [--turns 8]
"""

import argparse
import json
import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from bench.serving import installation


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cards", type=int, nargs="+", default=[50, 300])
    parser.add_argument("--turns", type=int, default=8)
    chosen = parser.parse_args()
    with installation():
        import django

        django.setup()
        from django.test.utils import setup_test_environment

        setup_test_environment()
        print(f"{'':<34} {'cards':>6} {'ms':>8} {'KB':>8}")
        for count in chosen.cards:
            measure(count, chosen.turns)


def measure(count: int, turns: int) -> None:
    from django.test import Client

    from apps.events import pushes

    room, table, host = made(count)
    phone = Client()
    phone.force_login(host)
    console = f"/projects/{room.project_id}/workshops/{room.pk}/console/"
    htmx = {"HX-Request": "true"}

    def pushed() -> bytes:
        drawn = pushes.drawn(room.stream, [pushes.News(1, "steps:changed", f"workshop:{room.pk}", {})])
        return json.dumps(pushes.carried(drawn[1])).encode()

    tell("host’s board, cards on the table", count, turns, lambda: phone.get(console, headers=htmx).content)
    tell("push of the table to phones", count, turns, pushed)
    tell("host’s side, as many people", count, turns, lambda: phone.get(f"{console}side/", headers=htmx).content)
    move(room, table, "vote", host)
    tell("host’s board, vote", count, turns, lambda: phone.get(console, headers=htmx).content)
    tell("ballot on a phone", count, turns, lambda: phone.get(f"/room/{room.pk}/", headers=htmx).content)
    tell("push of the ballot to phones", count, turns, pushed)
    dot, url = {"target": "card", "item": table.cards.last().pk, "dots": 1}, f"/room/{room.pk}/dots/"
    tell("answer to a dot", count, turns, lambda: phone.post(url, dot, headers=htmx).content)


def made(count: int) -> tuple[Any, Any, Any]:
    """A room whose table has this many cards, a quarter of them in six groups."""
    from django.utils import timezone

    from apps.accounts.models import User
    from apps.projects.actions import create_project
    from apps.workshops import actions

    host = User.objects.create_user(f"{uuid4()}@bench.example", name="Maja Host")
    project = create_project(by=host, title="Bench", pain="x", users="y", in_scope="z")
    room = actions.create_workshop(
        project, title="Many cards", purpose="", template="framing", scheduled_at=None, by=host
    )
    actions.open_room(room, by=host)
    actions.join_as_member(room, by=host)
    room = actions.start_workshop(room, step=0, by=host)
    table = next(one for one in room.activities.all() if {"write", "group", "vote"} <= {p.key for p in one.plan.phases})
    prompts = table.plan.prompts
    move(room, table, "write", host)
    cards = [
        room.cards.create(
            activity=table, text=f"It will sound sure and be wrong in the case of number {place}", position=place,
            prompt=prompts[place % len(prompts)].key, kind=prompts[place % len(prompts)].kind, revealed_at=timezone.now(),
        )
        for place in range(count)
    ]  # fmt: skip
    for number in range(count):
        room.participants.create(name=f"Guest number {number}", last_seen_at=timezone.now())
    for number in range(6):
        actions.create_group(table, name=f"Group {number}", cards=[], by=host)
    for place, group in enumerate(table.groups.all()):
        for card in cards[place : count // 4 : 6]:
            actions.move_card(card, group=group.pk, by=host)
    move(room, table, "group", host)
    return room, table, host


def move(room: Any, table: Any, phase: str, host: Any) -> None:
    from apps.workshops import actions

    room.refresh_from_db()
    actions.move_everyone(room, activity=table.pk, phase=phase, step=room.step, by=host)


def tell(what: str, count: int, turns: int, draw: Callable[[], bytes]) -> None:
    body, took = b"", []
    for _ in range(turns):
        started = time.process_time()
        body = draw()
        took.append((time.process_time() - started) * 1000)
    print(f"{what:<34} {count:>6} {min(took):>8.1f} {len(body) / 1000:>8.1f}")


if __name__ == "__main__":
    main()
