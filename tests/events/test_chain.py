import json
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from apps.events import chain
from apps.events.log import live_name, record
from apps.events.middleware import origin
from apps.events.models import Actor, Event, Stream
from apps.events.origin import Origin, current, here
from apps.events.queries import position, verified
from tests.factories.accounts import UserFactory
from tests.together import run_together

STREAM = "project:1"


def events():
    return list(Event.objects.filter(stream=STREAM).order_by("seq"))


def tell(count=1, **more):
    by = UserFactory()
    return [record("risk.raised", subject="risk:1", by=by, stream=STREAM, **more) for _ in range(count)]


def test_a_stream_counts_from_one(db):
    tell(3)

    assert [event.seq for event in events()] == [1, 2, 3]
    assert position(STREAM) == 3
    assert position("project:2") == 0


def test_each_event_binds_the_one_before(db):
    first, second = tell(2)

    assert first.prev_hash == ""
    assert second.prev_hash == first.hash
    assert Stream.objects.get().head == second.hash


@pytest.mark.parametrize("said", ["", "unknown", "garbage", "fe80::1%eth0"])
def test_an_address_that_is_none_is_not_recorded(rf, said):
    request = rf.get("/", REMOTE_ADDR=said)

    found = origin(lambda _request: here().ip)(request)

    assert found == ("fe80::1" if "fe80" in said else None)


def test_a_whole_chain_verifies(db):
    tell(5, score=20)

    verdict = verified(STREAM)

    assert (verdict.whole, verdict.length, verdict.head) == (True, 5, events()[-1].hash)


@pytest.mark.parametrize(
    "change", [{"kind": "risk.closed"}, {"payload": {"score": 1}}, {"actor": "0" * 64}, {"subject": "x"}]
)
def test_a_changed_event_breaks_the_chain_where_it_stands(db, change):
    tell(4, score=20)
    told = events()
    for name, value in change.items():
        setattr(told[1], name, value)

    verdict = chain.verify(told)

    assert (verdict.whole, verdict.length, verdict.broken_at) == (False, 1, 2)


def test_a_changed_time_breaks_the_chain(db):
    tell(2)
    told = events()
    told[0].at += timedelta(seconds=1)

    assert chain.verify(told).broken_at == 1


def test_a_missing_event_breaks_the_chain(db):
    tell(4)
    told = events()

    assert chain.verify(told[:1] + told[2:]).broken_at == 3


def test_an_event_that_was_hashed_anew_breaks_the_next(db):
    tell(3)
    told = events()
    told[0].kind = "risk.closed"
    told[0].hash = chain.entry_hash("", chain.entry(told[0]))

    assert chain.verify(told).broken_at == 2


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE events_event SET kind = 'other'",
        "DELETE FROM events_event",
        "TRUNCATE events_event CASCADE",
    ],
)
def test_the_table_refuses_to_be_rewritten(db, sql):
    tell(2)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)

    assert verified(STREAM).length == 2


def test_a_rolled_back_event_leaves_no_gap(db):
    tell(1)
    with transaction.atomic():
        tell(1)
        transaction.set_rollback(True)
    tell(1)

    assert [event.seq for event in events()] == [1, 2]
    assert verified(STREAM).whole


def test_no_personal_data_is_in_the_chain(db):
    karin = UserFactory(name="Karin Åström", email="karin@norrwater.example")
    token = current.set(Origin(ip="192.0.2.7", agent="Firefox on Karin's phone"))
    try:
        event = record("risk.raised", subject="risk:1", by=karin, stream=STREAM)
    finally:
        current.reset(token)

    chained = json.dumps(chain.entry(Event.objects.get(pk=event.pk)))
    for secret in ("Karin", "norrwater", "192.0.2.7", "Firefox", str(karin.pk)):
        assert secret not in chained
    who = Actor.objects.get(event=event)
    assert (who.label, who.ip, who.user_id_text) == ("Karin Åström", "192.0.2.7", str(karin.pk))


def test_the_actor_beside_the_chain_is_the_one_that_was_committed_to(db):
    (event,) = tell(1)
    who = Actor.objects.get(event=event)

    actor = {"id": who.user_id_text, "label": who.label, "ip": who.ip, "agent": who.agent}

    assert chain.commitment(who.salt, actor) == event.actor
    assert chain.commitment(who.salt, {**actor, "label": "Somebody else"}) != event.actor


def test_an_erased_actor_leaves_the_chain_whole(db):
    tell(3)

    Actor.objects.all().delete()

    assert verified(STREAM).whole


def test_the_same_person_twice_is_two_commitments(db):
    karin = UserFactory()
    first, second = (record("risk.raised", subject="risk:1", by=karin, stream=STREAM) for _ in range(2))

    assert first.actor != second.actor


@pytest.mark.parametrize(
    ("kind", "name"),
    [("risk.closed", "risks:changed"), ("reply.added", "replies:changed"), ("survey.sent", "surveys:changed")],
)
def test_the_live_name_is_the_plural(kind, name):
    assert live_name(kind) == name


@pytest.mark.django_db(transaction=True)
def test_twenty_writers_leave_no_gap_and_a_whole_chain():
    karin = UserFactory()

    def write():
        for _ in range(5):
            with transaction.atomic():
                record("risk.raised", subject="risk:1", by=karin, stream=STREAM)

    outcomes = run_together(20, write)

    assert Counter(type(outcome).__name__ for outcome in outcomes) == {"NoneType": 20}
    assert [event.seq for event in events()] == list(range(1, 101))
    assert verified(STREAM).whole
    # What was committed later has the higher number.
    assert [event.id for event in events()] == sorted(event.id for event in events())
