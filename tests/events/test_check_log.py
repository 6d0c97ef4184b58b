"""`./scoperoom manage check_log`: whether the log is what was recorded."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from apps.events.log import record
from apps.events.models import Event
from tests.factories.accounts import UserFactory


@pytest.fixture
def log(db):
    """Three events in one chain, one in another."""
    by = UserFactory()
    for stream in ("project:1", "project:1", "project:1", "project:2"):
        record("risk.raised", subject="risk:1", by=by, stream=stream)


def checked():
    out = StringIO()
    call_command("check_log", stdout=out)
    return out.getvalue()


def tamper(sql):
    """As somebody who may do everything in the database."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE events_event DISABLE TRIGGER USER")
        cursor.execute(sql)


def test_a_whole_log_says_how_long_it_is(log):
    assert checked() == "The log is whole: 4 events in 2 chains, each hangs on the one before.\n"


@pytest.mark.parametrize(
    ("sql", "at"),
    [
        ("UPDATE events_event SET kind = 'risk.closed' WHERE stream = 'project:1' AND seq = 2", 2),
        ("DELETE FROM events_event WHERE stream = 'project:1' AND seq = 2", 3),
        ("DELETE FROM events_event WHERE stream = 'project:1' AND seq = 3", 3),
        ("DELETE FROM events_event WHERE stream = 'project:1'", 1),
    ],
)
def test_what_was_changed_or_taken_away_is_named(log, sql, at):
    tamper(sql)
    out = StringIO()

    with pytest.raises(CommandError, match="1 of 2 chains"):
        call_command("check_log", stdout=out)

    assert out.getvalue() == f"project:1: event {at} is not what was recorded, or is missing\n"
    assert Event.objects.filter(stream="project:2").count() == 1
