from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import transaction

from apps.accounts.models import User
from apps.events.queries import verified
from apps.overview.sample.days import Days
from apps.overview.sample.load import load
from apps.projects.actions import remove_sample
from apps.projects.models import Project
from apps.projects.sections import all_sections
from apps.scope.models import Baseline
from apps.scope.queries import blocking, readiness
from apps.signoffs.models import Signature
from tests.factories.accounts import UserFactory


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """Loaded once for all tests of this file; each works in a transaction of its own within this one."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load()[0]
        transaction.set_rollback(True)


@pytest.fixture
def sample(loaded, db):
    return Project.objects.get(pk=loaded.pk)


def test_the_sample_has_everything(sample):
    held = sample.workshops.get(ended_at__isnull=False)

    assert sample.memberships.count() == 9
    assert sample.objectives.count() == 5
    assert sample.risks.count() == 14
    assert held.is_ended
    assert held.cards.count() == 38
    assert sample.threads.count() == 6
    assert sample.baselines.get().signatures.count() == 3
    assert sample.review_rounds.get(closed_at=None).requests.filter(answered_at=None).count() == 3
    asked = sample.workshops.get(ended_at=None).invites
    assert (asked.count(), asked.filter(seat__contributed=True).count()) == (5, 1)


def test_every_section_of_the_sample_says_something(sample):
    snapshots = {section.key: section.snapshot(sample) for section in all_sections()}

    assert all(any(snapshot.values()) for snapshot in snapshots.values())


def test_the_first_baseline_was_frozen_without_anything_that_blocks(sample):
    assert sample.baselines.get().blockers == []


def test_two_findings_block_the_next_one(sample):
    assert [(seen.finding.section, seen.finding.rule) for seen in blocking(readiness(sample))] == [
        ("objectives", "O2"),
        ("risks", "R1"),
    ]


def test_what_is_due_lies_ahead(sample):
    today = date.today()  # noqa: DTZ011
    due = [risk.mitigation_due for risk in sample.risks.all() if risk.mitigation_due]

    assert min([*due, sample.review_rounds.get(closed_at=None).due_at.date()]) > today


def test_the_samples_chain_verifies(sample):
    assert verified(sample.stream).whole


def test_loading_twice_is_loading_once(sample):
    call_command("load_sample")

    assert Project.objects.count() == 1
    assert User.objects.filter(is_sample=True).count() == 9


def test_the_sample_is_removed_whole_and_can_come_back(sample):
    somebody = UserFactory()

    remove_sample(sample, by=User.objects.get(email="maja@norrwater.example"))
    call_command("load_sample")

    assert Project.objects.count() == 1
    assert User.objects.filter(is_sample=False).get() == somebody


def test_removing_the_sample_takes_its_signatures_with_it(sample):
    remove_sample(sample, by=User.objects.get(email="maja@norrwater.example"))

    assert not Project.objects.exists()
    assert not Baseline.objects.exists()
    assert not Signature.objects.exists()


@pytest.mark.parametrize("offset", range(14))
def test_the_days_are_in_order_whenever_it_is_loaded(offset):
    days = Days(date(2026, 11, 20) + timedelta(days=offset))

    assert days.workshop < days.today < days.review < days.signing < days.budget < days.ticket_access < days.target
    assert (days.workshop.weekday() < 5, days.review.weekday()) == (True, 4)
