"""Who may do what: a literal table over every URL, crossed with every role, a stranger and nobody."""

import pkgutil
from collections.abc import Callable, Iterator
from importlib import import_module

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

import tests.access
from apps.accounts.models import User
from tests.access.table import Row, World

# Pages of the libraries, and pages for everybody, are tested where they belong.
OUTSIDE = {"allauth"}


def _rows() -> list[Row]:
    names = [module.name for module in pkgutil.iter_modules(tests.access.__path__) if module.name != "table"]
    return [row for name in sorted(names) for row in import_module(f"tests.access.{name}").ROWS]


def _open() -> set[str]:
    """URL names that are not behind the project's door; their own tests say who gets what."""
    names = [module.name for module in pkgutil.iter_modules(tests.access.__path__) if module.name != "table"]
    return {url for name in names for url in getattr(import_module(f"tests.access.{name}"), "OPEN", set())}


def _names(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _names(pattern.url_patterns, pattern.namespace or space)
        elif pattern.name and space:
            yield f"{space}:{pattern.name}"


@pytest.mark.parametrize("row", _rows(), ids=lambda row: f"{row.method} {row.name}")
def test_everyone_gets_what_the_table_says(row: Row, world: World, sign_in: Callable[[User], Client]) -> None:
    expected = {
        "host": row.host,
        "editor": row.editor,
        "reviewer": row.reviewer,
        "viewer": row.viewer,
        "stranger": row.stranger,
        "anonymous": row.anonymous,
    }

    found = {}
    for who in reversed(expected):
        url = reverse(row.name, args=row.args(world))
        client = Client() if who == "anonymous" else sign_in(getattr(world, who))
        found[who] = _ask(client, row, url, world)

    assert found == expected


def test_every_url_stands_in_the_table() -> None:
    every = set(_names(get_resolver().url_patterns))

    assert every - {row.name for row in _rows()} - _open() == set()


def _ask(client: Client, row: Row, url: str, world: World) -> int:
    if row.method == "GET":
        return client.get(url).status_code
    return client.post(url, row.data(world)).status_code
