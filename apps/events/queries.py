from dataclasses import replace
from typing import Any

from django.db.models import QuerySet

from apps.events import chain
from apps.events.models import Event, Stream


def position(stream: str) -> int:
    """The sequence number that a page shows as it is drawn, so that its stream starts there."""
    return Stream.objects.filter(name=stream).values_list("seq", flat=True).first() or 0


def since(stream: str, seq: int, *, limit: int) -> list[Event]:
    """Events after `seq` in order, at most `limit`."""
    return list(Event.objects.filter(stream=stream, seq__gt=seq).order_by("seq")[:limit])


def history(stream: str) -> QuerySet[Event]:
    """All events of a stream with who did them, newest first."""
    return Event.objects.filter(stream=stream).select_related("who").order_by("-seq")


def streams() -> list[str]:
    """Every stream that anything was recorded in."""
    return list(Stream.objects.order_by("name").values_list("name", flat=True))


def verified(stream: str) -> chain.Verdict:
    """The chain of a stream, walked from its start to where the stream says that it ends."""
    end = Stream.objects.filter(name=stream).first() or Stream(name=stream)
    found = chain.verify(
        Event.objects.filter(stream=stream, seq__lte=end.seq).order_by("seq").iterator(chunk_size=1000)
    )
    if found.whole and (found.length, found.head) != (end.seq, end.head):
        return replace(found, broken_at=found.length + 1)
    return found


def message(event: Event) -> dict[str, Any]:
    """What a listener is told of an event."""
    return {"seq": event.seq, "name": event.name, "facts": event.facts, "by": event.origin}
