"""Invitations: to exactly those who were confirmed, with the meeting for their calendar."""

from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from zoneinfo import ZoneInfo

import pytest
import time_machine
from icalendar import Calendar

from apps.events.rights import Identity
from apps.notifications.models import Message
from apps.projects.actions import remove_member
from apps.stakeholders.models import Stakeholder
from apps.workshops import actions, calendar, letters
from apps.workshops.actions import Asked
from apps.workshops.enums import State, Template
from apps.workshops.live_rights import may_listen
from apps.workshops.models import Errand, Workshop
from apps.workshops.times import reminder_moment
from tests.factories.projects import MembershipFactory
from tests.factories.workshops import planned, table_of
from tests.pages import soup, text
from tests.workshops.asks import inside, room

START = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
PRIYA = Asked(name="Priya Raman", email="priya@example.com", time_zone="Asia/Kolkata")


@pytest.fixture
def workshop(project, host):
    project.time_zone = "Europe/Stockholm"
    project.save()
    workshop = planned(project, by=host.user)
    Workshop.objects.filter(pk=workshop.pk).update(scheduled_at=START, minutes=90)
    workshop.refresh_from_db()
    return workshop


def opened_ahead(workshop):
    table = table_of(workshop)
    table.settings = {**table.settings, "ahead": True}
    table.save()
    return table


def event_of(ics):
    return Calendar.from_ical(ics).walk("VEVENT")[0]


def sent():
    return {(message.to, message.subject.split(":")[0]) for message in Message.objects.all()}


def ask(workshop, *people, ahead=False):
    with time_machine.travel(NOW, tick=False):
        return actions.invite_people(workshop, people=people, ahead=ahead, by=workshop.host)


def test_only_who_is_ticked_or_typed_gets_a_mail(workshop, host, project):
    member = MembershipFactory(project=project)
    MembershipFactory(project=project)
    Stakeholder.objects.create(project=project, name="Jonas Weber", email="jonas@example.com", role="developer")
    page = soup(host.get(inside(workshop, "invite")))
    ticked = {box["value"] for box in page.select("[name=people][checked]")}

    data = {"people": [member.user.email.lower()], "more": "Priya Raman <priya@example.com>\n"}
    assert host.post(inside(workshop, "invite"), data).status_code == 302

    assert {member.user.email.lower(), "jonas@example.com"} < ticked
    assert host.user.email.lower() not in ticked
    assert {to for to, _ in sent()} == {member.user.email, "priya@example.com"}
    again = soup(host.get(inside(workshop, "invite")))
    assert member.user.email.lower() not in {box["value"] for box in again.select("[name=people]")}


@pytest.mark.parametrize(("data", "status"), [
    ({}, 422), ({"more": "no address"}, 422), ({"people": "stranger@example.com"}, 422),
])  # fmt: skip
def test_an_invitation_to_nobody_is_refused_and_what_was_typed_stays(workshop, host, data, status):
    answer = host.post(inside(workshop, "invite"), data)

    assert answer.status_code == status
    assert soup(answer).select_one("[name=more]").text.strip() == data.get("more", "")
    assert not Message.objects.exists()


def test_the_mail_carries_the_meeting_for_a_calendar_and_their_own_time(workshop):
    ask(workshop, PRIYA)

    message = Message.objects.get()
    event = event_of(message.calendar)
    assert "METHOD:REQUEST" in message.calendar
    assert event["uid"] == calendar.uid(workshop)
    assert str(event["attendee"]) == "mailto:priya@example.com"
    assert "17:30" in message.text
    assert "Kolkata time" in message.text


def test_a_new_time_keeps_the_identity_and_counts_on(workshop, host):
    ask(workshop, PRIYA)
    first = event_of(Message.objects.get().calendar)
    data = {"title": workshop.title, "purpose": "", "minutes": 60, "version": workshop.version}
    data |= {"scheduled_at_0": "2026-12-02", "scheduled_at_1": "14:00"}

    assert "Priya Raman" in text(soup(host.get(inside(workshop, "change"))))
    assert host.post(inside(workshop, "change"), data).status_code == 302

    second = event_of(Message.objects.get(subject__startswith="New time").calendar)
    assert second["uid"] == first["uid"]
    assert (int(first["sequence"]), int(second["sequence"])) == (0, 1)
    assert second["dtend"].dt - second["dtstart"].dt == timedelta(minutes=60)


def test_other_words_about_the_purpose_send_nothing(workshop, host):
    ask(workshop, PRIYA)
    data = {"title": workshop.title, "purpose": "More", "minutes": 90, "version": 1}
    data |= {"scheduled_at_0": "2026-12-01", "scheduled_at_1": "13:00"}

    host.post(inside(workshop, "change"), data)

    assert Message.objects.count() == 1


def test_a_workshop_that_is_called_off_leaves_the_calendars(workshop, host, project):
    ask(workshop, PRIYA)

    assert host.post(inside(workshop, "call_off"), {"word": "Anders is ill."}).status_code == 302

    workshop.refresh_from_db()
    told = Message.objects.get(subject__startswith="Called off")
    assert workshop.state == State.OFF
    assert "Anders is ill." in told.text
    assert "METHOD:CANCEL" in told.calendar
    assert int(event_of(told.calendar)["sequence"]) == 1
    assert host.post(inside(workshop, "start"), {"step": 0}).status_code == 409
    assert host.post(inside(workshop, "call_off"), {}).status_code == 409
    assert "called off" in text(soup(host.get(f"/projects/{project.pk}/workshops/")))


@pytest.mark.parametrize(("starts", "clock", "offset"), [
    (datetime(2026, 10, 24, 11, 0, tzinfo=UTC), "13:00", 2),
    (datetime(2026, 10, 25, 12, 0, tzinfo=UTC), "13:00", 1),
    (datetime(2027, 3, 28, 0, 30, tzinfo=UTC), "01:30", 1),
])  # fmt: skip
def test_times_are_right_on_both_sides_of_a_change_of_the_clock(workshop, starts, clock, offset):
    workshop.scheduled_at, workshop.minutes = starts, 90

    ics = calendar.ics(workshop, method=calendar.PUBLISH)

    event = event_of(ics)
    local = event["dtstart"].dt
    assert (local.strftime("%H:%M"), local.utcoffset()) == (clock, timedelta(hours=offset))
    assert event["dtend"].dt.astimezone(UTC) - starts == timedelta(minutes=90)
    assert "BEGIN:VTIMEZONE" in ics
    assert "TZID=Europe/Stockholm" in ics


def test_a_week_without_a_meeting_is_days(workshop):
    workshop.template = Template.WEEK

    event = event_of(calendar.ics(workshop, method=calendar.PUBLISH))

    assert (event["dtend"].dt - event["dtstart"].dt).days == 5


def test_the_calendar_can_be_taken_by_members_and_by_guests(project, host, join):
    workshop = planned(project, by=host.user)
    Workshop.objects.filter(pk=workshop.pk).update(scheduled_at=START)
    actions.open_room(workshop, by=host.user)
    workshop.refresh_from_db()
    guest = join(workshop)

    files = [host.get(inside(workshop, "calendar")), guest.get(room(workshop, "room_calendar"))]

    assert [event_of(file.content)["uid"] for file in files] == [calendar.uid(workshop)] * 2
    assert {file["Content-Type"] for file in files} == {"text/calendar; charset=utf-8"}


@pytest.mark.parametrize(("zone", "start", "expected"), [
    ("Asia/Kolkata", START, "2026-11-30 08:30+05:30"),
    ("America/New_York", START, "2026-11-30 08:30-05:00"),
    ("Europe/Stockholm", datetime(2026, 10, 26, 9, 0, tzinfo=UTC), "2026-10-23 08:30+02:00"),
    ("Europe/Stockholm", datetime(2026, 9, 1, 9, 0, tzinfo=UTC), None),
])  # fmt: skip
def test_a_reminder_comes_in_their_own_morning_of_the_working_day_before(zone, start, expected):
    at = reminder_moment(start, ZoneInfo(zone), datetime(2026, 10, 1, tzinfo=UTC))

    assert (at and at.isoformat(" ", "minutes")) == expected


def test_who_was_asked_and_has_written_nothing_is_reminded_once(workshop):
    opened_ahead(workshop)
    ask(workshop, PRIYA, ahead=True)
    errand = Errand.objects.get()

    with time_machine.travel(errand.due_at, tick=False):
        letters.run_errand(str(errand.pk))
        letters.run_errand(str(errand.pk))

    assert sorted(subject for _, subject in sent()) == ["Invitation", "Ten minutes before the meeting"]
    assert errand.due_at == datetime(2026, 11, 30, 3, 0, tzinfo=UTC)


def test_nobody_is_reminded_who_has_written_or_of_a_time_that_moved(workshop, client):
    table = opened_ahead(workshop)
    wrote, moved = ask(workshop, PRIYA, Asked("Tomas Ek", "tomas@example.com"), ahead=True)
    with time_machine.travel(NOW, tick=False):
        seat, _secret = actions.join_as_invited(wrote)
        seat.workshop = Workshop.objects.get(pk=workshop.pk)
        actions.add_card(seat, activity=table.pk, prompt="concerns", text="It sounds sure", key=table.pk)

    with time_machine.travel(START - timedelta(hours=20), tick=False):
        letters.run_errand(str(wrote.errands.get().pk))
        Workshop.objects.filter(pk=workshop.pk).update(scheduled_at=START + timedelta(days=1))
        letters.run_errand(str(moved.errands.get().pk))

    assert {subject for _, subject in sent()} == {"Invitation"}


def test_who_is_removed_from_the_project_loses_the_seat_of_their_link(workshop, host, project, client):
    member = MembershipFactory(project=project)
    actions.open_room(workshop, by=host.user)
    invite = ask(workshop, Asked(name="Anders Holm", email=member.user.email, user=member.user_id))[0]
    link = "/" + invite.link.split("/", 3)[3]
    client.post(link)
    assert client.get(room(workshop, "room")).status_code == 200

    remove_member(member, by=host.user)

    assert client.get(room(workshop, "room")).status_code == 302
    assert client.post(link).status_code == 404
    assert not may_listen(Identity(session=dict(client.session)), str(workshop.pk))


def organizer(ics):
    return str(event_of(ics)["organizer"])


def test_guests_read_the_hosts_name_and_not_the_hosts_address(workshop, host, project, join, settings):
    member = MembershipFactory(project=project)
    ask(workshop, PRIYA, Asked("Member", member.user.email, member.user_id))
    actions.open_room(workshop, by=host.user)
    workshop.refresh_from_db()

    mails = {message.to: message.calendar for message in Message.objects.all()}
    taken = join(workshop).get(room(workshop, "room_calendar")).content
    own = host.get(inside(workshop, "calendar")).content

    for ics in (mails["priya@example.com"], taken):
        assert organizer(ics) == f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}"
        assert event_of(ics)["organizer"].params["CN"] == host.user.name
        assert host.user.email not in str(ics)
    assert [organizer(ics) for ics in (mails[member.user.email], own)] == [f"mailto:{host.user.email}"] * 2


def test_the_host_may_show_their_address_and_it_stays_with_the_first_guest(workshop, host, join):
    data = {"more": "Priya Raman <priya@example.com>", "show_mail": "on"}
    assert host.post(inside(workshop, "invite"), data).status_code == 302

    page = soup(host.get(inside(workshop, "invite")))
    host.post(inside(workshop, "invite"), {"more": "tomas@example.com"})

    calendars = {organizer(message.calendar) for message in Message.objects.all()}
    assert calendars == {f"mailto:{host.user.email}"}
    assert page.select("[name=show_mail]") == []
    assert "The calendars of guests show your own e-mail address." in text(page)
