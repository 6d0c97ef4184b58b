"""In, out, later and never; what is good enough; is it the right tool; an objective from a sentence."""

import pytest
from django.urls import reverse

from apps.projects.section_frame import findings, snapshot
from tests.fixtures import HTMX
from tests.pages import soup, text


def url(project, name="frame_edit"):
    return reverse(f"projects:{name}", args=[project.pk])


def said(project):
    project.refresh_from_db()
    return {found.rule for found in findings(project)}


FULL = {
    "out_of_scope": "Billing",
    "must_not": "Send by itself",
    "autonomy": "draft",
    "alternatives": "Mend the handbook",
    "ranking": ["quality", "cost", "latency", "time"],
}


@pytest.fixture
def framed(project):
    for name, value in FULL.items():
        setattr(project, name, value)
    project.save()
    return project


def form(project, **more):
    return {"title": project.title, "start": "pain", "version": project.version, **more}


def test_lists_choices_and_order_are_kept_and_shown(host, project):
    ranks = {"first": "quality", "second": "latency", "third": "cost", "fourth": "time"}
    words = {"must_not": "Send by itself", "later": "More topics", "autonomy": "draft", "signs": ["reading", "rule"]}

    assert host.post(url(project), form(project, **ranks, **words)).status_code == 302

    shown = text(soup(host.get(url(project, "frame"))))
    for part in (
        "Send by itself",
        "More topics",
        "Drafts: a person edits and sends",
        "A rule, a form or a query would do",
    ):
        assert part in shown
    assert "Quality → Speed of an answer → Cost → Time to market" in shown


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize(
    "ranks", [{"fourth": "quality"}, dict.fromkeys(("first", "second", "third", "fourth"), "cost")]
)
def test_an_order_names_each_of_the_four_once(host, project, ranks, headers):
    answer = host.post(url(project), form(project, must_not="Kept", **ranks), headers=headers)

    assert answer.status_code == 422
    assert "Kept" in answer.content.decode()


@pytest.mark.parametrize(
    ("ranks", "order"),
    [
        ({"first": "cost"}, ["cost"]),
        ({"first": "cost", "second": "time", "third": "quality"}, ["cost", "time", "quality", "latency"]),
    ],
)
def test_an_order_may_stop_early_and_what_is_left_comes_last(host, project, ranks, order):
    assert host.post(url(project), form(project, **ranks)).status_code == 302

    project.refresh_from_db()
    assert project.ranking == order


def test_a_whole_frame_is_left_alone(framed):
    assert said(framed) == set()


@pytest.mark.parametrize(
    ("name", "value", "rule"),
    [
        ("out_of_scope", "", "frame.out"),
        ("must_not", "", "frame.must_not"),
        ("autonomy", "", "frame.autonomy"),
        ("ranking", [], "frame.ranking"),
        ("ranking", ["quality"], "frame.ranking"),
        ("alternatives", "", "frame.alternatives"),
        ("other_use_cases", "One more\nAnd another", "frame.use_cases"),
        ("autonomy", "alone", "frame.alone"),
    ],
)
def test_what_is_missing_is_found_by_its_rule_alone(framed, name, value, rule):
    setattr(framed, name, value)
    framed.save()

    assert said(framed) == {rule}


def test_signals_against_ask_until_somebody_says_what_happens_without_it(framed):
    framed.signs = ["rule"]
    framed.save()
    assert said(framed) == set()

    framed.alternatives = ""
    framed.save()
    assert said(framed) == {"frame.against", "frame.alternatives"}


def test_the_document_holds_the_frame_line_by_line(framed):
    assert snapshot(framed)["must_not"] == ["Send by itself"]


def test_a_sentence_fills_the_form_of_an_objective(host, project):
    page = soup(
        host.get(url(project, "objective_add"), {"sentence": "first response from 11 h to 4 h by 30 September 2027"})
    )

    values = {
        name: page.select_one(f"#objectives form[method=post] [name={name}]")
        for name in ("baseline", "target", "due", "unit")
    }
    assert {name: field["value"] for name, field in values.items()} == {
        "baseline": "11", "target": "4", "due": "2027-09-30", "unit": "h",
    }  # fmt: skip
