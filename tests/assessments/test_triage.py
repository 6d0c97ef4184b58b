"""What the answers lead to, and what people do with it."""

import pytest
from django.urls import reverse

from apps.assessments import actions, queries, triage
from apps.assessments.models import Triage
from apps.assessments.section import findings, snapshot
from apps.assessments.triage import assess
from apps.tables.actions import remove_rows
from tests.factories.projects import MembershipFactory
from tests.factories.stakeholders import StakeholderFactory
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
        (["large"], "none"),
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


def test_not_sure_never_takes_the_exception():
    """What would ease the duties counts only when somebody is sure."""
    assert assess(answers("area") | {"narrow": "unsure"}).tier == "high_area"


@pytest.mark.parametrize("key", triage.ABOUT_PEOPLE)
def test_answers_that_cannot_both_be_true_count_as_personal_and_are_named(key):
    result = assess(answers(key))

    assert list(result.clash) == [key]
    assert "basis" in {duty.key for duty in result.duties}
    assert assess(answers("personal", key)).clash == []


@pytest.mark.parametrize(
    ("yes", "letter"),
    [(["profiling", "automatic"], "35(3)(a)"), (["large", "sensitive"], "35(3)(b)"), (["monitoring", "large"], "35(3)(c)")],
)  # fmt: skip
def test_an_assessment_that_is_due_says_by_which_case(yes, letter):
    (case,) = assess(answers("personal", *yes)).cases

    assert letter in case


# What the law says from when, as the amended regulation has it.
@pytest.mark.parametrize(
    ("yes", "article", "since"),
    [
        ("prohibited", "AI Act 5", "2025-02-02"),
        ("area", "AI Act 9", "2027-12-02"),
        ("area", "AI Act 16-21, 25", "2027-12-02"),
        ("area", "AI Act 27", "2027-12-02"),
        ("area", "AI Act 86", "2027-12-02"),
        ("product", "AI Act 9", "2028-08-02"),
        ("public", "AI Act 50(1)", "2026-08-02"),
        ("synthetic", "AI Act 50(2)", "2026-08-02"),
        ("synthetic", "AI Act 50(4)", "2026-08-02"),
        ("emotion", "AI Act 50(3)", "2026-08-02"),
        ("trains", "AI Act 53", "2025-08-02"),
        ("trains", "AI Act 51, 52, 55", "2025-08-02"),
    ],
)
def test_every_duty_has_the_day_from_which_it_counts(yes, article, since):
    assert (article, since) in {(duty.article, duty.since) for duty in assess(answers(yes)).duties}


def test_a_product_owes_what_its_own_law_asks_and_no_assessment_of_rights():
    owed = {duty.key for duty in assess(answers("product")).duties}

    assert "product_law" in owed
    assert not owed & {"rights", "explain"}


@pytest.mark.parametrize(
    ("key", "duty", "words"),
    [
        ("health_us", "associate", "HIPAA: a business associate agreement"),
        ("california", "notice_ccpa", "CCPA: notice at collection"),
        ("sector", "seat_supervisor", "Your supervisor has rules of its own"),
    ],
)
def test_other_laws_leave_a_note_and_something_to_do(key, duty, words):
    result = assess(answers(key))

    assert duty in {one.key for one in result.duties}
    assert any(note.startswith(words) for note in result.notes)


def test_a_seat_that_is_owed_is_filled_in_one_step(host, project):
    host.post(url(project, "answer"), answers("sector") | {"version": 1})

    link = soup(host.get(url(project))).select_one("#duty-seat_supervisor a")["href"]

    form = soup(host.get(link)).select_one("form select[name=role] option[selected]")
    assert form["value"] == "regulatory"


def test_nothing_is_called_minimal_before_everything_was_asked(host, project):
    host.post(url(project, "answer"), {"personal": "yes", "version": 1})

    panel = text(soup(host.get(url(project))).select_one("#triage-result"))
    assert "Minimal risk , so far" in panel
    assert "asks for no more" not in panel
    assert "asks for no more" in assess(answers()).notes[0]


def test_open_questions_are_named():
    assert assess({"personal": "yes"}).open == [key for key in triage.catalog().keys if key != "personal"]


@pytest.mark.parametrize("key", triage.catalog().keys)
def test_every_question_changes_something(key):
    other = {"narrow": ["area"], "health_us": ["personal"], "california": ["personal"], "large": ["personal"], "matching": ["personal"], "sensitive": ["personal"],
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
    assert "taken" in text(soup(host.get(url(project))).select_one("#lands-deliverables + .rows #duty-dpia"))


def names(project, register):
    return sorted(row.name for row in project.rows.live().filter(register=register))


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_all_that_follows_for_one_table_is_taken_in_one_go_and_undone(host, project, headers):
    host.post(url(project, "answer"), answers("personal", "staff") | {"version": 1})
    host.post(url(project, "take"), {"key": "processor"})
    send = {"lands": "dependencies"}

    answer = host.post(url(project, "take_all"), send, headers=headers, follow=True)
    bar = soup(answer).select_one(".undo-bar")
    host.post(url(project, "take_all"), send, headers=headers)

    follows = sorted(duty.what for duty in queries.result(project).duties if duty.lands == "dependencies")
    assert "2 rows added" in text(bar)
    assert soup(answer).select_one("#lands-dependencies [data-focus]")
    assert names(project, "dependencies") == follows
    assert {row.came_from for row in project.rows.live()} == {"Triage, GDPR 28, 44-49", "Triage, GDPR 6, 9", "Triage, national law"}  # fmt: skip
    assert soup(host.get(url(project))).select_one("#lands-dependencies button") is None

    undone = host.post(bar["action"], headers=headers, follow=True)
    assert names(project, "dependencies") == ["Contract with whoever runs the model"]
    assert soup(undone).select_one("#lands-dependencies button")
    host.post(url(project, "take"), {"key": "basis"})
    assert len(names(project, "dependencies")) == 2


def test_what_was_taken_and_removed_is_taken_again(host, project):
    host.post(url(project, "answer"), answers("personal", "large") | {"version": 1})
    host.post(url(project, "take"), {"key": "dpia"})
    remove_rows(project, "deliverables", rows=[project.rows.get().pk], by=host.user)

    host.post(url(project, "take"), {"key": "dpia"})

    assert names(project, "deliverables") == ["Data protection impact assessment"]


@pytest.mark.parametrize("lands", ["seat", "decisions", "nowhere", ""])
def test_only_what_follows_is_taken_together(host, project, lands):
    host.post(url(project, "answer"), answers("personal") | {"version": 1})

    assert host.post(url(project, "take_all"), {"lands": lands}).status_code == (409 if lands else 422)
    assert not project.rows.exists()


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


def test_whoever_answers_is_brought_to_what_follows(host, project):
    plain = host.post(url(project, "answer"), answers("personal") | {"version": 1})
    swapped = soup(host.post(url(project, "answer"), answers("public") | {"version": 2}, headers=HTMX))

    assert plain["Location"] == url(project) + "#triage-result"
    assert swapped.select_one("#triage-result .panel[data-focus]")
    assert not soup(host.get(url(project))).select("[data-focus]")


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


@pytest.mark.parametrize(("role", "said"), [("legal", "there"), ("security", "Add somebody")])
def test_a_seat_that_somebody_has_is_not_asked_for(host, project, role, said):
    StakeholderFactory(project=project, role=role)
    host.post(url(project, "answer"), answers("personal") | {"version": 1})

    assert said in text(soup(host.get(url(project))).select_one("#duty-seat_dpo .row-end"))


# What the company asks besides the law


ASKED = {"ask": "Is it for the public sector?", "help": "", "follows": "Ask the board", "lands": "decisions"}


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_the_company_adds_a_question_that_every_project_is_asked(host, project, sign_in, headers):
    elsewhere = MembershipFactory(role="editor")

    added = host.post(url(project, "question_add"), ASKED, headers=headers)
    there = sign_in(elsewhere.user)
    page = soup(there.get(url(elsewhere.project)))
    [name] = {radio["name"] for radio in page.select("[name^=own-]")}
    there.post(url(elsewhere.project, "answer"), answers() | {name: "yes", "version": 1})
    there.post(url(elsewhere.project, "take"), {"key": name})

    row = elsewhere.project.rows.get()
    assert added.status_code == (200 if headers else 302)
    assert (row.register, row.name, row.came_from) == ("decisions", "Ask the board", "Triage, rule of the company")
    assert snapshot(elsewhere.project)["duties"][-1] == {
        "what": "Ask the board",
        "article": "rule of the company",
        "since": "",
    }


def test_a_question_without_what_follows_comes_back_with_what_was_typed(host, project):
    answer = host.post(url(project, "question_add"), ASKED | {"follows": ""})

    assert answer.status_code == 422
    assert soup(answer).select_one("#own [name=ask]")["value"] == ASKED["ask"]


def test_the_same_question_is_refused(host, project):
    answers = [host.post(url(project, "question_add"), ASKED | {"help": str(each)}).status_code for each in range(2)]

    assert answers == [302, 409]


def test_a_new_question_is_open_where_others_were_answered(host, project):
    found = actions.answer_triage(project, answers=answers("area"), version=1, by=host.user)
    actions.decide_triage(project, verdict="approve", words="", version=found.version, by=host.user)

    actions.add_question(project, **ASKED, by=host.user)

    assert said(project) == {"triage.open"}


def test_who_added_a_question_takes_it_out_and_what_was_taken_stays(host, editor, project):
    entry = actions.add_question(project, **ASKED, by=host.user)
    key = f"own-{entry.pk}"
    actions.answer_triage(project, answers=answers() | {key: "yes"}, version=1, by=host.user)
    actions.take_duty(project, key=key, by=host.user)
    drop = reverse("assessments:question_drop", args=[project.pk, entry.pk])

    assert soup(editor.get(url(project))).select_one(f"form[action='{drop}']") is None
    assert (editor.post(drop).status_code, host.post(drop).status_code) == (403, 302)
    assert project.rows.count() == 1
    assert said(project) == set()


@pytest.mark.parametrize("count", [1, 3])
def test_the_triage_costs_the_same_with_any_number_of_own_questions(host, project, count, django_assert_num_queries):
    for number in range(count):
        actions.add_question(project, **ASKED | {"ask": f"Question {number}?"}, by=host.user)

    with django_assert_num_queries(9):
        page = soup(host.get(url(project)))

    assert len(page.select("#own .row")) == count


# A newer edition


@pytest.fixture
def older(project, host):
    """Answered and decided on an edition that asked one thing less, one thing more and one in other words."""
    found = actions.answer_triage(project, answers=answers("public"), version=1, by=host.user)
    actions.decide_triage(project, verdict="approve", words="", version=found.version, by=host.user)
    found = queries.of(project)
    asked = {**found.asked, "personal": "Is anything about people?", "fax": "Is it sent by fax?"}
    del asked["large"]
    outcome = {
        **found.outcome,
        "tier": "minimal",
        "duties": [{"what": "Ask the king", "article": "Law 1", "since": ""}],
    }
    Triage.objects.update(edition="2025-01", asked=asked, outcome=outcome)
    return queries.of(project)


def test_a_newer_edition_shows_what_changed_and_changes_nothing_before(host, viewer, project, older):
    shown = soup(host.get(url(project))).select_one("#newer")

    words = text(shown)
    assert "answered on 2025-01" in words
    assert "Minimal risk Transparency duties" in words
    assert "Follows no more Ask the king" in words
    assert "Is it sent by fax?" in words
    assert "Is it large: many people" in words
    assert "Is anything about people?" not in [gone.text for gone in shown.select("ins")]
    assert snapshot(project)["tier"] == "minimal"
    assert soup(viewer.get(url(project))).select_one("#newer form") is None
    assert said(project) == {"triage.old"}


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_taking_the_edition_lets_what_was_decided_fall(host, project, older, headers):
    answers = [
        host.post(url(project, "edition"), {"version": older.version}, headers=headers).status_code for _ in range(2)
    ]

    found = queries.of(project)
    assert answers == [200 if headers else 302, 409]
    assert (found.edition, found.verdict, found.answers["public"]) == (triage.catalog().edition, "", "yes")
    assert snapshot(project)["tier"] == "transparency"
    assert soup(host.get(url(project))).select_one("#newer") is None


def test_a_decision_stands_when_the_answers_lead_to_the_same(host, project):
    found = actions.answer_triage(project, answers=answers("public"), version=1, by=host.user)
    actions.decide_triage(project, verdict="approve", words="", version=found.version, by=host.user)
    Triage.objects.update(edition="2025-01")

    page = text(soup(host.get(url(project))).select_one("#newer"))
    host.post(url(project, "edition"), {"version": queries.of(project).version})

    assert "lead to the same" in page
    assert (queries.of(project).verdict, queries.of(project).edition) == ("approve", triage.catalog().edition)
