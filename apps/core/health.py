"""Is everything that must run, running?"""

from dataclasses import dataclass
from datetime import timedelta

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from apps.core import due
from apps.core.models import Heartbeat

LATE = timedelta(minutes=2)
OVERDUE_SECONDS = 300


@dataclass(frozen=True)
class Check:
    name: str
    ok: bool
    detail: str
    required: bool = False


def beat(name: str) -> None:
    """Leave a sign of life."""
    Heartbeat.objects.update_or_create(name=name, defaults={"seen_at": timezone.now()})


def checks() -> list[Check]:
    """Every check, the required ones first. Pages need only the database."""
    database = _database()
    if not database.ok:
        return [database]
    waited = due.oldest_wait_seconds()
    return [
        database,
        _broker(),
        *[_process(name) for name in ("worker", "scheduler")],
        Check("due", waited < OVERDUE_SECONDS, f"oldest waits {waited:.0f} s"),
    ]


def silent_processes() -> list[str]:
    """Names of the background processes that have not been heard from for two minutes."""
    alive = set(Heartbeat.objects.filter(seen_at__gte=timezone.now() - LATE).values_list("name", flat=True))
    return [name for name in ("worker", "scheduler") if name not in alive]


def _database() -> Check:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        return Check("database", False, type(error).__name__, required=True)
    return Check("database", True, "answers", required=True)


def _broker() -> Check:
    try:
        with redis.from_url(settings.REDIS_URL, socket_connect_timeout=0.5, socket_timeout=0.5) as client:
            client.ping()
    except (redis.RedisError, OSError) as error:
        return Check("broker", False, type(error).__name__)
    return Check("broker", True, "answers")


def _process(name: str) -> Check:
    late = name in silent_processes()
    return Check(name, not late, "silent for two minutes" if late else "alive")
