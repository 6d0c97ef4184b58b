"""Where the current request comes from, for the record; set by the middleware."""

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class Origin:
    ip: str | None = None
    agent: str = ""
    client: str = ""


current: ContextVar[Origin | None] = ContextVar("origin", default=None)


def here() -> Origin:
    return current.get() or Origin()
