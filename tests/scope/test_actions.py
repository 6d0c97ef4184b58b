"""Freezing and waiving."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from django.db import Error, transaction
from django.utils import timezone

from apps.core.errors import DomainError
from apps.events.models import Event
from apps.projects import sections
from apps.projects.models import Project
from apps.projects.sections import Finding, Section
from apps.scope import actions, queries
from apps.scope.models import Baseline
from apps.scope.snapshot import canonical, fingerprint
from tests.factories.accounts import UserFactory
from tests.factories.projects import ProjectFactory
from tests.factories.scope import BaselineFactory
from tests.together import together


@pytest.fixture
def content(monkeypatch: pytest.MonkeyPatch) -> dict:
    """One section of the test's own instead of the registered ones."""
    held = {"text": "Drafts for eleven topics.", "findings": []}
    section = Section(
        "purpose", "Purpose", 1, lambda _: {"text": held["text"]}, "x.html", lambda _: held["findings"], lambda _: "/"
    )
    monkeypatch.setattr(sections, "_sections", {"purpose": section})
    monkeypatch.setattr(sections, "_parts", [])
    return held


BLOCKER = Finding("no-owner", "blocker", "Nobody owns this", "Somebody must.", "/", "purpose")


def test_a_baseline_is_the_canonical_text_of_all_sections(project: Project, content: dict) -> None:
    baseline = actions.freeze(project, decision="A pilot.", by=UserFactory(name="Maja"))

    assert baseline.number == 1
    assert baseline.snapshot["sections"] == [
        {"key": "purpose", "title": "Purpose", "content": {"text": "Drafts for eleven topics."}}
    ]
    assert (baseline.decision, baseline.frozen_by_name) == ("A pilot.", "Maja")
    assert baseline.fingerprint == fingerprint(canonical(baseline.snapshot))


def test_numbers_follow_each_other_and_freezing_is_recorded(project: Project, content: dict) -> None:
    host = UserFactory()
    actions.freeze(project, decision="One.", by=host)
    content["text"] = "Other words."

    second = actions.freeze(project, decision="Two.", by=host)

    assert second.number == 2
    frozen = Event.objects.filter(stream=project.stream, kind="baseline.frozen").order_by("seq")
    assert [event.payload["number"] for event in frozen] == [1, 2]
    assert frozen[1].payload["fingerprint"] == second.fingerprint


def test_the_same_scope_is_not_frozen_twice(project: Project, content: dict) -> None:
    host = UserFactory()
    actions.freeze(project, decision="One.", by=host)

    with pytest.raises(DomainError, match="Nothing changed since baseline 1"):
        actions.freeze(project, decision="One.", by=host)


@pytest.mark.parametrize("change", [{"canonical": "{}"}, {"fingerprint": "0" * 64}, {"number": 9}])
def test_the_table_refuses_to_change_a_baseline(project: Project, change: dict) -> None:
    BaselineFactory(project=project)

    with pytest.raises(Error, match="immutable"), transaction.atomic():
        Baseline.objects.update(**change)


def test_the_table_refuses_to_delete_a_baseline_unless_it_is_a_sample_s(project: Project) -> None:
    BaselineFactory(project=project)
    sample = BaselineFactory(project=ProjectFactory(is_sample=True))

    with pytest.raises(Error, match="immutable"), transaction.atomic():
        project.baselines.all().delete()

    sample.project.delete()
    assert Baseline.objects.count() == 1


def test_a_text_that_was_changed_behind_our_back_is_noticed(project: Project) -> None:
    baseline = BaselineFactory.build(project=project)
    baseline.canonical += " "

    assert not baseline.is_whole


def test_what_blocks_is_kept_in_the_baseline_and_waived_with_name_and_reason(project: Project, content: dict) -> None:
    content["findings"] = [BLOCKER]
    host = UserFactory(name="Maja")
    [seen] = queries.blocking(queries.readiness(project))

    before = actions.freeze(project, decision="One.", by=host)
    actions.waive(project, seen.key, reason="Karin covers it.", by=host)
    after = actions.freeze(project, decision="Two.", by=host)

    assert [found["message"] for found in before.blockers] == ["Nobody owns this"]
    assert after.blockers == []
    assert after.waived[0]["waiver"]["name"] == "Maja"
    assert after.waived[0]["waiver"]["reason"] == "Karin covers it."


@pytest.mark.parametrize("level", ["blocker", "warning", "hint"])
def test_what_was_set_aside_is_kept_with_its_last_day(project: Project, content: dict, level: str) -> None:
    content["findings"] = [replace(BLOCKER, level=level)]
    host, friday = UserFactory(), timezone.localdate() + timedelta(days=5)
    actions.freeze(project, decision="One.", by=host)
    [seen] = [one for one in queries.readiness(project) if one.finding.rule == BLOCKER.rule]

    actions.waive(project, seen.key, reason="Karin covers it.", until=friday, by=host)
    [kept] = actions.freeze(project, decision="One.", by=host).waived

    assert (kept["level"], kept["waiver"]["until"]) == (level, friday.isoformat())


def test_a_finding_is_waived_once_and_only_while_it_is_there(project: Project, content: dict) -> None:
    content["findings"] = [BLOCKER]
    host = UserFactory()
    [seen] = queries.blocking(queries.readiness(project))
    actions.waive(project, seen.key, reason="Because.", by=host)

    with pytest.raises(DomainError, match="waived already"):
        actions.waive(project, seen.key, reason="Again.", by=host)
    content["findings"] = []
    with pytest.raises(DomainError, match="somebody mended it"):
        actions.waive(project, seen.key, reason="Again.", by=host)


@pytest.mark.django_db(transaction=True)
def test_two_who_freeze_at_once_get_two_numbers(content: dict) -> None:
    project, host = ProjectFactory(is_sample=True), UserFactory()

    def freeze(decision: str) -> int:
        return actions.freeze(project, decision=decision, by=host).number

    numbers = together(*[partial(freeze, f"Decision {n}") for n in range(4)])

    assert sorted(numbers) == [1, 2, 3, 4]
