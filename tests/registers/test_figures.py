"""A threshold as people write it: sign, figure and unit in one, each to its column."""

import pytest
from django.urls import reverse

from apps.core.cells import from_text
from apps.core.taking import ADD
from apps.registers import catalog
from apps.registers.shipped import metrics
from apps.registers.taking import read_grid
from apps.tables import columns
from apps.tables.actions import add_row
from tests.fixtures import HTMX


@pytest.mark.parametrize(
    ("sentence", "fields"),
    [
        ("faithfulness ≥ 0.95 on 300 real tickets", {"name": "Faithfulness", "direction": "at least", "threshold": "0.95", "data_set": "300 real tickets", "sample": "300"}),
        ("- p95 latency ≤ 8 s;", {"name": "P95 latency", "direction": "at most", "threshold": "8", "unit": "s"}),
        ("drafts sent with light edits (≤ 20 % changed) >= 55 %", {"name": "Drafts sent with light edits (≤ 20 % changed)", "direction": "at least", "threshold": "55", "unit": "%"}),
        ("helpfulness", {"name": "Helpfulness"}),
    ],
)  # fmt: skip
def test_a_sentence_gives_the_fields_of_a_metric(sentence, fields):
    said = metrics.reads(sentence)

    assert {key: columns.read(metrics.REGISTER.by_key[key], raw) for key, raw in said.items()} == fields


def test_a_figure_typed_into_its_cell_fills_sign_and_unit(project, host):
    row = add_row(project, "metrics", values={"name": "p95 latency"}, by=None)
    url = reverse("registers:cell", args=[project.pk, "metrics", row.pk, "threshold"])

    answer = host.post(url, {"threshold": "≤ 8 s", "version": 1}, headers=HTMX)

    row.refresh_from_db()
    assert answer.status_code == 200
    assert row.values == {"name": "p95 latency", "threshold": "8", "direction": "at most", "unit": "s"}


def test_what_stands_in_its_own_column_wins(project):
    grid = from_text("Metric\tAt least or at most\tThreshold to ship\tUnit\nCost\t≤\t0.03 €\tcent")

    block = read_grid(project, metrics.REGISTER, grid, {"same": ADD})

    assert block.refused == []
    assert block.new == [{"name": "Cost", "direction": "at most", "threshold": "0.03", "unit": "cent"}]


def test_the_beginning_of_a_title_is_enough_for_a_link():
    links = {"objective": {"1": "Handling time for the eleven topics", "2": "Median first response"}}

    assert columns.read(metrics.REGISTER.by_key["objective"], "handling time", links) == "1"


def test_a_name_chosen_from_the_catalog_brings_what_the_catalog_says(project, host):
    known = catalog.metrics()[0]

    host.post(reverse("registers:add", args=[project.pk, "metrics"]), {"name": known.name}, headers=HTMX)

    row = project.rows.get()
    assert row.values == known.values
    assert row.came_from.startswith("Catalog, edition ")
