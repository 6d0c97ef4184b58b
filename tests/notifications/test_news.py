"""News by mail: at once, once a day, or never; never empty, never twice, and not after it was read."""

from datetime import UTC, datetime, timedelta
from email import message_from_string
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from apps.comments import actions as comments
from apps.core.due import State
from apps.core.hours import next_morning
from apps.notifications import actions, letters, queries, stopping
from apps.notifications.mail import _mail
from apps.notifications.models import Letter, Message, Notice
from apps.projects.models import Membership
from apps.reviews.actions import open_round
from tests.factories.projects import MembershipFactory, ProjectFactory
from tests.pages import soup

# A Thursday.
NOON = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
MORNING = datetime(2026, 11, 27, 7, 0, tzinfo=UTC)
"""Friday, eight in Stockholm."""


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as travel:
        yield travel


@pytest.fixture
def karin(project, clock):
    return MembershipFactory(
        project=project, user__name="Karin Åström", user__email="karin@b.example", user__time_zone="Europe/Stockholm"
    ).user


@pytest.fixture
def erik(project, clock):
    return MembershipFactory(project=project, user__name="Erik Sandberg").user


def say(project, by, body="@Karin Åström, which basis?", **more):
    return comments.open_thread(project, target="section:purpose", body=body, quote="the old words", by=by, **more)


def write_all():
    for pk in Letter.objects.filter(state=State.QUEUED).values_list("pk", flat=True):
        letters.write(str(pk))


def test_a_mention_comes_at_once_with_the_words_the_passage_and_the_thread(project, karin, erik, clock):
    thread = say(project, erik, body="Which basis?")
    clock.shift(timedelta(seconds=1))
    comments.reply(thread, body="@Karin Åström, do you know?", by=erik)
    clock.shift(letters.AT_ONCE)

    write_all()

    mail = Message.objects.get(recipient=karin)
    assert mail.subject == "Erik Sandberg mentions you in “Purpose”"
    for words in ("Which basis?", "@Karin Åström, do you know?", "“the old words”", thread.get_absolute_url()):
        assert words in mail.text


def test_a_mail_can_be_stopped_with_one_click(project, karin, erik, clock, client):
    say(project, erik)
    clock.shift(letters.AT_ONCE)
    write_all()
    mail = _mail(Message.objects.get(recipient=karin))
    headers = message_from_string(mail.message().as_string())
    url = headers["List-Unsubscribe"].strip("<>").split("/", 3)[3]

    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    client.get(f"/{url}")
    assert queries.paces(karin)["mention"] == "now"

    answer = client.post(f"/{url}", {"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, queries.paces(karin)["mention"]) == (200, "never")


def read(thread, karin, erik):
    comments.look(thread.project, upto=[thread.comments.get().pk], by=karin)


def answered(thread, karin, erik):
    comments.reply(thread, body="Consent.", by=karin)


def resolved(thread, karin, erik):
    comments.resolve(thread, by=erik)


def left(thread, karin, erik):
    Membership.objects.filter(user=karin).delete()


def switched_off(thread, karin, erik):
    actions.choose_paces(karin, mention="never")


@pytest.mark.parametrize("meanwhile", [read, answered, resolved, left, switched_off])
def test_what_is_over_by_then_is_not_told(project, karin, erik, clock, meanwhile):
    thread = say(project, erik)
    clock.shift(timedelta(seconds=1))
    meanwhile(thread, karin, erik)
    clock.shift(letters.AT_ONCE)

    write_all()

    assert not Message.objects.filter(recipient=karin).exists()
    assert not Notice.objects.filter(recipient=karin, settled_at=None).exists()


def test_a_digest_holds_everything_of_all_projects_in_one_mail(project, karin, erik, clock):
    actions.choose_paces(karin, mention="daily")
    other = MembershipFactory(user=karin, project=ProjectFactory(title="Another")).project
    MembershipFactory(user=erik, project=other)
    say(project, erik)
    say(other, erik, body="@Karin Åström, and here?")

    clock.move_to(MORNING - timedelta(minutes=1))
    write_all()
    assert not Message.objects.exists()

    clock.move_to(MORNING)
    write_all()
    write_all()

    mail = Message.objects.get()
    assert mail.subject == "2 things for you in 2 projects"
    assert "which basis?" in mail.text
    assert "and here?" in mail.text


def test_a_digest_is_never_empty(project, karin, erik, clock):
    actions.choose_paces(karin, mention="daily")
    comments.resolve(say(project, erik), by=erik)
    clock.move_to(MORNING)

    write_all()

    assert not Message.objects.exists()
    assert Letter.objects.get().state == State.DONE


def test_what_comes_after_the_digest_waits_for_the_next_working_morning(project, karin, erik, clock):
    actions.choose_paces(karin, mention="daily")
    say(project, erik)
    clock.move_to(MORNING)
    write_all()

    say(project, erik)

    monday = MORNING + timedelta(days=3)
    assert Letter.objects.get(state=State.QUEUED).due_at == monday


def test_a_digest_that_is_late_waits_for_working_hours_and_stays_one(project, karin, erik, clock):
    actions.choose_paces(karin, mention="daily")
    say(project, erik)
    clock.move_to(MORNING.replace(hour=19))
    write_all()
    say(project, erik)

    assert not Message.objects.exists()

    clock.move_to(MORNING + timedelta(days=3))
    write_all()

    assert Message.objects.get().subject == "2 things for you in “Reply drafts for support”"


def test_who_chooses_the_digest_meanwhile_gets_it_there(project, karin, erik, clock):
    say(project, erik)
    actions.choose_paces(karin, mention="daily")
    clock.shift(letters.AT_ONCE)
    write_all()
    assert not Message.objects.exists()

    clock.move_to(MORNING)
    write_all()

    assert "which basis?" in Message.objects.get().text


@pytest.mark.parametrize(
    ("zone", "at", "morning"),
    [
        ("Europe/Stockholm", "2026-11-26T06:59Z", "2026-11-26T08:00+01:00"),
        ("Europe/Stockholm", "2026-11-26T07:00Z", "2026-11-27T08:00+01:00"),
        ("Europe/Stockholm", "2026-11-27T10:00Z", "2026-11-30T08:00+01:00"),
        # Clocks went forward on Sunday, 29 March.
        ("Europe/Stockholm", "2026-03-27T10:00Z", "2026-03-30T08:00+02:00"),
        ("Asia/Kolkata", "2026-11-25T20:00Z", "2026-11-26T08:00+05:30"),
    ],
)
def test_mornings_are_each_persons_own(zone, at, morning):
    found = next_morning(datetime.fromisoformat(at), ZoneInfo(zone))

    assert found == datetime.fromisoformat(morning)


def test_choices_are_kept_and_shown(host):
    url = reverse("notifications:paces")

    answer = host.post(
        url, {"mention": "daily", "answer": "never", "own": "now", "request": "daily", "slipped": "daily"}
    )

    assert (answer.status_code, answer.url) == (302, url)
    chosen = {field["name"]: field["value"] for field in soup(host.get(url)).select("main input[checked]")}
    assert chosen == {"mention": "daily", "answer": "never", "own": "now", "request": "daily", "slipped": "daily"}


def test_a_choice_that_is_none_is_invalid(host):
    answer = host.post(reverse("notifications:paces"), {"mention": "sometimes"})

    assert answer.status_code == 422


def test_a_link_that_nobody_made_stops_nothing(client, db):
    assert client.post(reverse("notifications:stop", args=["karin:mention:abc"])).status_code == 404


def test_stopping_the_digest_stops_what_comes_in_it(karin):
    actions.stop(karin, kind="digest")

    assert queries.paces(karin) == {
        "mention": "now",
        "answer": "never",
        "own": "never",
        "request": "now",
        "slipped": "now",
    }


def test_the_address_of_a_mail_names_person_and_kind(karin):
    stop = stopping.read(stopping.token(karin, "mention"))

    assert (stop.user, stop.kind) == (karin, "mention")


@pytest.mark.parametrize(("pace", "at_once", "in_digest"), [("now", 1, 0), ("daily", 0, 1), ("never", 0, 0)])
def test_requests_come_as_chosen(project, karin, erik, clock, pace, at_once, in_digest):
    actions.choose_paces(karin, request=pace)

    open_round(
        project, sections=["people"], people=[(karin, "approve")], due=NOON.date() + timedelta(days=9), note="", by=erik
    )
    assert Message.objects.filter(recipient=karin).count() == at_once

    clock.move_to(MORNING)
    write_all()
    assert Message.objects.filter(recipient=karin, text__contains="asks for your answer on 1 section").count() == (
        at_once + in_digest
    )
