"""What the answers lead to, and what people do with it."""

import pytest
from django.urls import reverse

from apps.assessments import actions, queries, triage
from apps.assessments.section import findings, snapshot
from apps.assessments.triage import assess
from tests.fixtures import HTMX
from tests.pages import soup, swap, text


def url(project, name="triage"):
    return reverse(f"assessments:{name}", args=[project.pk])


def answers(*yes, rest="no"):
    return dict.fromkeys(triage.catalog().keys, rest) | dict.fromkeys(yes, "yes")


@pytest.mark.parametrize(
    ("yes", "tier"),
    [
        ([], "minimal"),
        (["prohibited", "area", "public"], "prohibited"),
        (["area"], "high_area"),
        (["area", "narrow"], "minimal"),
        (["area", "narrow", "profiling"], "high_area"),
        (["product"], "high_product"),
        (["trains"], "general"),
        (["public"], "transparency"),
        (["synthetic"], "transparency"),
        (["emotion"], "transparency"),
    ],
)
def test_the_strictest_tier_counts(yes, tier):
    assert assess(answers(*yes)).tier == tier


@pytest.mark.parametrize(
    ("yes", "need"),
    [
        ([], "none"),
        (["large", "sensitive"], "none"),
        (["personal"], "none"),
        (["personal", "vulnerable"], "likely"),
        (["personal", "large"], "likely"),
        (["personal", "large", "sensitive"], "due"),
        (["personal", "profiling", "automatic"], "due"),
        (["personal", "monitoring", "large"], "due"),
    ],
)
def test_two_criteria_or_a_mandatory_case_call_for_an_assessment(yes, need):
    assert assess(answers(*yes)).need == need


def test_not_sure_counts_as_yes_and_is_named():
    result = assess(answers() | {"area": "unsure"})

    assert (result.tier, list(result.unsure), result.complete) == ("high_area", ["area"], True)


def test_open_questions_are_named():
    assert assess({"personal": "yes"}).open == [key for key in triage.catalog().keys if key != "personal"]


@pytest.mark.parametrize("key", triage.catalog().keys)
def test_every_question_changes_something(key):
    other = {"narrow": ["area"], "large": ["personal"], "matching": ["personal"], "sensitive": ["personal"],
             "monitoring": ["personal"], "vulnerable": ["personal"], "blocks": ["personal"],
             "profiling": ["personal"]}.get(key, [])  # fmt: skip

    assert assess(answers(*other)) != assess(answers(*other, key))


def test_duties_say_where_the_law_says_it():
    duties = assess(answers(*triage.catalog().keys) | {"prohibited": "no"}).duties

    assert len({duty.key for duty in duties}) == len(duties) >= 15
    assert all(duty.what and duty.article for duty in duties)


def test_answers_are_kept_and_what_follows_is_shown(host, project):
    host.post(url(project, "answer"), answers("personal", "large", "staff") | {"version": 1})

    words = text(soup(host.get(url(project))))
    assert "An impact assessment is very likely due" in words
    assert "The works council is heard" in words


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_two_people_who_answer_at_once_do_not_overwrite_each_other(host, project, headers):
    host.post(url(project, "answer"), answers("personal") | {"version": 1})

    answer = host.post(url(project, "answer"), answers("public") | {"version": 1}, headers=headers)

    assert answer.status_code == 409
    assert soup(answer).select_one("[name=public][value=yes]").has_attr("checked")
    assert queries.of(project).answers["public"] == "no"


def test_a_duty_is_taken_into_its_register_once(host, project):
    host.post(url(project, "answer"), answers("personal", "large") | {"version": 1})

    for _ in range(2):
        host.post(url(project, "take"), {"key": "dpia"})

    row = project.rows.get()
    assert (row.register, row.came_from) == ("deliverables", "Triage, GDPR 35")
    assert "taken" in text(soup(host.get(url(project))).select_one("#duty-dpia"))


def test_what_does_not_follow_cannot_be_taken(host, project):
    host.post(url(project, "answer"), answers() | {"version": 1})

    assert host.post(url(project, "take"), {"key": "dpia"}).status_code == 409


def test_a_decision_has_a_name_and_falls_with_other_answers(host, project):
    host.post(url(project, "answer"), answers("personal", "large") | {"version": 1})
    host.post(url(project, "decide"), {"verdict": "conditions", "words": "Only pseudonymised.", "version": 2})
    decided = queries.of(project)
    assert (decided.verdict, decided.decided_by) == ("conditions", host.user)

    host.post(url(project, "answer"), answers() | {"version": decided.version})

    assert queries.of(project).verdict == ""


def test_conditions_need_words_and_a_decision_needs_all_answers(host, project):
    host.post(url(project, "answer"), {"personal": "yes", "version": 1})

    assert host.post(url(project, "decide"), {"verdict": "conditions", "version": 2}).status_code == 422
    assert host.post(url(project, "decide"), {"verdict": "approve", "version": 2}).status_code == 409


def test_a_swapped_triage_looks_like_a_fresh_page(host, project):
    page = soup(host.get(url(project)))
    send = url(project, "answer")

    answer = host.post(send, answers("personal") | {"version": 1}, headers=HTMX)
    page = swap(page, answer, via=f"form[hx-post='{send}']")

    assert text(page).split() == text(soup(host.get(url(project)))).split()


def said(project):
    return {found.rule for found in findings(project)}


@pytest.mark.parametrize(
    ("given", "rules"),
    [
        ({}, {"triage.none"}),
        ({"personal": "no"}, {"triage.open"}),
        (answers() | {"sector": "unsure"}, {"triage.unsure"}),
        (answers("prohibited"), {"triage.prohibited", "triage.undecided"}),
        (answers("area"), {"triage.undecided"}),
        (answers("personal", "large"), {"triage.undecided"}),
        (answers(), set()),
    ],
)
def test_a_reviewer_says_what_is_missing(project, host, given, rules):
    if given:
        actions.answer_triage(project, answers=given, version=1, by=host.user)

    assert said(project) == rules


def test_a_rejected_project_is_blocked(project, host):
    found = actions.answer_triage(project, answers=answers("area"), version=1, by=host.user)
    actions.decide_triage(project, verdict="reject", words="Not with staff data.", version=found.version, by=host.user)

    assert said(project) == {"triage.rejected"}


def test_the_document_says_what_follows_and_who_decided(project, host):
    found = actions.answer_triage(project, answers=answers("public"), version=1, by=host.user)
    actions.decide_triage(project, verdict="approve", words="", version=found.version, by=host.user)

    drawn = snapshot(project)

    assert (drawn["tier"], drawn["verdict"], drawn["decided"]["by"]) == ("transparency", "approve", str(host.user))
