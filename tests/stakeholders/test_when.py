"""When people can be reached, and whom an hour does not suit."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from apps.stakeholders import when
from apps.stakeholders.models import Stakeholder
from tests.factories.stakeholders import StakeholderFactory
from tests.pages import soup, text

HOME = "Europe/Stockholm"
# Wednesday, 13:00 in Stockholm.
START = datetime(2026, 12, 2, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("days", "words"),
    [("", ""), ("12345", ""), ("123", "Mon–Wed"), ("135", "Mon, Wed, Fri"), ("45", "Thu, Fri"), ("67", "Sat, Sun")],
)
def test_days_of_the_week_in_words(days, words):
    assert when.days_in_words(days) == words


@pytest.mark.parametrize(
    ("person", "why"),
    [
        (Stakeholder(), []),
        (Stakeholder(days="124"), ["does not work on Wednesday"]),
        (Stakeholder(days="3"), []),
        (Stakeholder(away_from=date(2026, 12, 1), away_until=date(2026, 12, 2)), ["away until 2 Dec"]),
        (Stakeholder(away_from=date(2026, 12, 3)), []),
        (Stakeholder(away_from=date(2026, 12, 2)), ["away from 2 Dec"]),
        (Stakeholder(time_zone="Asia/Kolkata"), ["it is 17:30 to 19:00 there"]),
        (Stakeholder(time_zone="America/New_York"), ["it is 07:00 to 08:30 there"]),
        (Stakeholder(time_zone="Europe/London"), []),
        # Over there it is Thursday already.
        (Stakeholder(time_zone="Pacific/Auckland", days="3"), ["does not work on Thursday"]),
    ],
)
def test_an_hour_does_not_suit(person, why):
    assert [one.why for one in when.hindered([person], START, 90, HOME)] == why


def test_the_clock_over_there_in_words():
    assert when.zone_in_words("Asia/Kolkata", HOME, START) == "Kolkata, 4:30 ahead"
    assert when.zone_in_words("America/New_York", HOME, START) == "New York, 6:00 behind"
    assert when.zone_in_words("Europe/Berlin", HOME, START) == ""


def test_times_are_kept_and_shown(host, project):
    person = StakeholderFactory(project=project, name="Lars-Göran")
    sent = {
        "name": "Lars-Göran", "influence": 2, "interest": 4, "version": 1, "days": ["3", "1", "2"],
        "availability": "On the phone only.", "away_from": "2099-07-01", "away_until": "2099-07-14",
    }  # fmt: skip

    host.post(reverse("stakeholders:edit", args=[project.pk, person.pk]), sent)

    page = soup(host.get(reverse("stakeholders:list", args=[project.pk])))
    assert "Mon–Wed · away 1 Jul to 14 Jul · On the phone only." in text(page)


def test_nobody_is_back_before_they_went(host, project):
    person = StakeholderFactory(project=project)
    sent = {
        "name": "Eva", "influence": 2, "interest": 4, "version": 1, "away_from": "2099-07-14", "away_until": "2099-07-01",
    }  # fmt: skip

    response = host.post(reverse("stakeholders:edit", args=[project.pk, person.pk]), sent)

    assert response.status_code == 422
    assert "This is before the first day away." in text(soup(response))
