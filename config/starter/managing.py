"""Verbs that need the database for a moment: manage, and what backup and restore build on."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from config.starter import django, install
from config.starter.locks import Held, only_one, using
from config.starter.paths import RUNTIME_LOCK, Var
from config.starter.servers import clear_stale, describe, lay_out
from config.starter.signals import terminating, undisturbed
from config.starter.testing import followed


def manage(var: Var, arguments: list[str]) -> int:
    """Run manage.py against the running servers, or start them for as long as it takes."""
    with connected(var, "manage") as environment:
        return followed([*django.MANAGE, *arguments], environment)


@contextmanager
def connected(var: Var, verb: str) -> Iterator[dict[str, str]]:
    """An environment in which the database answers; whoever started the servers stops them last."""
    lay_out(var)
    install.ensure(RUNTIME_LOCK)
    try:
        with only_one(var.lock, verb=verb), terminating(), _own_servers(var) as environment:
            yield environment
    except Held as held:
        with using(var.run / "users"):
            told = {name: value for name, value in held.by.get("environment", {}).items() if value}
            yield {**django.base_environment(), **describe(var).environment(), **told, **_named()}


@contextmanager
def _own_servers(var: Var) -> Iterator[dict[str, str]]:
    clear_stale(var)
    servers = describe(var)
    try:
        servers.start()
        yield {**django.base_environment(), **servers.environment(), "SCOPEROOM_EMBEDDED": "1"}
    finally:
        with undisturbed(), using(var.run / "users", alone=True):
            servers.stop()


def _named() -> dict[str, str]:
    """What the person set goes before what the running start was told."""
    return {name: os.environ[name] for name in ("PUBLIC_URL", "EMAIL_URL") if os.environ.get(name)}
