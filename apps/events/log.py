"""Recording what happened, in the transaction in which it happened."""

import secrets
from typing import Any

from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from apps.events import chain, live
from apps.events.models import Actor, Event
from apps.events.origin import here

SYSTEM = "Scoperoom"


@transaction.atomic(savepoint=False)
def record(
    kind: str,
    *,
    subject: Model | str,
    by: Any,
    stream: str,
    changed: str | None = None,
    facts: dict[str, Any] | None = None,
    **payload: Any,
) -> Event:
    """Append an event to `stream`'s chain and ring the bell when the transaction commits.

    The sequence has no gaps and follows the order of commits: it is taken under the stream's
    row lock, which is held until the caller's transaction ends. `payload` is JSON-able and holds
    no personal data; `facts` is what every listener of the stream may see. `by=None`: the system, or somebody who
    stays unknown; then no address, browser or tab is kept either.
    """
    seq, prev_hash = _step(stream)
    salt = secrets.token_hex(16)
    actor = _actor(by)
    event = Event(
        stream=stream,
        seq=seq,
        kind=kind,
        subject=subject if isinstance(subject, str) else f"{subject._meta.model_name}:{subject.pk}",
        at=timezone.now(),
        payload=payload,
        actor=chain.commitment(salt, actor),
        prev_hash=prev_hash,
        name=changed or live_name(kind),
        facts=facts,
        origin="" if by is None else here().client,
    )
    event.hash = chain.entry_hash(prev_hash, chain.entry(event))
    event.save(force_insert=True)
    Actor.objects.create(
        event=event, salt=salt, user_id_text=actor["id"], label=actor["label"], ip=actor["ip"], agent=actor["agent"]
    )
    with connection.cursor() as cursor:
        cursor.execute("UPDATE events_stream SET head = %s WHERE name = %s", [event.hash, stream])
    live.ring_event(stream, seq)
    return event


def live_name(kind: str) -> str:
    """`risk.closed` → `risks:changed`, `reply.added` → `replies:changed`."""
    noun = kind.split(".")[0]
    plural = f"{noun[:-1]}ies" if noun.endswith("y") and noun[-2] not in "aeiou" else f"{noun}s"
    return f"{plural}:changed"


def _step(stream: str) -> tuple[int, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO events_stream AS s (name, seq, head) VALUES (%s, 1, '') "
            "ON CONFLICT (name) DO UPDATE SET seq = s.seq + 1 RETURNING seq, head",
            [stream],
        )
        seq, head = cursor.fetchone()
    return seq, head


def _actor(by: Any) -> dict[str, Any]:
    if by is None:
        return {"id": "", "label": SYSTEM, "ip": None, "agent": ""}
    origin = here()
    label = str(getattr(by, "label", "") or by)
    return {"id": str(by.pk), "label": label[:160], "ip": origin.ip, "agent": origin.agent}
