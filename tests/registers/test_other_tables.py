"""Risks and objectives are tables too: what registers can, they can, and nothing that they had is lost."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from apps.core.errors import DomainError, Stale
from apps.events.models import Event
from apps.projects.actions import add_member
from apps.projects.enums import Role
from apps.projects.permissions import Perm, granted
from apps.projects.section_objectives import SECTION as OBJECTIVES
from apps.risks.actions import change_risk, close_risk
from apps.risks.section import SECTION as RISKS
from apps.tables.actions import add_row, change_row, change_rows, move_row, remove_rows, restore_row, undo
from apps.tables.enums import Change
from tests.factories.accounts import UserFactory
from tests.factories.projects import MembershipFactory, ObjectiveFactory
from tests.factories.risks import RiskFactory
from tests.factories.stakeholders import StakeholderFactory
from tests.fixtures import HTMX
from tests.pages import soup

FACTORIES = {"risks": RiskFactory, "objectives": ObjectiveFactory}


def url(project, key, name="list", *more):
    return reverse(f"registers:{name}", args=[project.pk, key, *more])


def shown(page):
    return [row.select_one("th .words").get_text() for row in page.select("tr[data-row]")]


def test_whoever_writes_sections_writes_what_their_tables_hold():
    """The doors of the tables ask for SECTION_EDIT alone."""
    for role in Role:
        assert granted(role, Perm.SECTION_EDIT) == granted(role, Perm.RISK_EDIT) == granted(role, Perm.PROJECT_EDIT)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("key", "asked"), [("risks", 7), ("objectives", 9)])
def test_a_table_costs_the_same_at_any_length(project, host, key, asked, count, django_assert_num_queries):
    FACTORIES[key].create_batch(count, project=project)
    host.get(url(project, key))

    with django_assert_num_queries(asked):
        response = host.get(url(project, key))

    assert len(shown(soup(response))) == count


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_a_cell_of_a_risk_is_changed_and_its_score_with_it(project, host, headers):
    risk = RiskFactory(project=project, likelihood=4, impact=3)
    sent = {"impact": "5", "version": 1}

    answer = host.post(url(project, "risks", "cell", risk.pk, "impact"), sent, headers=headers)
    page = soup(answer if headers else host.get(answer["Location"]))

    risk.refresh_from_db()
    assert (answer.status_code, risk.score) == (200 if headers else 302, 20)
    assert page.select_one("td[data-figure]").get_text() == "20"
    assert headers == {} or answer["HX-Trigger"] == "risks:changed"


def test_history_begins_with_what_a_row_was_before_it_had_one(project, host):
    risk = RiskFactory(project=project, title="Late data")

    change_row(risk, version=1, values={"name": "Very late data"}, by=host.user)
    page = soup(host.get(url(project, "risks", "row_history", risk.pk)))

    assert [each.change for each in risk.revisions.all()] == [Change.CHANGED, Change.FOUND]
    newest, first = page.select(".row-done")
    assert (newest.select_one("ins").get_text(), "Late data" in first.get_text()) == ("Very late", True)
    restore = page.select_one("form[action$='/restore/']")
    host.post(restore["action"], {"version": 2})
    risk.refresh_from_db()
    assert risk.title == "Late data"


def test_the_form_and_the_table_write_into_one_row_together(project, editor):
    risk = RiskFactory(project=project, title="Late data", owner="")
    seen = {
        "title": "Very late data",
        "likelihood": 3,
        "impact": 3,
        "response": "reduce",
        "state": "open",
        "version": 1,
    }
    change_row(risk, version=1, values={"owner": "Fatima"}, by=UserFactory())

    answer = editor.post(reverse("risks:edit", args=[project.pk, risk.pk]), seen)

    risk.refresh_from_db()
    assert (answer.status_code, risk.title, risk.owner, risk.version) == (302, "Very late data", "Fatima", 3)


def test_a_form_that_is_refused_keeps_what_was_typed_and_takes_over_the_rest(project, editor):
    objective = ObjectiveFactory(project=project, title="Waits")
    change_row(objective, version=1, values={"name": "Short waits", "unit": "h"}, by=UserFactory())

    answer = editor.post(
        reverse("projects:objective_edit", args=[project.pk, objective.pk]), {"title": "Waits by half", "version": 1}
    )

    form = soup(answer).select_one(".objective-form")
    assert answer.status_code == 409
    assert [form.select_one(f"[name={name}]")["value"] for name in ("title", "unit", "version")] == ["Waits by half", "h", "2"]  # fmt: skip
    assert objective.revisions.get(change=Change.KEPT).sent["name"] == "Waits by half"


def test_the_same_field_twice_is_refused_and_nothing_is_lost(project):
    risk = RiskFactory(project=project)
    change_row(risk, version=1, values={"owner": "Fatima"}, by=UserFactory())

    with pytest.raises(Stale):
        change_risk(risk, version=1, owner="Erik", by=UserFactory())

    risk.refresh_from_db()
    assert (risk.owner, risk.revisions.get(change=Change.KEPT).sent) == ("Fatima", {"owner": "Erik"})


def test_a_risk_added_by_its_name_alone_is_a_whole_risk(project, host):
    RiskFactory(project=project, number=6)

    answer = host.post(url(project, "risks", "add"), {"name": "Late data", "client_key": "k"}, headers=HTMX)

    risk = project.risks.get(title="Late data")
    assert answer.status_code == 200
    assert (risk.ref, risk.rating, risk.response, risk.state) == ("R7", None, "reduce", "open")
    assert Event.objects.filter(stream=project.stream).last().kind == "risk.raised"


def test_what_cannot_be_empty_is_chosen(project, host):
    risk = RiskFactory(project=project)

    answer = host.post(url(project, "risks", "cell", risk.pk, "response"), {"response": "", "version": 1}, headers=HTMX)

    assert (answer.status_code, soup(answer).select_one(".error").get_text()) == (422, "Choose one.")
    with pytest.raises(DomainError, match="Response: choose one"):
        change_row(risk, version=1, values={"response": ""}, by=host.user)


def test_one_rating_after_mitigation_brings_the_other_and_takes_it_away(project):
    risk, anna = RiskFactory(project=project, likelihood=4, impact=5), UserFactory()

    rated = change_row(risk, version=1, values={"residual_likelihood": "2"}, by=anna)
    assert (rated.residual_likelihood, rated.residual_impact) == (2, 5)

    cleared = change_row(risk, version=2, values={"residual_impact": ""}, by=anna)
    assert cleared.residual_score is None


def test_a_risk_is_closed_where_it_is_asked_why(project, host):
    risk = RiskFactory(project=project)

    answer = host.post(url(project, "risks", "cell", risk.pk, "state"), {"state": "closed", "version": 1}, headers=HTMX)

    assert answer.status_code == 409
    assert "it asks why it is closed" in soup(answer).get_text()
    close_risk(risk, note="The vendor signed.", version=1, by=host.user)
    assert risk.revisions.first().values["closing_note"] == "The vendor signed."


def test_a_block_of_risks_is_pasted_in_the_words_of_a_spreadsheet(project, host):
    text = "Risk\tLikelihood\tImpact\tOwner\tState\nLate data\tLikely\t5\tErik\topen\nDone\t1\t1\t\tclosed\nOdd\tsometimes\t2\t\t"
    preview = soup(host.post(url(project, "risks", "paste"), {"text": text}))
    refused = preview.select_one("#refused").get_text()
    assert "why it is closed" in refused
    assert "“sometimes” is not one of" in refused

    sent = {"text": text, "do": "take", "client_key": "p", "head": "yes", **{f"to_{at}": key for at, key in enumerate(("name", "likelihood", "impact", "owner", "state"))}}  # fmt: skip
    host.post(url(project, "risks", "paste"), sent)

    risk = project.risks.get()
    assert (risk.title, risk.likelihood, risk.impact, risk.owner) == ("Late data", 4, 5, "Erik")


@pytest.mark.parametrize("key", ["risks", "objectives"])
def test_an_export_can_be_imported_again(project, host, key):
    values = {
        "risks": {"name": "Late data", "cause": "a queue", "likelihood": "4", "impact": "5", "mitigation": "- ask\n- wait", "mitigation_due": "2027-01-10", "state": "accepted", "response": "accept", "residual_likelihood": "1", "residual_impact": "2"},
        "objectives": {"name": "Short waits", "unit": "h", "baseline": "11.5", "target": "4", "direction": "at_most", "due": "2027-09-30"},
    }[key]  # fmt: skip
    row = add_row(project, key, values=values, by=host.user)
    file = host.get(url(project, key, "export", "xlsx")).content
    remove_rows(project, key, rows=[row.pk], by=host.user)

    preview = soup(host.post(url(project, key, "import"), {"file": SimpleUploadedFile("rows.xlsx", file)}))
    sent = {field["name"]: field.get("value") or field.get_text().strip() for field in preview.select("main [name]:not(select)")}  # fmt: skip
    host.post(url(project, key, "paste"), {**sent, "do": "take"})

    (again,) = type(row).objects.filter(project=project)
    assert again.pk != row.pk
    assert again.values == values
    assert load_workbook(BytesIO(file)).active.max_row == 2


def test_a_figure_that_the_field_cannot_hold_is_refused(project):
    with pytest.raises(DomainError, match="more than 3 decimals"):
        add_row(project, "objectives", values={"name": "Short waits", "target": "1.2345"}, by=UserFactory())


@pytest.mark.parametrize("key", ["risks", "objectives"])
def test_removed_rows_leave_every_page_and_come_back(project, host, key):
    rows = [FACTORIES[key](project=project, title=title) for title in ("Stays", "Goes")]
    section = {"risks": RISKS, "objectives": OBJECTIVES}[key]

    answer = host.post(url(project, key, "bulk"), {"do": "remove", "rows": [rows[1].pk]}, headers=HTMX)

    assert shown(soup(answer)) == ["Stays"]
    assert [row["title"] for row in section.snapshot(project)[key]] == ["Stays"]
    host.post(soup(answer).select_one("#undo form")["action"], headers=HTMX)
    assert {row["title"] for row in section.snapshot(project)[key]} == {"Stays", "Goes"}


def test_the_number_of_a_removed_risk_is_not_given_again(project):
    anna = UserFactory()
    first = add_row(project, "risks", values={"name": "Late data"}, by=anna)
    remove_rows(project, "risks", rows=[first.pk], by=anna)

    assert add_row(project, "risks", values={"name": "Wrong advice"}, by=anna).ref == "R2"
    first.refresh_from_db()
    restored = restore_row(first, first.revisions.last(), version=first.version, by=anna)
    assert (restored.ref, restored.removed_at) == ("R1", None)


def test_an_objective_removed_by_its_button_can_be_had_back(project, editor):
    objective = ObjectiveFactory(project=project, title="Short waits")

    editor.post(reverse("projects:objective_remove", args=[project.pk, objective.pk]))

    assert not project.objectives.exists()
    assert "Short waits" in soup(editor.get(url(project, "objectives", "history"))).select_one(".rows").get_text()


def test_several_risks_get_an_owner_who_is_a_member_and_that_is_undone(project, host):
    karin = MembershipFactory(project=project, user=UserFactory(name="Karin Åström"), role="viewer").user
    risks = RiskFactory.create_batch(2, project=project, owner="Erik")
    done = change_rows(
        project, "risks", rows=[risk.pk for risk in risks], values={"owner": " karin  åström"}, by=host.user
    )
    assert set(project.risks.values_list("owner_user", flat=True)) == {karin.pk}

    undo(project, "risks", done.id, by=host.user)

    assert set(project.risks.values_list("owner", "owner_user")) == {("Erik", None)}


@pytest.mark.parametrize("key", ["risks", "objectives", "data_sources"])
def test_mine_are_those_that_i_answer_for_also_when_i_came_later(project, host, key):
    me = host.user
    for name, owner in (("By address", me.email), ("By name", me.name), ("Of somebody", "Erik")):
        add_row(project, key, values={"name": name, "owner": owner}, by=me)
    old = add_row(project, key, values={"name": "From before", "owner": me.name}, by=me)
    type(old)._base_manager.filter(pk=old.pk).update(owner_user=None)

    page = soup(host.get(url(project, key), {"mine": "1"}))

    assert shown(page) == ["By address", "By name", "From before"]
    assert page.select_one(".rows-find [name=mine]").has_attr("checked")
    assert shown(soup(host.get(url(project, key), {"mine": "1", "find": "address"}))) == ["By address"]


@pytest.mark.parametrize("key", ["risks", "objectives", "data_sources"])
def test_who_becomes_a_member_answers_for_what_has_their_name(project, host, key):
    karin = UserFactory(name="Karin Åström")
    rows = [
        add_row(project, key, values={"name": name, "owner": name}, by=host.user) for name in ("karin åström", "Erik")
    ]

    add_member(project, karin, role=Role.EDITOR, by=host.user)

    for row in rows:
        row.refresh_from_db()
    assert [row.owner_user for row in rows] == [karin, None]
    assert rows[0].version == 1


def test_two_people_of_one_name_are_nobody_in_particular(project, host):
    for _ in range(2):
        MembershipFactory(project=project, user=UserFactory(name="Anna Berg"), role="viewer")

    row = add_row(project, "data_sources", values={"name": "Handbook", "owner": "Anna Berg"}, by=host.user)

    assert (row.values["owner"], row.owner_user) == ("Anna Berg", None)


@pytest.mark.parametrize("page", ["risks:raise", "projects:objective_add", "registers:list"])
def test_names_of_members_and_stakeholders_are_offered(project, host, page):
    StakeholderFactory(project=project, name="Fatima Nouri")
    args = [project.pk, "risks"] if page.startswith("registers") else [project.pk]

    offered = [option["value"] for option in soup(host.get(reverse(page, args=args))).select("#people option")]

    assert {"Fatima Nouri", host.user.name} <= set(offered)


def test_an_owner_leads_to_their_page(project, viewer):
    fatima = StakeholderFactory(project=project, name="Fatima Nouri")
    risk = RiskFactory(project=project, owner="fatima nouri")

    page = soup(viewer.get(risk.get_absolute_url()))

    assert page.find("a", string="fatima nouri")["href"] == reverse("stakeholders:show", args=[project.pk, fatima.pk])


def test_equal_risks_stand_in_the_order_of_the_table(project, host):
    first, second = (add_row(project, "risks", values={"name": name}, by=host.user) for name in "AB")

    move_row(second, to="up", by=host.user)

    assert shown(soup(host.get(url(project, "risks")))) == ["B", "A"]
    assert list(project.risks.by_score()) == [second, first]


def test_a_row_of_risks_is_the_page_of_the_risk(project, viewer):
    risk = RiskFactory(project=project)

    answer = viewer.get(url(project, "risks", "row", risk.pk))

    assert (answer.status_code, answer["Location"]) == (302, risk.get_absolute_url())


def test_an_objective_has_a_page_with_what_is_said_of_it(project, viewer):
    objective = ObjectiveFactory(project=project, title="Improve customer experience")

    words = soup(viewer.get(objective.get_absolute_url())).main.get_text()

    assert "by how much?" in words.casefold()


def test_sentences_are_read_into_the_fields_of_objectives_one_a_line(project, host):
    said = "1. Improve customer experience.\n2. Median first response from 11 h to 4 h by 30 September 2027, ticket report, Maja."

    seen = soup(host.post(url(project, "objectives", "paste"), {"text": said}))
    kept = {
        field["name"]: field.get("value", field.get_text()) for field in seen.select("main [name]:not(select, button)")
    }
    host.post(url(project, "objectives", "paste"), {**kept, "do": "take"})

    assert list(project.objectives.values_list("title", "unit", "baseline", "target", "method", "owner")) == [
        ("Improve customer experience", "", None, None, "", ""),
        ("Median first response", "h", 11, 4, "ticket report", "Maja"),
    ]


def test_cells_with_heads_stay_cells_and_other_tables_read_no_sentences(project, host):
    host.post(url(project, "objectives", "paste"), {"text": "Objective;Today\nCost from 8 to 3;8", "do": "take"})
    host.post(url(project, "risks", "paste"), {"text": "Cost from 8 to 3", "do": "take"})

    assert [(one.title, one.baseline) for one in project.objectives.all()] == [("Cost from 8 to 3", 8)]
    assert project.risks.get().title == "Cost from 8 to 3"
