"""Every entry of every shipped catalog reaches a screen: what people cannot see is not shipped."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from config.starter.paths import ROOT
from tests.pages import soup, text

Entries = Callable[[dict[str, Any]], Iterator[str]]


def words(*names: str, of: str) -> Entries:
    """These fields of each entry of a list."""

    def found(read: dict[str, Any]) -> Iterator[str]:
        yield from (entry[name] for entry in read[of] for name in names if entry[name])

    return found


def risks(read: dict[str, Any]) -> Iterator[str]:
    for entry in read["risks"]:
        yield from (entry["name"], entry["category"], *entry["mitigations"])
        # The lists of OWASP, NIST and the law that it stands in.
        yield from (entry[list_] for list_ in ("owasp2026", "owasp2025", "nist600") if entry[list_])


def questions(read: dict[str, Any]) -> Iterator[str]:
    yield from (question["ask"] for group in read["groups"] for question in group["questions"])


def criteria(read: dict[str, Any]) -> Iterator[str]:
    for entry in read["criteria"]:
        yield from (entry["name"], entry["knockout"], f"Weight {entry['weights']['default']}")
        yield from (f"{words} {entry['weights'][key]}" for key, words in (("regulated", "regulated business"), ("fast", "fast start"), ("volume", "high volume")))  # fmt: skip


def usual(register: str) -> Entries:
    def found(read: dict[str, Any]) -> Iterator[str]:
        yield from (entry[name] for entry in read[register] for name in ("name", "why"))

    return found


USUAL = ["dependencies", "deliverables", "test_sets", "monitoring", "safeguards", "delivery"]
METRICS = words("name", "group", "tasks", "target_form", "definition", of="metrics")
# Catalog, the page that offers it, and what of each entry stands there.
OFFERED: list[tuple[str, str, list[str], Entries]] = [
    ("assessments/catalog/triage.json", "assessments:triage", [], questions),
    ("registers/catalog/metrics.json", "registers:catalog", ["metrics"], METRICS),
    ("registers/catalog/feasibility.json", "registers:catalog", ["feasibility"], words("question", "evidence", of="questions")),
    ("registers/catalog/models.json", "registers:catalog", ["model_options"], words("name", of="options")),
    ("registers/catalog/models.json", "registers:catalog", ["model_criteria"], criteria),
    *(("registers/catalog/usual.json", "registers:catalog", [register], usual(register)) for register in USUAL),
    ("risks/catalog/risks.json", "risks:catalog", [], risks),
    ("stakeholders/catalog/roles.json", "stakeholders:add", [], words("title", of="roles")),
    ("stakeholders/catalog/duties.json", "stakeholders:duties", [], words("title", of="rows")),
]  # fmt: skip


def spoken(words: str) -> str:
    """In small letters, without the signs that a page may set in its own way."""
    return "".join(letter for letter in words.casefold() if letter.isalnum())


@pytest.mark.parametrize(
    ("file", "page", "more", "entries"),
    OFFERED,
    ids=[" ".join([file, *more]) for file, _page, more, _entries in OFFERED],
)
def test_every_entry_stands_on_the_page_that_offers_it(project, host, file, page, more, entries):
    read = json.loads((ROOT / "apps" / file).read_text())

    shown = spoken(text(soup(host.get(reverse(page, args=[project.pk, *more])))))

    assert [entry for entry in entries(read) if spoken(entry) not in shown] == []


@pytest.mark.parametrize("register", ["metrics", "feasibility", "model_options", "model_criteria", *USUAL])
def test_every_entry_can_be_taken(project, host, register):
    catalog = reverse("registers:catalog", args=[project.pk, register])
    offered = len(soup(host.get(catalog)).select(".catalog-list > li"))

    host.post(reverse("registers:catalog_add", args=[project.pk, register]), {"all": "yes"})

    assert project.rows.filter(register=register).count() == offered
    assert len(soup(host.get(catalog)).select(".in-register")) == offered


def test_every_seat_is_offered_and_what_it_is_for(project, host):
    read = json.loads((ROOT / "apps/stakeholders/catalog/roles.json").read_text())

    options = [option.text for option in soup(host.get(reverse("stakeholders:add", args=[project.pk]))).select("select[name=role] option")]  # fmt: skip

    assert {entry["title"] for entry in read["roles"]} <= set(options)


def test_every_catalog_has_a_page():
    shipped = {str(path.relative_to(ROOT / "apps")) for path in Path(ROOT / "apps").glob("*/catalog/*.json")}

    assert shipped == {file for file, *_rest in OFFERED}


def test_every_catalog_says_its_edition_and_source():
    for path in Path(ROOT / "apps").glob("*/catalog/*.json"):
        read = json.loads(path.read_text())

        assert read["edition"], path
        assert read.get("source") or read.get("sources"), path
