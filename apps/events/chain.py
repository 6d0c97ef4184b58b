"""The hash chain: `hash = SHA-256(prev_hash || canonical JSON of the entry)` (RFC 8785 order).

A bare chain shows any later change of an entry; it does not stop an operator who rewrites all of
it. The heads that are printed in sealed PDFs and mailed to signers are the anchor outside.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import rfc8785

if TYPE_CHECKING:
    from apps.events.models import Event


@dataclass(frozen=True)
class Verdict:
    """What a walk along the chain found: `broken_at` is the first sequence number that does not fit."""

    length: int
    head: str
    broken_at: int | None = None

    @property
    def whole(self) -> bool:
        return self.broken_at is None


def entry_hash(prev_hash: str, entry: dict[str, Any]) -> str:
    """64 hexadecimal digits over the entry before and this one."""
    return hashlib.sha256(prev_hash.encode() + rfc8785.dumps(entry)).hexdigest()


def commitment(salt: str, actor: dict[str, Any]) -> str:
    """Binds the chain to an actor without containing one."""
    return hashlib.sha256(salt.encode() + rfc8785.dumps(actor)).hexdigest()


def entry(event: "Event") -> dict[str, Any]:
    """What the hash of an event covers."""
    return {
        "stream": event.stream,
        "seq": event.seq,
        "kind": event.kind,
        "subject": event.subject,
        "at": event.at.isoformat(),
        "payload": event.payload,
        "actor": event.actor,
    }


def verify(events: Iterable["Event"]) -> Verdict:
    """Walk a stream from its first event in order; the first gap or wrong hash ends it."""
    head, length = "", 0
    for event in events:
        fits = event.seq == length + 1 and event.prev_hash == head
        if not fits or event.hash != entry_hash(head, entry(event)):
            return Verdict(length, head, broken_at=event.seq)
        head, length = event.hash, event.seq
    return Verdict(length, head)
