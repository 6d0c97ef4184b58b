"""Who had to approve, what they said and on which text: frozen with the scope, and a no that stands in the way."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from apps.core.errors import DomainError
from apps.exports.document import Record, Signer, document
from apps.reviews.actions import open_round, send_answers
from apps.scope.actions import freeze, waive
from apps.scope.queries import readiness
from apps.signoffs.actions import ask_to_sign
from apps.signoffs.approvals import of_baseline
from apps.stakeholders.approving import of_line, texts
from apps.stakeholders.matrix import matrix
from tests.factories.dprd import written
from tests.factories.projects import MembershipFactory
from tests.factories.risks import RiskFactory
from tests.factories.scope import BaselineFactory
from tests.factories.stakeholders import StakeholderFactory
from tests.pages import soup, text

DUE = timezone.localdate() + timedelta(days=9)
NO = "The logs keep names."


@pytest.fixture
def maja(host):
    return host.user


@pytest.fixture
def karin(project):
    """Has to approve the risks and the purpose."""
    user = MembershipFactory(project=project, role="reviewer", user__name="Karin Åström").user
    person = StakeholderFactory(project=project, user=user, name="Karin Åström", email=user.email, role="legal")
    StakeholderFactory(project=project, user=None, name="Anders Holm", role="sponsor")
    for key in ("risks", "purpose"):
        project.duties.create(section=key, person=person, letter="S")
    return user


def say(project, by, host, **answers):
    """A round in which this person answers these sections, asked to approve."""
    made = open_round(project, sections=list(answers), people=[(by, "approve")], due=DUE, by=host)
    request = made.requests.get()
    said = {key: (value, "" if value == "agree" else NO, 1) for key, value in answers.items()}
    send_answers(request, answers=said, by=by)


def frozen(project, by, decision="A pilot."):
    return freeze(project, decision=decision, by=by)


def objections(project):
    return [seen for seen in readiness(project) if seen.finding.rule == "duties.objected"]


def ask(baseline, by):
    return ask_to_sign(baseline, signers=[by], role="", step=1, due=None, by=by)


def clear(project, by):
    """Everything else that blocks is waived."""
    for seen in readiness(project):
        if seen.blocks and seen.finding.rule != "duties.objected":
            waive(project, seen.key, reason="Not here.", by=by)


def test_an_objection_of_somebody_who_must_approve_blocks_until_it_is_waived_by_name(project, maja, karin):
    say(project, karin, maja, risks="object")
    clear(project, maja)

    with pytest.raises(DomainError, match="frozen with a finding that blocks"):
        ask(frozen(project, maja), maja)
    (seen,) = objections(project)
    waive(project, seen.key, reason="Settled by phone.", by=maja)
    baseline = frozen(project, maja)

    assert seen.blocks
    assert str(seen.finding.message) == f"Karin Åström does not approve Risks: “{NO}”"
    assert [found["waiver"]["reason"] for found in baseline.waived if found["rule"] == "duties.objected"] == ["Settled by phone."]  # fmt: skip
    assert ask(baseline, maja)


def test_an_objection_is_gone_when_they_approve(project, maja, karin):
    say(project, karin, maja, risks="object")
    say(project, karin, maja, risks="reservations")

    assert objections(project) == []


def test_another_objection_is_not_covered_by_an_old_waiver(project, maja, karin, monkeypatch):
    say(project, karin, maja, risks="object")
    waive(project, objections(project)[0].key, reason="Settled.", by=maja)
    assert not objections(project)[0].blocks

    monkeypatch.setattr("tests.signoffs.test_approvals.NO", "And nobody deletes them.")
    say(project, karin, maja, risks="object")

    assert [seen.blocks for seen in objections(project)] == [True]


def test_an_objection_of_somebody_who_need_not_approve_does_not_block(project, maja, karin):
    project.duties.filter(section="risks").update(letter="C")

    say(project, karin, maja, risks="object")

    assert objections(project) == []


def test_an_objection_after_the_freeze_stands_in_the_way_too(project, host, maja, karin):
    clear(project, maja)
    baseline = frozen(project, maja)
    say(project, karin, maja, risks="object")
    asked = reverse("signoffs:ask", args=[project.pk, baseline.number])

    shown = soup(host.get(reverse("signoffs:show", args=[project.pk, baseline.number]))).select_one("#signers")
    refused = host.post(asked, {"signers": [maja.pk], "step": 1, "sending": "k"})
    waive(project, objections(project)[0].key, reason="Settled.", by=maja)

    assert "Baseline 1 says nothing of it." in text(shown)
    words = text(soup(refused).select_one("#signers"))
    assert refused.status_code == 409
    assert f"Karin Åström does not approve Risks: “{NO}” Baseline 1 says nothing of it." in words
    assert "Karin Åström : Purpose; does not approve Risks" in words
    assert ask(frozen(project, maja), maja)


def test_a_waiver_that_came_since_is_worth_another_baseline(project, maja, karin):
    say(project, karin, maja, risks="object")
    frozen(project, maja)
    waive(project, objections(project)[0].key, reason="Settled.", by=maja)

    assert frozen(project, maja).number == 2
    with pytest.raises(DomainError, match="Nothing changed since baseline 2"):
        frozen(project, maja)


def test_a_baseline_knows_who_had_to_approve_and_what_they_said(project, maja, karin):
    say(project, karin, maja, risks="reservations")

    rows = frozen(project, maja).snapshot["beside"]["approvals"]

    assert [(row["section"], row["name"], row["letter"], row["answer"], row["text"]) for row in rows] == [
        ("purpose", "Karin Åström", "S", "", ""),
        ("risks", "Karin Åström", "S", "reservations", NO),
    ]
    assert [bool(row["at"] and row["read"]) for row in rows] == [False, True]


def test_an_approval_of_an_earlier_text_says_so(project, maja, karin):
    say(project, karin, maja, risks="agree")
    same = of_baseline(frozen(project, maja).snapshot)
    RiskFactory(project=project)
    later = of_baseline(frozen(project, maja).snapshot)

    assert [(one.section, one.word, one.changed) for one in same] == [
        ("Purpose", "", False),
        ("Risks", "Approved", False),
    ]
    assert [one.changed for one in later] == [False, True]


def test_a_text_that_is_called_ready_says_what_it_said(project, maja, karin):
    """State and owner are no words of the section."""
    prose = written(project, "Fourteen agents.")
    say(project, karin, maja, purpose="agree")

    type(prose).objects.filter(pk=prose.pk).update(state="ready", owner=maja)

    assert [one.changed for one in of_baseline(frozen(project, maja).snapshot)] == [False, False]


def test_the_paper_says_who_had_to_approve(project, maja, karin):
    say(project, karin, maja, risks="reservations")
    RiskFactory(project=project)
    baseline = frozen(project, maja)

    def table(record):
        html = BeautifulSoup(document(baseline.snapshot, baseline.canonical, record).html, "html.parser")
        return [text(row) for row in html.select("table.approvals tbody tr")]

    today = f"{timezone.localdate():%-d %b %Y}"
    assert table(Record()) == [
        "1 Purpose Karin Åström nothing yet —",
        f"13 Risks Karin Åström Approved with reservations “{NO}” {today} An earlier text: it has changed since.",
    ]
    assert table(Record(signers=[Signer("Karin Åström", "DPO", "signed")]))[0] == "1 Purpose Karin Åström by signing —"


def test_a_baseline_from_before_has_no_such_table(host, project):
    baseline = BaselineFactory(project=project, number=1)

    page = soup(host.get(reverse("signoffs:show", args=[project.pk, 1])))

    assert page.select("table.approvals") == []
    assert "table.approvals" not in document(baseline.snapshot, baseline.canonical, Record()).html


def test_who_signs_reads_who_approved(host, project, maja, karin):
    say(project, karin, maja, risks="agree")
    frozen(project, maja)

    page = soup(host.get(reverse("signoffs:show", args=[project.pk, 1])))

    assert [text(row) for row in page.select("table.approvals tbody tr")][1].startswith(
        "13 Risks Karin Åström Approved"
    )


def test_the_margin_says_that_the_text_has_changed_since(host, project, maja, karin):
    say(project, karin, maja, risks="agree", purpose="object")
    url = reverse("dprd:document", args=[project.pk])
    day = f"{timezone.localdate():%-d %b %Y}"

    before = text(soup(host.get(url)).select_one("#state-risks"))
    RiskFactory(project=project)
    after = soup(host.get(url))

    assert before.endswith(f"Approved by Karin Åström on {day}")
    assert text(after.select_one("#state-risks")).endswith(f"on {day} The text has changed since.")
    assert text(after.select_one("#state-purpose")).endswith(f"Not approved by Karin Åström on {day}: “{NO}”")


@pytest.mark.parametrize("count", [1, 3])
def test_what_approvers_read_is_one_query_however_many_they_are(project, maja, karin, count, django_assert_num_queries):
    for number in range(count):
        person = StakeholderFactory(project=project, user=MembershipFactory(project=project).user, role=f"r{number}")
        project.duties.create(section="data", person=person, letter="S")
        say(project, person.user, maja, data="agree")
    line = matrix(project).line("data")

    with django_assert_num_queries(1):
        approvals = of_line(line, {}, texts([line]))

    assert [bool(one.read) for one in approvals] == [True] * count
