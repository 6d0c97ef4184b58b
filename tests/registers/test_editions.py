"""A newer edition of a catalog shows what changed before anybody takes it."""

import pytest
from django.urls import reverse

from apps.registers import catalog
from apps.registers.models import Row
from apps.risks import catalog as catalog_of_risks
from apps.risks.models import Risk, RiskRevision
from apps.tables.actions import add_known, change_row
from apps.tables.declared import register
from apps.tables.editions import newer
from tests.factories.accounts import UserFactory
from tests.factories.registers import RowFactory
from tests.pages import soup, text

ENTRY = catalog.metrics()[0]
EARLIER = "Catalog, edition 2025-01-31"


@pytest.fixture
def row(project):
    """Taken from an edition that defined the metric in other words."""
    values = {**ENTRY.values, "definition": "What it says is there"}
    return RowFactory(project=project, register="metrics", values=values, came_from=EARLIER)


def url(name, row):
    more = [] if name == "catalog" else [row.pk]
    return reverse(f"registers:{name}", args=[row.project_id, "metrics", *more])


def test_what_changed_is_shown_before_it_is_taken(viewer, editor, row):
    shown = soup(viewer.get(url("catalog", row))).select_one(f"#newer-{row.pk}")

    assert "from edition 2025-01-31" in text(shown)
    assert "What it says is there" in " ".join(gone.text for gone in shown.select("del"))
    assert shown.select("form") == []
    assert soup(editor.get(url("catalog", row))).select_one(f"#newer-{row.pk} form")


def test_taking_it_gives_the_new_words_once(editor, row):
    answers = [editor.post(url("newer_take", row), {"version": 1}).status_code for _ in range(2)]

    row.refresh_from_db()
    assert answers == [302, 409]
    assert row.values == ENTRY.values
    assert row.came_from == f"Catalog, edition {catalog.edition('metrics')}"


def test_what_was_changed_here_stays(editor, row):
    change_row(row, version=1, values={"definition": "As we say it"}, by=UserFactory())

    page = soup(editor.get(url("catalog", row))).select_one(f"#newer-{row.pk}")
    editor.post(url("newer_take", row), {"version": 2})

    row.refresh_from_db()
    assert "You changed it: yours stays." in text(page)
    assert "Leave it as it is" in text(page)
    assert row.values["definition"] == "As we say it"
    assert newer(row.project, register("metrics")) == []


def test_rows_of_this_edition_and_rows_from_elsewhere_are_left_alone(project, row):
    Row.objects.filter(pk=row.pk).update(came_from=f"Catalog, edition {catalog.edition('metrics')}")
    RowFactory(project=project, register="metrics", values={"name": "Ours"}, came_from="Card: “2025-01-01”")
    same = RowFactory(project=project, register="metrics", values=dict(catalog.metrics()[1].values), came_from=EARLIER)

    assert newer(project, register("metrics")) == []
    assert same.came_from == EARLIER


def test_a_row_with_another_name_is_still_known(project, row):
    change_row(row, version=1, values={"name": "Called otherwise here"}, by=UserFactory())

    assert [one.row for one in newer(project, register("metrics"))] == [row]


def test_a_risk_shows_what_a_newer_edition_says_of_it(editor, project):
    risk = add_known(project, "risks", known="R22", by=editor.user)
    Risk.objects.update(came_from=EARLIER)
    RiskRevision.objects.update(values={**risk.values, "cause": "As it was said then"})
    Risk.objects.update(cause="As it was said then", title="Renamed here")
    page = reverse("registers:catalog", args=[project.pk, "risks"])

    shown = soup(editor.get(page)).select_one(f"#newer-{risk.pk}")
    drawer = soup(editor.get(reverse("risks:catalog", args=[project.pk])))
    editor.post(reverse("registers:newer_take", args=[project.pk, "risks", risk.pk]), {"version": 1})

    risk.refresh_from_db()
    assert "As it was said then" in shown.text
    assert "1 of your risks differently" in text(drawer.select_one("#catalog .message"))
    assert (risk.cause, risk.title) == (catalog_of_risks.entries()[21].cause, "Renamed here")
    assert soup(editor.get(page)).select("[id^=newer-]") == []


@pytest.mark.parametrize("count", [1, 3])
def test_looking_for_news_costs_two_queries(project, count, django_assert_num_queries):
    for entry in catalog.metrics()[:count]:
        RowFactory(project=project, register="metrics", values={**entry.values, "definition": "x"}, came_from=EARLIER)

    with django_assert_num_queries(2):
        assert len(newer(project, register("metrics"))) == count
