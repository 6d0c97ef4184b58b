"""What a company adds to the catalogs, for all its projects."""

import pytest
from django.urls import reverse

from apps.projects.models import Objective
from apps.registers.models import Row
from apps.risks.models import Risk
from apps.tables.models import OwnEntry
from tests.factories.accounts import UserFactory
from tests.factories.projects import MembershipFactory, ObjectiveFactory
from tests.factories.registers import OwnEntryFactory, RowFactory
from tests.factories.risks import RiskFactory
from tests.pages import soup, text


def url(project, name, *more, key="metrics"):
    return reverse(f"registers:{name}", args=[project.pk, key, *more])


def catalog(client, project, key="metrics", find=""):
    return soup(client.get(f"{url(project, 'catalog', key=key)}?q={find}"))


def test_a_row_becomes_an_entry_for_every_project_without_what_belongs_to_this_one(editor, project, sign_in):
    objective = ObjectiveFactory(project=project)
    values = {"name": "Tone of voice", "definition": "Sounds like us", "owner": "Jonas", "objective": str(objective.pk)}
    row = RowFactory(project=project, register="metrics", values=values)
    elsewhere = MembershipFactory(role="editor")

    kept = editor.post(url(project, "entry_keep", row.pk))
    offered = catalog(sign_in(elsewhere.user), elsewhere.project).select_one(".catalog-list > li")

    assert kept["Location"] == url(project, "catalog")
    assert OwnEntry.objects.get().values == {"name": "Tone of voice", "definition": "Sounds like us"}
    assert "Tone of voice" in text(offered)
    assert "The company’s own" in text(offered)


def test_an_own_entry_is_added_like_a_shipped_one(editor, project):
    entry = OwnEntryFactory(register="metrics", name="Tone", values={"name": "Tone", "definition": "Ours", "gone": "x"})
    add = url(project, "catalog_add")

    answers = [editor.post(add, {"known": f"own-{entry.pk}"}).status_code for _ in range(2)]

    row = Row.objects.get()
    assert answers == [302, 409]
    assert (row.values, row.came_from) == ({"name": "Tone", "definition": "Ours"}, "The company’s catalog")


def test_a_register_without_a_shipped_catalog_has_the_companys(editor, project):
    OwnEntryFactory(register="data_sources", name="Two pairs of eyes")

    assert "Two pairs of eyes" in text(catalog(editor, project, key="data_sources"))
    assert "Nothing is in it yet" in text(catalog(editor, project, key="constraints"))


def test_an_empty_catalog_is_not_offered(editor, project):
    def offered(key):
        page = soup(editor.get(reverse("registers:list", args=[project.pk, key])))
        return page.select_one(f"a[href='{url(project, 'catalog', key=key)}']") is not None

    assert (offered("metrics"), offered("constraints")) == (True, False)

    OwnEntryFactory(register="constraints", name="Two weeks in the shadow")

    assert offered("constraints")


def test_keeping_it_again_replaces_ones_own_and_nobody_elses(editor, project):
    row = RowFactory(project=project, register="metrics", values={"name": "Tone", "definition": "Now"})
    keep = url(project, "entry_keep", row.pk)
    mine = OwnEntryFactory(register="metrics", name="tone", author=editor.user)

    assert editor.post(keep).status_code == 302
    mine.refresh_from_db()
    assert mine.values == {"name": "Tone", "definition": "Now"}

    OwnEntry.objects.update(author=UserFactory())
    refused = editor.post(keep)
    assert refused.status_code == 409
    assert "has “Tone” already" in text(soup(refused))


def test_who_kept_it_takes_it_out_and_rows_stay(editor, project, host):
    entry = OwnEntryFactory(register="metrics", author=editor.user)
    editor.post(url(project, "catalog_add"), {"known": f"own-{entry.pk}"})
    drop = url(project, "entry_drop", entry.pk)

    assert catalog(host, project).select_one(f"form[action='{drop}']") is None
    assert catalog(editor, project).select_one(f"form[action='{drop}']")
    assert (host.post(drop).status_code, editor.post(drop).status_code) == (403, 302)
    assert (OwnEntry.objects.count(), Row.objects.count()) == (0, 1)


def test_a_risk_is_kept_without_how_it_stands_here_and_added_from_its_own_catalog(editor, project, sign_in):
    risk = RiskFactory(
        project=project, title="The pump stops", cause="Old parts", likelihood=4, impact=5, owner="Karin",
        state="reducing", residual_likelihood=1, residual_impact=5, mitigation="- Spare parts",
    )  # fmt: skip
    elsewhere = MembershipFactory(role="editor")
    there = sign_in(elsewhere.user)

    kept = editor.post(url(project, "entry_keep", risk.pk, key="risks"))
    entry = OwnEntry.objects.get()
    drawer = soup(there.get(reverse("risks:catalog", args=[elsewhere.project.pk])))
    there.post(reverse("risks:catalog_add", args=[elsewhere.project.pk]), {"catalog_id": f"own-{entry.pk}"})

    made = Risk.objects.get(project=elsewhere.project)
    assert kept["Location"] == url(project, "catalog", key="risks")
    assert entry.values == {
        "name": "The pump stops", "cause": "Old parts", "response": "reduce", "mitigation": "- Spare parts",
    }  # fmt: skip
    assert "The pump stops The company’s own" in text(drawer.select_one(".catalog-list > li"))
    assert (made.title, made.score, made.state, made.owner, made.came_from, made.catalog_id) == (
        "The pump stops", None, "open", "", "The company’s catalog", "",
    )  # fmt: skip


def test_an_objective_is_kept_without_its_figures(editor, project):
    objective = ObjectiveFactory(project=project, title="First response", unit="h", baseline=11, target=4)

    editor.post(url(project, "entry_keep", objective.pk, key="objectives"))
    objective.delete()
    editor.post(url(project, "catalog_add", key="objectives"), {"known": f"own-{OwnEntry.objects.get().pk}"})

    made = Objective.objects.get()
    assert (made.title, made.unit, made.baseline, made.target) == ("First response", "h", None, None)


def test_risks_are_taken_one_by_one(editor, project):
    page = catalog(editor, project, key="risks")

    assert page.select("button[name=all]") == []
    assert "OWASP" in text(page.select_one("#known-R22"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_catalog_costs_the_same_with_any_number_of_own_entries(editor, project, count, django_assert_num_queries):
    OwnEntryFactory.create_batch(count, register="constraints")

    with django_assert_num_queries(5):
        page = catalog(editor, project, key="constraints")

    assert len(page.select(".catalog-list > li")) == count
