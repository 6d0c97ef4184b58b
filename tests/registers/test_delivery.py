"""Three points for each step of the delivery plan: typed as one, kept as three, read as a range."""

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from django.urls import reverse

from apps.registers import section
from apps.registers.shipped.delivery import as_range, sums
from apps.tables.actions import add_row
from apps.tables.declared import register
from tests.fixtures import HTMX
from tests.pages import soup, text

PLAN = register("delivery")


def step(project, by, **values):
    return add_row(project, "delivery", values={"name": "Handbook cleaned", **values}, by=by)


def cell(project, row, key="sprints"):
    return reverse("registers:cell", args=[project.pk, "delivery", row.pk, key])


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("1/2/4", ("1", "2", "4")), ("0.5 / 1 / 2", ("0.5", "1", "2")), ("0,5/1/2", ("0.5", "1", "2")), ("2", (None, "2", None))],
)  # fmt: skip
def test_three_points_are_typed_as_one(project, host, typed, kept):
    row = step(project, host.user)

    answer = host.post(cell(project, row), {"sprints": typed, "version": 1}, headers=HTMX)

    row.refresh_from_db()
    assert answer.status_code == 200
    assert tuple(row.values.get(key) for key in ("best", "sprints", "worst")) == kept


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_points_out_of_order_are_refused_and_kept_in_the_field(project, host, headers):
    row = step(project, host.user, sprints="1/2/4")

    answer = host.post(cell(project, row), {"sprints": "5", "version": 1}, headers=headers)

    row.refresh_from_db()
    assert (answer.status_code, row.values["sprints"]) == (409, "2")
    assert "1 / 5 / 4 is out of order" in text(soup(answer))
    assert soup(answer).select_one("[name=sprints][value='5']")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"best": "1", "sprints": "2", "worst": "4"}, "2 (1–4)"),
        ({"sprints": "2", "worst": "4"}, "2 (2–4)"),
        ({"sprints": "2"}, "2"),
        ({"best": "1", "worst": "4"}, "1–4"),
        ({}, ""),
    ],
)
def test_a_step_is_read_as_a_range(values, words):
    assert as_range(values) == words


def test_the_plan_says_what_its_steps_come_to():
    rows = [{"best": "1", "sprints": "2", "worst": "4"}, {"best": "1", "sprints": "1", "worst": "2"}, {"name": "Later"}]

    # Means 13/6 and 7/6, standard deviations 3/6 and 1/6: 3.33 + 0.8416 × 0.527.
    assert sums(rows).startswith(
        "Together 3 sprints, from 2 at best to 6 at worst; 80 of 100 such plans need at most 3.8"
    )
    assert sums([{"sprints": "2"}, {"sprints": "1"}]) == "Together 3 sprints, one step after the other."
    assert sums([{"sprints": "2"}, {"name": "Later"}]) == ""


@pytest.mark.parametrize("medium", ["page", "pdf"])
def test_document_and_paper_show_ranges_and_sum_once(project, host, medium):
    step(project, host.user, sprints="1/2/4")
    step(project, host.user, sprints="1/1/2")
    part = section.part(PLAN)
    drawn = part.snapshot(project)

    found = BeautifulSoup(
        render_to_string(part.template, {"part": part, "drawn": drawn, "medium": medium}), "html.parser"
    )

    assert [cell.get_text(strip=True) for cell in found.select("td[data-label=Sprints]")] == ["2 (1–4)", "1 (1–2)"]
    assert "Together 3 sprints, from 2 at best to 6 at worst" in text(found)
    assert "At best" not in text(found).replace("at best", "")


def test_the_table_says_the_sum(project, host):
    step(project, host.user, sprints="1/2/4")
    step(project, host.user, sprints="1/1/2")

    page = soup(host.get(reverse("registers:list", args=[project.pk, "delivery"])))

    assert "Together 3 sprints" in text(page.select_one("#rows-summary"))
