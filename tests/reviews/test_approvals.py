"""Who must approve comes from the matrix of who does what; an answer of theirs is an approval."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.projects.sections import section
from apps.reviews.actions import open_round, send_answers
from apps.reviews.models import Response, Round
from apps.reviews.queries import approvals
from apps.stakeholders.matrix import matrix
from apps.stakeholders.rules import of_duties
from tests.factories.dprd import written
from tests.factories.projects import MembershipFactory
from tests.factories.registers import RowFactory
from tests.factories.reviews import ReviewRequestFactory, RoundFactory
from tests.factories.risks import RiskFactory
from tests.factories.scope import BaselineFactory
from tests.factories.stakeholders import StakeholderFactory
from tests.fixtures import HTMX
from tests.pages import soup, swap, text

DUE = timezone.localdate() + timedelta(days=9)


def seated(project, name, seat="legal", role="reviewer", **letters):
    """A member of that name in the register, with these letters by section."""
    user = MembershipFactory(project=project, role=role, user__name=name).user
    person = StakeholderFactory(project=project, user=user, name=name, email=user.email, role=seat)
    for key, letter in letters.items():
        project.duties.create(section=key, person=person, letter=letter)
    return user


@pytest.fixture
def karin(project):
    return seated(project, "Karin Åström", data="S", risks="S", people="C")


@pytest.fixture
def erik(project):
    return seated(project, "Erik Sandberg", "product_owner", data="A", people="I")


def url(project):
    return reverse("reviews:open", args=[project.pk])


def asked_of(page, user):
    return page.select_one(f"[name=ask-{user.pk}] option[selected]")["value"]


def reason(page, user):
    return text(page.select_one(f"tr:has([name=ask-{user.pk}]) .sub"))


def answer(request, by, **answers):
    """Sends what this person says, by section."""
    said = {key: (value, "" if value in ("agree", "none") else "Because.", 1) for key, value in answers.items()}
    send_answers(request, answers=said, by=by)


def opened(project, sections, by, *asked):
    return open_round(project, sections=sections, people=asked, due=DUE, by=by)


def test_people_and_sections_come_ticked_with_the_reason(host, project, karin, erik):
    fatima = seated(project, "Fatima Nouri", "domain_expert", people="C", objectives="C")
    told = seated(project, "Jonas Weber", "data_scientist", people="I")
    anders = seated(project, "Anders Holm", "sponsor", risks="A")
    RowFactory(project=project, register="data_sources")
    RiskFactory(project=project)

    page = soup(host.get(url(project)))

    assert [asked_of(page, who) for who in (karin, erik, fatima, told, anders)] == [
        "approve",
        "approve",
        "comment",
        "",
        "",
    ]
    assert reason(page, karin) == "approves Data sources, Risks; consulted on 1 section"
    assert reason(page, told) == "neither approves nor is consulted"
    assert reason(page, anders) == "approves 1 section by signing"
    assert {box["value"] for box in page.select("[name=sections][checked]")} == {"people", "data", "risks"}
    assert "Karin Åström approves" in text(page.select_one("label:has([value=risks])"))
    assert text(page.select_one("label:has([value=objectives]) .help")) == "empty; 1 is consulted"


def test_while_nobody_has_a_letter_everybody_is_asked_about_everything_but_what_is_empty(host, project):
    written(project, "Fourteen agents.")
    StakeholderFactory(project=project)
    jonas = MembershipFactory(project=project, role="editor").user

    page = soup(host.get(url(project)))

    assert (asked_of(page, jonas), asked_of(page, host.user)) == ("comment", "")
    assert {box["value"] for box in page.select("[name=sections][checked]")} == {"purpose", "people"}
    assert {
        text(box.find_parent("label").select_one(".help")) for box in page.select("[name=sections]:not([checked])")
    } == {"empty"}


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_section_whose_approver_is_not_asked_is_said_before_it_is_sent(host, project, karin, erik, headers):
    data = {"due": DUE.isoformat(), "sections": ["risks", "data"], f"ask-{erik.pk}": "approve", "counted": 1}

    refused = host.post(url(project), data, headers=headers)
    said = soup(refused)
    sent = host.post(url(project), data | {"said": said.select_one("[name=said]")["value"]}, headers=headers)

    assert (refused.status_code, sent.status_code) == (422, 204 if headers else 302)
    assert "Risks : Karin Åström" in text(said.select_one("#open-foot .message"))
    assert Round.objects.count() == 1


def test_what_is_said_follows_the_form(host, project, karin, erik):
    data = {"counted": 1, "sections": ["risks"], f"ask-{karin.pk}": "comment"}
    page = soup(host.get(url(project)))
    assert page.select("#open-foot .message") == []

    page = swap(page, host.get(url(project), data, headers=HTMX), via=f"tbody[hx-get='{url(project)}']")

    assert "Karin Åström" in text(page.select_one("#open-foot .message"))
    assert page.select_one("[name=said]")["value"] == "risks"


def test_an_approver_without_a_way_in_is_named(host, project):
    outside = StakeholderFactory(project=project, name="Priya Raman", role="ml_engineer")
    project.duties.create(section="risks", person=outside, letter="A")
    RiskFactory(project=project)

    words = text(soup(host.get(url(project))).select_one("#open-foot .message"))

    assert "Priya Raman, who cannot open the project yet" in words


def test_whoever_approves_some_sections_comments_on_the_others(project, host, karin):
    jonas = seated(project, "Jonas Weber")
    made = opened(project, ["data", "people"], host.user, (karin, "approve"), (jonas, "approve"))

    found = {(one.request.user, one.section): one.approves for one in Response.objects.filter(request__round=made)}

    assert found == {(karin, "data"): True, (karin, "people"): False, (jonas, "data"): True, (jonas, "people"): True}


def test_the_answer_of_an_approver_reads_as_an_approval(project, host, karin, sign_in):
    made = opened(project, ["data", "people"], host.user, (karin, "approve"))
    browser = sign_in(karin)

    page = soup(browser.get(made.answer_url))
    answer(made.requests.get(), karin, data="agree", people="agree")
    table = soup(host.get(made.get_absolute_url()))

    assert "You approve this" in text(page.select_one("#data .review-what"))
    assert text(page.select_one("#data .picker-options label")) == "Approve"
    assert text(page.select_one("#people .picker-options label")) == "Agree"
    assert {text(cell.select_one(".sign")) for cell in table.select("table.alignment td[data-label]")} == {
        "Approved",
        "agrees",
    }
    assert "Approved by Karin Åström" in text(
        soup(host.get(reverse("dprd:document", args=[project.pk]))).select_one("#data")
    )


@pytest.mark.parametrize(
    ("first", "then", "stands"),
    [("agree", "", True), ("reservations", "", True), ("object", "", False), ("none", "", False), ("", "", False),
     ("agree", "object", False), ("object", "agree", True), ("agree", "none", True), ("agree", "open", True)],
)  # fmt: skip
def test_the_last_word_counts(project, host, karin, first, then, stands):
    for said in (first, then):
        made = opened(project, ["data"], host.user, (karin, "approve")) if said or said is first else None
        if made and said not in ("", "open"):
            answer(made.requests.get(), karin, data=said)

    given = [key for key, word in approvals(project).items() if word.approves]
    assert given == ([("data", karin.pk)] if stands else [])


def test_a_missing_approval_is_found_once_somebody_was_asked(project, host, karin, erik):
    rules = [found.message for found in of_duties(project) if found.rule == "duties.unapproved"]
    made = opened(project, ["data"], host.user, (karin, "approve"))
    answer(made.requests.get(), karin, data="agree")

    assert rules == []
    assert {found.message for found in of_duties(project) if found.rule == "duties.unapproved"} == {
        "Karin Åström has not approved Risks.",
        "Erik Sandberg has not approved Data sources.",
    }


def test_whoever_asks_for_signatures_reads_which_approvals_are_missing(project, host, karin, erik):
    made = opened(project, ["data", "risks"], host.user, (karin, "approve"))
    answer(made.requests.get(), karin, data="agree", risks="agree")
    frozen = [
        {"key": key, "title": key, "content": section(key).snapshot(project) | more}
        for key, more in (("data", {}), ("risks", {"text": "Changed since."}))
    ]
    baseline = BaselineFactory(project=project, number=1, sections=frozen)

    shown = text(soup(host.get(reverse("signoffs:show", args=[project.pk, baseline.number]))).select_one("#signers"))

    assert "Karin Åström : approved an earlier text of Risks" in shown
    assert "Erik Sandberg : Data sources" in shown


def test_the_keeper_of_a_text_may_have_to_approve_it(project, host, karin):
    line = matrix(project).line("data")

    assert [cell.person.name for cell in line.approvers] == ["Karin Åström"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_plan_costs_the_same_for_any_number_of_people(host, project, count, django_assert_num_queries):
    for number in range(count):
        seated(project, f"Somebody {number}", data="C")

    with django_assert_num_queries(24):
        page = soup(host.get(url(project)))

    assert len(page.select("select[name^=ask-]")) == count + 1


@pytest.mark.parametrize("count", [1, 3])
def test_approvals_are_one_query(project, count, django_assert_num_queries):
    made = RoundFactory(project=project, sections=["people"])
    for _ in range(count):
        ReviewRequestFactory(
            round=made, responses={"approves": True, "sent_answer": "agree", "sent_at": timezone.now()}
        )

    with django_assert_num_queries(1):
        assert len(approvals(project)) == count
