import json
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from apps.projects import sections
from apps.registers import catalog, section
from apps.registers.declared import registers
from apps.tables import columns
from apps.tables.actions import add_row
from apps.tables.declared import register
from apps.tables.enums import Kind
from tests.factories.accounts import UserFactory
from tests.factories.projects import ObjectiveFactory
from tests.factories.registers import RowFactory
from tests.pages import soup, text

TODAY = timezone.localdate()
YESTERDAY = (TODAY - timedelta(days=1)).isoformat()
TOMORROW = (TODAY + timedelta(days=1)).isoformat()

GOOD = {
    "data_sources": {
        "name": "Sent replies", "party": "third party", "owner": "Tomas", "used": "from the start", "personal": True,
        "special": True, "special_basis": "care", "legal_basis": "consent", "licence": "CC BY", "quality": "Gaps", "access": "granted",
    },
    "dependencies": {"name": "Ticket API", "owner": "Tomas", "needed_by": TOMORROW, "effect": "The pilot waits", "told": "Priya"},
    "constraints": {"name": "Stays in the EU", "source": "Karin"},
    "decisions": {"name": "Agents send", "decided_by": "Everyone", "revisit_on": TOMORROW},
    "deliverables": {"name": "Pilot", "acceptance": "All thresholds hold", "due": TOMORROW, "owner": "Priya"},
    "metrics": {
        "name": "Faithfulness", "threshold": "0.95", "data_set": "300 tickets", "owner": "Jonas",
        "objective": "some", "direction": "at least", "sample": "300",
    },
    "monitoring": {"name": "Cost", "owner": "Priya", "alarm": "25 €", "response": "Cap it", "cadence": "daily", "kind": "change", "pinned": "Of 1 May"},
    "safeguards": {"name": "An agent reads it", "area": "oversight", "owner": "Erik", "time": "14", "evidence": "Report"},
    "test_sets": {"name": "300 tickets", "owner": "Jonas", "ready": TOMORROW, "labels": "Fatima", "apart": "So", "renewal": "Yearly"},
    "feasibility": {"name": "Can it?", "decides": True, "rating": "yes", "evidence": "A test"},
    "model_options": {"name": "Do nothing", "verdict": "ruled out", "reason": "The wait stays"},
    "model_criteria": {"name": "Quality", "weight": "30"},
    "delivery": {"name": "Pilot", "kind": "pilot", "best": "1", "sprints": "2", "worst": "3", "owner": "Erik", "check_in": "Erik", "stop": "Errors"},
}  # fmt: skip


def broken(key, values):
    return [rule.id for rule in register(key).rules if rule.breaks(values, TODAY)]


@pytest.mark.parametrize("key", [found.key for found in registers()])
def test_a_good_row_breaks_no_rule(key):
    assert broken(key, GOOD[key]) == []


@pytest.mark.parametrize(
    ("key", "change"),
    [
        ("data_sources", {"used": "not used", "legal_basis": None, "owner": None, "access": "refused"}),
        ("dependencies", {"state": "there", "needed_by": YESTERDAY, "owner": None, "effect": None, "told": None}),
        ("deliverables", {"state": "accepted", "due": YESTERDAY}),
    ],
)
def test_nothing_is_asked_of_what_is_out_of_play(key, change):
    values = {name: value for name, value in {**GOOD[key], **change}.items() if value is not None}

    assert broken(key, values) == []


def test_a_finding_leads_to_the_field_that_mends_it(project):
    row = RowFactory(project=project, values={"name": "Sent replies", "personal": True, "owner": "Tomas", "access": "granted"})  # fmt: skip

    found = next(found for found in sections.section("data").findings(project) if found.rule == "D1")

    assert found.message == "“Sent replies” has personal data and no legal basis"
    assert found.url.endswith(f"/registers/data_sources/{row.pk}/edit/#id_legal_basis")
    assert (found.level, found.section) == ("blocker", "data")


def test_the_snapshot_is_plain_json_with_links_in_words(project):
    objective = ObjectiveFactory(project=project, title="Customers wait less")
    values = {"name": "Faithfulness", "threshold": "0,95", "objective": "customers wait LESS"}
    row = add_row(project, "metrics", values=values, came_from="Card 3", by=UserFactory())

    snapshot = sections.section("metrics").snapshot(project)

    assert row.values["objective"] == str(objective.pk)
    assert json.loads(json.dumps(snapshot["metrics"])) == [
        {"id": str(row.pk), "name": "Faithfulness", "threshold": "0.95", "objective": "Customers wait less", "came_from": "Card 3"}
    ]  # fmt: skip


def test_reading_all_sections_asks_for_the_rows_once(project, django_assert_num_queries):
    RowFactory(project=project)
    with django_assert_num_queries(1), sections.reading(project):
        for found in registers():
            section.snapshot(project, register=found)
            section.findings(project, register=found)


def test_outside_of_reading_nothing_is_remembered(project):
    part = section.part(register("data_sources"))
    with sections.reading(project):
        assert part.snapshot(project) == []

    RowFactory(project=project)

    assert len(part.snapshot(project)) == 1


@pytest.mark.parametrize("medium", ["page", "pdf"])
def test_a_baseline_from_before_the_registers_still_draws(medium):
    drawn = render_to_string("dprd/_snapshot.html", {"snapshot": {"text": "Four sources."}, "medium": medium})

    assert "Four sources." in drawn
    assert "<table" not in drawn


def test_a_column_or_choice_that_went_since_is_still_drawn():
    rows = [{"id": "1", "name": "Handbook", "smell": "old paper", "access": "lent"}]

    drawn = render_to_string("dprd/_snapshot.html", {"snapshot": {"text": "", "data_sources": rows}, "medium": "pdf"})

    assert "smell" in drawn
    assert "old paper" in drawn
    assert "lent" in drawn


@pytest.mark.parametrize("medium", ["page", "pdf"])
def test_every_field_of_every_register_is_drawn(medium):
    samples = {Kind.YES_NO: True, Kind.DAY: "2027-01-31", Kind.NUMBER: "7"}
    for found in registers():
        row = {column.key: samples.get(column.kind, f"words of {column.key}") for column in found.columns}
        part = section.part(found)

        drawn = render_to_string(part.template, {"drawn": [row], "part": part, "medium": medium})

        missing = [column.key for column in found.columns if columns.show(column, row[column.key]) not in drawn]
        assert missing == []


def test_every_register_is_drawn_by_the_section_that_it_is_attached_to():
    ours = {register.key for register in registers()}
    for found in sections.all_sections():
        for part in (part for part in found.parts if part.key in ours):
            snapshot = {"text": "", part.key: [{"id": "1", "name": "A row that must be there"}]}
            assert "A row that must be there" in render_to_string(
                found.template, {"snapshot": snapshot, "medium": "pdf"}
            )


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", "‏שלום", "a" * 300, "{{ x }}", "'\"<b>"])
def test_whatever_people_write_is_only_text(words):
    drawn = render_to_string("dprd/_snapshot.html", {"snapshot": {"text": "", "data_sources": [{"name": words, "contents": words}]}, "medium": "pdf"})  # fmt: skip

    assert "<script" not in drawn
    assert "<b>&#x27;" not in drawn


def test_the_draft_shows_thirty_rows_and_leads_to_the_table_while_paper_has_all(project, host):
    RowFactory.create_batch(31, project=project)
    part = section.part(register("data_sources"))

    page = soup(host.get(reverse("dprd:document", args=[project.pk])))
    paper = render_to_string(part.template, {"drawn": part.snapshot(project), "part": part, "medium": "pdf"})

    drawn = page.select_one("#attached-data_sources")
    assert len(drawn.select("tbody")) == 30
    assert drawn.find("a", string="All 31 in the table")["href"] == part.edit_url(project)
    assert paper.count("<tbody>") == 31


def test_paper_says_of_a_row_only_what_its_reader_wants(project):
    [known] = [row for row in catalog.questions() if row.values.get("decides") is False][:1]
    row = {"id": "1", **known.values, "rating": "yes", "came_from": "Catalog, edition 2026-11-22"}
    triage = {"id": "2", "name": "Impact assessment", "came_from": "Triage, GDPR 35"}
    context = {"snapshot": {"feasibility": [row, triage]}, "medium": "pdf"}

    words = render_to_string("registers/section.html", context)

    assert known.name in words
    assert "Triage, GDPR 35" in words
    assert "Catalog, edition" not in words
    assert "Decides alone" not in words


@pytest.mark.parametrize("medium", ["page", "pdf"])
def test_questions_of_the_catalog_that_nobody_answered_are_only_counted(medium):
    first, *rest = [
        {"id": known.id, **known.values, "came_from": "Catalog, edition 2026-11-22"} for known in catalog.questions()
    ]
    own = {"id": "own", "name": "Does the works council agree?"}
    context = {"snapshot": {"feasibility": [{**first, "rating": "not known"}, *rest, own]}, "medium": medium}

    drawn = BeautifulSoup(render_to_string("registers/section.html", context), "html.parser")

    assert [row.get_text() for row in drawn.select("th[scope=row]")] == [first["name"], own["name"]]
    assert drawn.find("p", string=f"{len(rest)} questions of the catalog are not answered yet.")


def test_where_nothing_is_answered_the_count_stands_alone():
    rows = [{"id": "1", "name": "Can it?", "came_from": "Catalog, edition 2026-11-22"}]

    drawn = render_to_string("registers/section.html", {"snapshot": {"feasibility": rows}, "medium": "pdf"})

    assert drawn.strip() == '<p class="small soft">1 question of the catalog is not answered yet.</p>'


@pytest.mark.parametrize("snapshot", [{}, {"feasibility": []}])
def test_a_section_without_rows_says_so(snapshot):
    drawn = render_to_string("registers/section.html", {"snapshot": snapshot, "medium": "pdf"})

    assert drawn.strip() == '<p class="soft">Nothing stands here.</p>'


def test_the_form_tells_what_readiness_will_ask_for_from_what_is_optional(project, host):
    page = soup(host.get(reverse("registers:add", args=[project.pk, "dependencies"])))

    said = {name: text(page.select_one(f"label[for=id_{name}]")) for name in ("name", "owner", "kind")}
    assert said == {"name": "Dependency", "owner": "Owner may come later", "kind": "Kind optional"}
