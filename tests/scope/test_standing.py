"""What changed since an earlier day, and waivers that run out."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from apps.core.errors import DomainError
from apps.scope import actions, queries
from apps.scope.models import Reading
from apps.scope.schedule import remember
from apps.tables.actions import add_row
from tests.pages import soup, text


def first(project):
    return queries.readiness(project)[0]


def test_each_project_is_read_once_a_day(project):
    remember()
    remember()

    assert Reading.objects.filter(project=project).count() == 1


def test_what_is_new_and_gone_since_an_earlier_day(project, host):
    Reading.objects.create(
        project=project, day=timezone.localdate() - timedelta(days=1), score=50, findings={"gone": "No owner"}
    )

    words = text(soup(host.get(reverse("scope:readiness", args=[project.pk]))))

    found = queries.standing(project, queries.readiness(project))
    assert found.gone == ["No owner"]
    assert len(found.new) == len(queries.readiness(project)) > 0
    assert "No owner" in words


def test_a_project_without_a_word_is_not_half_ready(project):
    found = queries.standing(project, queries.readiness(project))

    assert {"Purpose": 0, "Risks": 0, "Delivery plan": 0}.items() <= dict(found.sections).items()
    assert found.score < 25


def test_a_waiver_holds_until_its_day(project, host):
    seen = first(project)
    actions.waive(
        project, seen.key, reason="Karin is away.", until=timezone.localdate() + timedelta(days=7), by=host.user
    )
    assert next(one for one in queries.readiness(project) if one.key == seen.key).waiver

    with time_machine.travel(timezone.now() + timedelta(days=9)):
        assert not next(one for one in queries.readiness(project) if one.key == seen.key).waiver
        actions.waive(project, seen.key, reason="Still away.", by=host.user)

        assert next(one for one in queries.readiness(project) if one.key == seen.key).waiver.reason == "Still away."


def test_a_waiver_cannot_end_yesterday(project, host):
    yesterday = timezone.localdate() - timedelta(days=1)

    with pytest.raises(DomainError, match="over"):
        actions.waive(project, first(project).key, reason="Late.", until=yesterday, by=host.user)


def test_what_one_rule_says_of_many_rows_is_said_once(project, host):
    for name in ("Thumbs", "Latency", "Cost", "Drift"):
        add_row(project, "monitoring", values={"name": name, "alarm": "any", "owner": "Priya"}, by=None)

    page = soup(host.get(reverse("scope:readiness", args=[project.pk])))

    [fold] = [fold for fold in page.select("#findings details.fold") if "how often" in text(fold)]
    assert text(fold.summary).strip() == "3 more like it"
    assert len(fold.select(".finding")) == 3
    assert len(page.select(".finding")) == len(queries.readiness(project))
