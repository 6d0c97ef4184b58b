"""Rules across sections and guidance: a draft broken on purpose is found by its rule, and a good one by none."""

from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from apps.scope import score
from apps.scope.draft import Draft
from apps.scope.guidance import GUIDANCE
from apps.scope.rules import RULES

TODAY = date(2026, 11, 22)
GOOD: dict[str, Any] = {
    "purpose": {"title": "Purpose", "text": "Agents copy replies by hand."},
    "objectives": {"objectives": [{"title": "Faster", "due": "2027-09-30", "owner": "Maja"}]},
    "deliverables": {"deliverables": [{"name": "Evaluation set", "due": "2027-01-15", "owner": "Jonas"}, {"name": "Pilot", "due": "2027-06-01", "owner": "Priya"}]},
    "people": {"people": [{"name": name} for name in ("Maja", "Jonas", "Priya", "Karin")], "empty_seats": []},
    "data": {"text": "", "data_sources": [{"name": "Handbook", "personal": False}]},
    "architecture": {"text": "", "diagram": {
        "components": [
            {"lane": "sources", "name": "Handbook", "detail": "", "zone": "ours"},
            {"lane": "model", "name": "Language model", "detail": "", "zone": "vendor"},
            {"lane": "serving", "name": "Draft in the ticket", "detail": "an agent edits it", "zone": "ours"},
        ], "flows": [],
    }},
    "dependencies": {"text": "", "dependencies": [{"name": "Contract", "kind": "vendor", "needed_by": "2027-01-10", "owner": "Karin"}]},
    "metrics": {"metrics": [{"name": "Faithfulness", "objective": "Faster", "sample": "300", "owner": "Jonas"}]},
    "monitoring": {"monitoring": [{"name": "Errors", "kind": "quality", "owner": "Maja"}, {"name": "Cost", "kind": "cost", "owner": "Priya"}]},
    "risks": {"risks": []},
    "responsible": {"tier": "minimal", "need": "none", "criteria": []},
}  # fmt: skip
READ = dict.fromkeys(GOOD, 2)


def said(sections: dict[str, Any], **more: Any) -> set[str]:
    draft = Draft(sections, TODAY, more.get("open_threads", {}), more.get("readers", READ))
    return {rule.id for rule in (*RULES, *GUIDANCE) if list(rule.applies(draft))}


def broken(section: str, key: str, value: Any) -> dict[str, Any]:
    sections = deepcopy(GOOD)
    sections[section][key] = value
    return sections


def worded(text: str) -> dict[str, Any]:
    return broken("purpose", "text", text)


SOURCE = {"name": "Handbook", "personal": True}
BREAKAGES = [
    ("across.objective_unmeasured", broken("metrics", "metrics", [{"name": "Cost", "objective": "", "sample": "300"}])),
    ("across.no_metrics", broken("metrics", "metrics", [])),
    ("across.no_end_user", broken("people", "empty_seats", [{"key": "end_user"}])),
    ("across.vendor_without_contract", broken("dependencies", "dependencies", [])),
    ("across.source_not_drawn", broken("data", "data_sources", [{"name": "Replies", "personal": False}])),
    ("across.objective_too_early", broken("objectives", "objectives", [{"title": "Faster", "due": "2026-12-01"}])),
    ("across.dependency_too_late", broken("dependencies", "dependencies", [{"name": "Contract", "kind": "vendor", "needed_by": "2028-01-01"}])),
    ("across.quality_unwatched", broken("monitoring", "monitoring", [{"name": "Cost", "kind": "cost"}])),
    ("across.cost_unwatched", broken("monitoring", "monitoring", [{"name": "Errors", "kind": "quality"}])),
    ("across.thin_sample", broken("metrics", "metrics", [{"name": "Faithfulness", "objective": "Faster", "sample": "20"}])),
    ("across.owner_unknown", broken("monitoring", "monitoring", [{"name": "Errors", "kind": "quality", "owner": "Olof"}, {"name": "Cost", "kind": "cost"}])),
    ("across.triage_contradicted", broken("data", "data_sources", [SOURCE])),
    ("across.assessment_missing", broken("responsible", "need", "due")),
    ("across.duty_without_owner", broken("dependencies", "dependencies", [{"name": "Contract", "kind": "vendor", "came_from": "Triage, GDPR 28"}])),
    ("guidance.prompt_first", worded("We fine-tune a model on our replies.")),
    ("guidance.tune_first", worded("We train our own model from scratch.")),
    ("guidance.no_gpus", worded("It runs on one GPU server.")),
    ("guidance.buy", worded("We build our own ticket editor.")),
    ("guidance.evaluation_first", broken("deliverables", "deliverables", [{"name": "Pilot", "due": "2027-01-15"}])),
    ("guidance.narrow", broken("objectives", "objectives", [{"title": "Faster", "due": "2027-09-30"}] * 6)),
]  # fmt: skip


def test_a_good_draft_is_left_alone() -> None:
    assert said(GOOD) == set()


@pytest.mark.parametrize(("rule", "sections"), BREAKAGES)
def test_what_was_broken_is_found_and_nothing_else(rule: str, sections: dict[str, Any]) -> None:
    assert said(sections) == {rule}


def test_nobody_from_legal_although_personal_data_are_used() -> None:
    sections = broken("data", "data_sources", [SOURCE])
    sections["people"]["empty_seats"] = [{"key": "legal"}]
    sections["responsible"]["criteria"] = ["new technology"]

    assert said(sections) == {"across.no_officer"}


def test_open_comments_and_sections_that_nobody_else_read() -> None:
    assert said(GOOD, open_threads={"section:purpose": 2}) == {"across.comments"}
    assert said(GOOD, readers={**READ, "purpose": 0}) == {"across.unread"}


def test_one_owner_for_everything() -> None:
    sections = broken("objectives", "objectives", [{"title": "Faster", "due": "2027-09-30", "owner": "Maja"}] * 5)
    sections["dependencies"]["dependencies"][0]["owner"] = "Maja"

    assert said(sections) == {"across.one_owner"}


def test_a_drawing_without_a_person() -> None:
    sections = deepcopy(GOOD)
    sections["architecture"]["diagram"]["components"][2] = {
        "lane": "serving",
        "name": "Chat",
        "detail": "",
        "zone": "ours",
    }

    assert said(sections) == {"guidance.person"}


def test_an_empty_draft_breaks_no_rule_by_being_empty() -> None:
    assert said({}, readers={}) == set()


def test_rules_are_named_once_and_explain_themselves() -> None:
    rules = [*RULES, *GUIDANCE]

    assert len({rule.id for rule in rules}) == len(rules)
    assert all(str(rule.message) and str(rule.why) for rule in rules)


@pytest.mark.parametrize(
    ("levels", "value"), [([], 100), (["blocker"], 75), (["warning", "hint"], 90), (["blocker"] * 9, 0)]
)
def test_a_section_loses_points_for_what_is_found(levels: list[str], value: int) -> None:
    assert score.of_section(levels) == value


def test_a_project_that_is_blocked_stays_below_ninety() -> None:
    assert (score.of_project([100, 98], blocked=True), score.of_project([100, 98], blocked=False)) == (89, 99)
