import json
from datetime import date

import pytest
from django.template.loader import render_to_string
from django.utils.html import strip_tags

from apps.risks import section
from tests.factories.risks import RiskFactory

WHOLE = {
    "likelihood": 4,
    "impact": 5,
    "owner": "Erik",
    "mitigation": "Citations",
    "residual_likelihood": 2,
    "residual_impact": 4,
}


def test_a_snapshot_is_plain_json_and_the_same_twice(project):
    RiskFactory(project=project, mitigation_due=date(2027, 1, 10))

    once = json.dumps(section.snapshot(project))

    assert once == json.dumps(section.snapshot(project))
    assert json.loads(once)["risks"][0]["mitigation_due"] == "2027-01-10"


@pytest.mark.parametrize(
    ("changes", "rules"),
    [
        ({}, []),
        ({"owner": ""}, ["R1"]),
        ({"mitigation": ""}, ["R2"]),
        ({"mitigation": "", "response": "accept"}, ["R7"]),
        ({"mitigation": "Anders carries it until June", "response": "accept"}, []),
        ({"likelihood": 1, "impact": 5, "owner": "", "residual_impact": 1}, ["R3"]),
        ({"residual_likelihood": None, "residual_impact": None}, ["R4"]),
        ({"residual_likelihood": 5, "residual_impact": 5}, ["R5"]),
        ({"mitigation_due": date(2026, 1, 1)}, ["R6"]),
        ({"owner": "", "state": "closed"}, ["R0"]),
    ],
)
def test_a_reviewer_would_say(project, changes, rules):
    RiskFactory(project=project, **{**WHOLE, **changes})

    assert [found.rule for found in section.findings(project)] == rules


@pytest.mark.parametrize(("medium", "fill"), [("page", None), ("pdf", "#bf6642")])
def test_the_map_has_literal_colours_only_on_paper(project, medium, fill):
    RiskFactory(project=project, **WHOLE)

    drawn = render_to_string(section.SECTION.template, {"snapshot": section.snapshot(project), "medium": medium})

    assert ('fill="#bf6642"' in drawn) is bool(fill)


@pytest.mark.parametrize("medium", ["page", "pdf"])
def test_the_document_says_what_is_done_about_a_risk_by_when_and_its_early_sign(project, medium):
    RiskFactory(project=project, **{**WHOLE, "mitigation_due": date(2027, 1, 10), "trigger": "Two complaints a week"})

    drawn = render_to_string(section.SECTION.template, {"snapshot": section.snapshot(project), "medium": medium})

    words = " ".join(strip_tags(drawn).split())
    assert "What is done about it Citations, by 10 Jan 2027" in words
    assert "Early sign Two complaints a week" in words


def test_the_document_is_silent_on_what_nobody_said_of_a_risk(project):
    RiskFactory(project=project, **{**WHOLE, "mitigation": ""})

    drawn = render_to_string(section.SECTION.template, {"snapshot": section.snapshot(project), "medium": "pdf"})

    assert "What is done about it" not in drawn
    assert "Early sign" not in drawn
