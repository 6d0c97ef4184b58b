"""Input before the meeting and after it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from apps.events.models import Event
from apps.workshops import actions
from apps.workshops.actions import Asked
from apps.workshops.enums import Phase
from apps.workshops.models import Participant, Workshop
from tests.factories.workshops import move, planned, running, table_of
from tests.fixtures import HTMX
from tests.pages import soup, text
from tests.workshops.asks import inside, room

PEOPLE = [Asked(f"Person {n}", f"p{n}@example.com") for n in range(1, 6)]


@pytest.fixture
def workshop(project, host):
    """Five people were asked to write something before tomorrow's meeting."""
    workshop = planned(project, by=host.user)
    open_for(table_of(workshop), ahead=True)
    Workshop.objects.filter(pk=workshop.pk).update(scheduled_at=timezone.now() + timedelta(hours=20))
    workshop.refresh_from_db()
    actions.invite_people(workshop, people=PEOPLE, ahead=True, by=host.user)
    workshop.refresh_from_db()
    return workshop


def open_for(activity, **flags):
    activity.settings = {**activity.settings, **flags}
    activity.save()


def come_in(invite):
    """The browser of who opened the link of their mail and pressed the one button."""
    client = Client()
    url = invite.link.replace("http://127.0.0.1:8000", "")
    page = soup(client.get(url))
    assert invite.name in text(page)
    assert client.post(url).url == room(invite.workshop)
    client.seat = Participant.objects.get(invite=invite)
    return client


def write(client, workshop, words="It sounds sure", prompt="concerns", **more):
    data = {"text": words, "prompt": prompt, "activity": table_of(workshop).pk, "key": uuid4(), **more}
    return client.post(room(workshop, "add_card"), data)


def test_who_was_asked_writes_before_the_meeting(workshop):
    client = come_in(workshop.invites.first())

    page = soup(client.get(room(workshop)))
    assert "Before the meeting" in text(page)
    assert write(client, workshop).status_code == 302

    page = soup(client.get(f"{room(workshop)}?prompt=concerns"))
    assert "It sounds sure" in text(page)
    assert "until the meeting starts" in page.select_one("#room-foot").text


def test_the_link_leads_the_same_person_to_the_same_seat_on_every_device(workshop):
    invite = workshop.invites.first()
    first, second = come_in(invite), come_in(invite)

    write(first, workshop)

    assert first.seat == second.seat
    assert "It sounds sure" in text(soup(second.get(f"{room(workshop)}?prompt=concerns")))
    assert first.get(room(workshop)).status_code == 200


def test_looking_at_the_link_takes_no_seat_and_a_wrong_one_leads_nowhere(workshop, client):
    invite = workshop.invites.first()
    url = invite.link.replace("http://127.0.0.1:8000", "")

    client.get(url)

    assert not workshop.participants.exists()
    assert client.get(url[:-3] + "xx/").status_code == 404


def test_what_comes_ahead_is_hidden_from_everybody_and_from_the_log(workshop, host):
    write(come_in(workshop.invites.first()), workshop, "Nobody knows")
    other = come_in(workshop.invites.last())

    seen = [
        host.get(inside(workshop, "plan")), host.get(inside(workshop, "console")), host.get(inside(workshop, "present")),
        host.get(f"{inside(workshop, 'console')}?look={table_of(workshop).pk}"),
        host.get(inside(workshop, "preview")), other.get(room(workshop)), host.get(inside(workshop, "recap")),
    ]  # fmt: skip

    assert not [page for page in seen if b"Nobody knows" in page.content]
    assert not [event for event in Event.objects.all() if "Nobody knows" in str(event.payload)]


def test_the_host_sees_who_is_missing_and_not_what_was_written(workshop, host):
    first = workshop.invites.first()
    write(come_in(first), workshop)

    part = soup(host.get(inside(workshop, "plan_side"), headers=HTMX)).select_one("#ahead")

    rows = {row.span.text: row.find_all("span")[1].text.strip() for row in part.select("li")}
    assert rows == {first.name: "has written"} | {each.name: "nothing yet" for each in PEOPLE[1:]}
    assert "1 of 5" in part.text


def test_when_few_have_answered_six_minutes_of_live_writing_are_proposed(workshop, host):
    before = table_of(workshop).minutes
    side = soup(host.get(inside(workshop, "plan_side"), headers=HTMX))
    assert "Add 6 minutes of live writing" in side.text

    host.post(inside(workshop, "add_writing"))

    assert table_of(workshop).minutes == before + 6
    assert "Add 6 minutes" not in soup(host.get(inside(workshop, "plan_side"), headers=HTMX)).text


def test_when_most_have_answered_nothing_is_proposed(workshop, host):
    for invite in workshop.invites.all()[:3]:
        write(come_in(invite), workshop)

    assert "live writing" not in soup(host.get(inside(workshop, "plan_side"), headers=HTMX)).text


def test_at_the_start_the_cards_are_there_still_hidden_and_still_their_own(workshop, host):
    client = come_in(workshop.invites.first())
    write(client, workshop)
    actions.start_workshop(workshop, step=0, by=host.user)
    table = table_of(workshop)

    move(workshop, table, Phase.WRITE, by=host.user)
    own = text(soup(client.get(f"{room(workshop)}?prompt=concerns")))
    move(workshop, table, Phase.GROUP, by=host.user)

    assert "It sounds sure" in own
    card = table.cards.get()
    assert (card.text, card.author) == ("It sounds sure", None)


@pytest.mark.parametrize("shut", ["not yet", "never", "other step", "started"])
def test_a_card_is_refused_where_nothing_is_open_ahead_and_its_words_stay(workshop, host, shut):
    client = come_in(workshop.invites.first())
    data = {}
    if shut == "not yet":
        Workshop.objects.update(ahead_from=timezone.now() + timedelta(hours=1))
    elif shut == "never":
        open_for(table_of(workshop), ahead=False)
    elif shut == "other step":
        data["activity"] = workshop.activities.last().pk
    else:
        actions.start_workshop(workshop, step=0, by=host.user)

    assert write(client, workshop, **data).status_code == 409
    assert not workshop.cards.exists()


def test_a_card_of_ones_own_is_changed_and_taken_back_ahead(workshop):
    client = come_in(workshop.invites.first())
    write(client, workshop)
    card = workshop.cards.get()

    changed = client.post(room(workshop, "change_card", card.pk), {"text": "It is wrong", "version": 1})
    deleted = client.post(room(workshop, "delete_card", card.pk))

    assert [changed.status_code, deleted.status_code] == [302, 302]
    assert not workshop.cards.exists()


def test_the_host_opens_and_closes_the_time_around_the_meeting(workshop, host):
    data = {"ahead_from_0": "2026-11-05", "ahead_from_1": "09:00"}

    assert host.post(inside(workshop, "around"), data).status_code == 302

    workshop.refresh_from_db()
    assert workshop.ahead_from.date().isoformat() == "2026-11-05"
    assert host.post(inside(workshop, "around"), {"ahead_from_0": "someday"}, headers=HTMX).status_code == 422


def test_after_the_meeting_absentees_add_cards_until_the_date(project, host):
    workshop = running(project, by=host.user)
    open_for(table_of(workshop), after=True)
    invite = workshop.invites.create(name="Jonas Weber", email="jonas@example.com")
    workshop.refresh_from_db()
    actions.end_workshop(workshop, step=workshop.step, by=host.user)
    Workshop.objects.update(after_until=timezone.now() + timedelta(days=2))
    workshop.refresh_from_db()
    invite.workshop = workshop
    absent = come_in(invite)

    page = soup(absent.get(room(workshop)))
    assert "After the meeting" in text(page)
    assert write(absent, workshop, "I was on a train").status_code == 302
    assert "I was on a train" in text(soup(host.get(inside(workshop, "recap"))))
    card = workshop.cards.get()
    assert (card.author, card.revealed_at is not None) == (None, True)

    Workshop.objects.update(after_until=timezone.now() - timedelta(minutes=1))
    assert write(absent, workshop, "Too late").status_code == 409


def test_as_many_cards_as_the_step_allows(workshop):
    table = table_of(workshop)
    open_for(table, more={"cards": 1})
    client = come_in(workshop.invites.first())

    assert write(client, workshop).status_code == 302
    assert write(client, workshop, "One more").status_code == 409


def test_cards_that_are_seen_at_once_are_on_every_screen_while_people_write(project, host, join):
    workshop = running(project, by=host.user)
    open_for(table_of(workshop), more={"open": True})
    one, other = join(workshop, "One"), join(workshop, "Other")

    write(one, workshop, "Seen at once", prompt="expectations")
    page = text(soup(other.get(f"{room(workshop)}?prompt=expectations")))

    assert "Everybody sees your cards at once." in page
    assert "Seen at once" in page
