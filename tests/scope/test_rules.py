"""What the rules across sections do where the table of breakages does not lead: drafts of another kind, and the score."""

from datetime import date
from typing import Any

import pytest

from apps.scope import score
from apps.scope.draft import Draft
from apps.scope.guidance import GUIDANCE
from apps.scope.rules import RULES

TODAY = date(2026, 11, 22)


def said(sections: dict[str, Any], **more: Any) -> dict[str, list[str]]:
    """The rules that apply to a draft, each with the names that it says."""
    draft = Draft(sections, TODAY, **more)
    found = {rule.id: [hit.name for hit in rule.applies(draft)] for rule in (*RULES, *GUIDANCE)}
    return {rule: names for rule, names in found.items() if names}


def test_an_empty_draft_breaks_no_rule_by_being_empty() -> None:
    assert said({}) == {}


def test_only_a_few_of_many_loose_risks_are_named() -> None:
    assert said({}, loose_risks=["R1", "R2", "R3", "R4", "R5"]) == {"across.orphan_risks": ["R1, R2, R3, 2 more"]}


def test_open_threads_are_counted_together() -> None:
    assert said({}, open_threads={"section:purpose": 2, "risk:1": 1}) == {"across.comments": ["3"]}


def test_a_source_that_is_not_used_and_a_risk_that_is_closed_count_for_nothing() -> None:
    sections = {
        "data": {"data_sources": [{"name": "Record", "used": "not used", "personal": True, "owner": "Nobody"}]},
        "risks": {"risks": [{"title": "TBD", "state": "closed", "owner": "Nobody"}]},
        "people": {"people": [{"name": "Maja"}], "empty_seats": [{"key": "legal"}]},
    }

    assert said(sections) == {}


@pytest.mark.parametrize("name", ["DPIA", "Data protection impact assessment", "Draft of the Impact Assessment"])
def test_an_impact_assessment_is_known_by_its_names(name: str) -> None:
    sections = {
        "responsible": {"need": "due"},
        "deliverables": {"deliverables": [{"name": name}, {"name": "Test set"}]},
    }

    assert "across.assessment_missing" not in said(sections)


@pytest.mark.parametrize("words", ["TBD", "to be confirmed by Karin", "owner: ???", "Lorem ipsum", "TODO"])
def test_what_is_still_to_be_settled_is_found_in_any_field(words: str) -> None:
    sections = {"monitoring": {"monitoring": [{"name": "Bill", "kind": "cost", "response": words}]}}

    assert said(sections)["across.to_settle"] == ["Bill"]


@pytest.mark.parametrize(("owner", "unknown"), [("Erik", False), ("erik sandberg", False), ("Olof", True)])
def test_an_owner_is_known_by_the_first_name(owner: str, unknown: bool) -> None:
    people = [{"name": "Erik Sandberg"}, {"name": "Maja Lindqvist"}]
    sections = {"people": {"people": people}, "risks": {"risks": [{"title": "Slow", "owner": owner}]}}

    assert ("across.owner_unknown" in said(sections)) is unknown


def test_rules_are_named_once() -> None:
    rules = [*RULES, *GUIDANCE]

    assert len({rule.id for rule in rules}) == len(rules)


@pytest.mark.parametrize(
    ("levels", "value"), [([], 100), (["blocker"], 75), (["warning", "hint"], 90), (["blocker"] * 9, 0)]
)
def test_a_section_loses_points_for_what_is_found(levels: list[str], value: int) -> None:
    assert score.of_section(levels) == value


def test_an_empty_section_that_is_asked_for_has_nothing() -> None:
    assert (score.of_section(["hint"], empty=True), score.of_section([], empty=True)) == (0, 100)


def test_a_project_that_is_blocked_stays_below_ninety() -> None:
    assert (score.of_project([100, 98], blocked=True), score.of_project([100, 98], blocked=False)) == (89, 99)
