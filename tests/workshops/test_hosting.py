"""Driving together: co-hosts, hand-over, the door, names, the participant's view."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.events.models import Event
from apps.workshops import actions
from apps.workshops.enums import Part, Phase
from apps.workshops.models import Participant
from tests.factories.workshops import CardFactory, ParticipantFactory, move, running, table_of
from tests.fixtures import HTMX
from tests.pages import soup, swap, text
from tests.workshops.asks import card, inside, room, step_to, still


@pytest.fixture
def workshop(project, host):
    return running(project, by=host.user)


@pytest.fixture
def member(workshop, viewer):
    """A viewer of the project who sits in the room."""
    viewer.seat = actions.join_as_member(workshop, by=viewer.user)
    return viewer


def let_drive(host, workshop, seat, on="1"):
    return host.post(inside(workshop, "host_seat", seat.pk), {"host": on})


def is_gone(workshop):
    workshop.participants.filter(user=workshop.host).update(last_seen_at=timezone.now() - timedelta(minutes=3))


def test_a_member_in_the_room_drives_when_a_host_lets_them(workshop, host, member):
    before = member.get(inside(workshop, "console")).status_code

    let_drive(host, workshop, member.seat)

    assert (before, member.get(inside(workshop, "console")).status_code) == (403, 200)
    data = step_to(workshop, table_of(workshop), Phase.GROUP)
    assert member.post(inside(workshop, "move"), data).status_code == 302
    assert "to the host’s screen" in text(soup(member.get(room(workshop))))


def test_a_co_host_drives_this_room_and_nothing_else(workshop, host, member, project):
    let_drive(host, workshop, member.seat)
    other = running(project, by=host.user)

    refused = [
        member.get(inside(other, "console")),
        member.get(inside(workshop, "invite")),
        member.get(inside(workshop, "change")),
        member.get(f"/projects/{project.pk}/workshops/new/"),
    ]

    assert [answer.status_code for answer in refused] == [403] * 4


def test_a_co_host_without_the_right_to_write_there_is_not_offered_to_make_risks(workshop, host, member):
    let_drive(host, workshop, member.seat)
    said = CardFactory(activity=table_of(workshop), revealed_at=workshop.entered_at)
    move(workshop, table_of(workshop), Phase.GROUP)

    shapes = [soup(one.get(inside(workshop, "console"))).select_one("#table-shape").text for one in (host, member)]
    pages = [text(soup(one.get(inside(workshop, "card_menu"), {"card": said.pk}))) for one in (host, member)]

    assert ["Make it a" in words for words in (*shapes, *pages)] == [True, False] * 2
    assert all("Park it" in words for words in (*shapes, *pages))


def test_a_host_takes_the_driving_back(workshop, host, member):
    let_drive(host, workshop, member.seat)

    let_drive(host, workshop, member.seat, on="0")

    assert member.get(inside(workshop, "console")).status_code == 403


def test_a_guest_cannot_be_made_a_host(workshop, host):
    guest = ParticipantFactory(workshop=workshop)

    assert let_drive(host, workshop, guest).status_code == 409


def test_who_left_the_project_does_not_drive_any_more(workshop, host, member):
    let_drive(host, workshop, member.seat)

    workshop.project.memberships.get(user=member.user).delete()

    assert member.get(inside(workshop, "console")).status_code == 404


def test_when_the_host_is_gone_a_co_host_takes_over_and_everybody_is_told(workshop, host, member, join):
    guest = join(workshop)
    let_drive(host, workshop, member.seat)
    is_gone(workshop)

    member.post(inside(workshop, "host_here"))

    workshop.refresh_from_db()
    assert workshop.host == member.user
    assert Event.objects.filter(stream=workshop.stream).latest("seq").name == "hosts:changed"
    told = f"{member.user.short_name} has taken over."
    assert told in text(soup(guest.get(room(workshop))))
    assert told in text(soup(host.get(inside(workshop, "console"))))


def test_a_co_host_on_a_phone_takes_over_too(workshop, host, member):
    let_drive(host, workshop, member.seat)
    is_gone(workshop)

    member.post(room(workshop, "here"))

    workshop.refresh_from_db()
    assert workshop.host == member.user


@pytest.mark.parametrize("gone", [False, True])
def test_nobody_takes_over_while_the_host_is_there_or_without_being_a_host(workshop, host, member, gone):
    if gone:
        is_gone(workshop)
    else:
        let_drive(host, workshop, member.seat)

    member.post(room(workshop, "here"))

    workshop.refresh_from_db()
    assert workshop.host == host.user


def test_the_host_comes_back_and_takes_over_again_by_hand(workshop, host, member):
    let_drive(host, workshop, member.seat)
    actions.take_over(workshop, by=member.user)

    assert host.post(inside(workshop, "take_over")).status_code == 302

    workshop.refresh_from_db()
    assert workshop.host == host.user
    assert (
        let_drive(member, workshop, Participant.objects.get(workshop=workshop, user=host.user), on="0").status_code
        == 409
    )


def test_a_locked_room_takes_nobody_new_and_everybody_back(workshop, host, join, client):
    guest = join(workshop)
    host.post(inside(workshop, "lock"), {"locked": "1"})
    url = workshop.join_url.replace("http://127.0.0.1:8000", "")

    stranger = client.post(url, {"name": "Late", "key": "x" * 32})

    assert "closed the door" in text(soup(client.get(url)))
    assert stranger.status_code == 409
    assert guest.get(url).url == room(workshop)
    assert guest.get(room(workshop)).status_code == 200
    host.post(inside(workshop, "lock"), {"locked": "0"})
    assert client.post(url, {"name": "Late", "key": "x" * 32}).status_code == 302


def test_a_guest_is_renamed_and_a_member_is_not(workshop, host, member, join):
    guest = join(workshop, "Lrs")

    answers = [
        host.post(inside(workshop, "rename_seat", seat.pk), {"name": "  Lars   Öberg "})
        for seat in (guest.seat, member.seat)
    ]

    guest.seat.refresh_from_db()
    assert ([answer.status_code for answer in answers], guest.seat.name) == ([302, 409], "Lars Öberg")
    assert host.post(inside(workshop, "rename_seat", guest.seat.pk), {"name": ""}).status_code == 422


def test_what_to_do_about_somebody_is_asked_beside_the_board(workshop, host, join):
    guest = join(workshop, "Lrs")
    seat, rename = inside(workshop, "seat", guest.seat.pk), inside(workshop, "rename_seat", guest.seat.pk)
    page = soup(host.get(inside(workshop, "console")))

    page = swap(page, host.get(seat, headers=HTMX), via=f"#seats a[hx-get='{seat}']")
    refused = swap(page, host.post(rename, {"name": ""}, headers=HTMX), via=f"#desk form[hx-post='{rename}']")
    page = swap(page, host.post(rename, {"name": "Lars"}, headers=HTMX), via=f"#desk form[hx-post='{rename}']")

    assert refused.select_one("#desk .error-summary")
    assert not page.select("#desk > *")
    assert still(page) == still(soup(host.get(inside(workshop, "console"))))
    assert "Lars" in page.select_one("#seats").text


def test_a_full_room_is_a_short_list_beside_the_board(workshop, host):
    sizes = []
    for _ in range(3):
        sizes.append(len(host.get(inside(workshop, "side"), headers=HTMX).content))
        ParticipantFactory.create_batch(10, workshop=workshop, last_seen_at=timezone.now())

    assert (sizes[2] - sizes[1]) / 10 < 1500


def test_a_host_sees_what_participants_see_without_a_chair(workshop, host, join):
    guest = join(workshop)
    guest.post(room(workshop, "add_card"), card(workshop, "Only mine"))
    seats = workshop.participants.count()

    page = soup(host.get(inside(workshop, "preview")))

    assert page.select_one(".mirror[inert] .ask").text == soup(guest.get(room(workshop))).select_one(".ask").text
    assert "Only mine" not in str(page)
    assert workshop.participants.count() == seats
    fragment = host.get(inside(workshop, "preview"), headers=HTMX)
    assert soup(fragment).select_one("#mirror #room-body:not([hx-get])")


def test_a_paused_room_says_so_and_keeps_what_was_typed(workshop, host, join):
    guest = join(workshop)
    host.post(inside(workshop, "pause"))

    answer = guest.post(room(workshop, "add_card"), card(workshop, "Typed while it stood still"))

    assert answer.status_code == 409
    assert "Typed while it stood still" in soup(answer).select_one("textarea").text
    assert "Paused, reading only" in str(soup(guest.get(room(workshop))))
    host.post(inside(workshop, "resume"))
    assert guest.post(room(workshop, "add_card"), card(workshop)).status_code == 302


def test_at_the_end_of_the_time_the_host_is_asked_and_nobody_is_moved(workshop, host):
    type(workshop).objects.filter(pk=workshop.pk).update(ends_at=timezone.now() - timedelta(minutes=2))

    page = soup(host.get(inside(workshop, "side"), headers=HTMX))

    assert "One more minute?" in page.select_one(".time-up").text
    assert page.select_one("[data-bell]")
    workshop.refresh_from_db()
    assert workshop.phase == Phase.WRITE


def test_who_has_not_been_heard_is_for_the_host_alone(workshop, host, join):
    quiet, loud = join(workshop, "Quiet"), join(workshop, "Loud")
    loud.post(room(workshop, "add_card"), card(workshop, "Loudly"))

    side = soup(host.get(inside(workshop, "side"), headers=HTMX))

    heard = next(part for part in side.select(".side-part") if "Not heard yet" in part.text)
    assert "Quiet" in heard.text
    assert "Loud" not in heard.text
    assert "Not heard" not in str(soup(quiet.get(room(workshop))))
    assert "Loudly" not in str(side)


def test_who_comes_late_is_told_what_was_in_one_line(workshop, join):
    type(workshop).objects.filter(pk=workshop.pk).update(started_at=timezone.now() - timedelta(minutes=20))
    early = ParticipantFactory(workshop=workshop, secret_hash="x")
    Participant.objects.filter(pk=early.pk).update(created_at=timezone.now() - timedelta(minutes=20))
    late = join(workshop, "Late")

    line = soup(late.get(room(workshop))).select_one(".catch-up")

    assert line.text.startswith("You came in at step")
    assert workshop.activities.first().title in line.text
    CardFactory(activity=table_of(workshop), revealed_at=timezone.now())
    data = step_to(workshop, table_of(workshop), Phase.GROUP)
    actions.move_everyone(workshop, **data, by=workshop.host)
    assert not soup(late.get(room(workshop))).select_one(".catch-up")


def test_a_sign_of_life_seats_a_host_once(workshop, as_role):
    second = as_role("host")

    for _ in range(2):
        assert second.post(inside(workshop, "host_here")).status_code == 204

    assert workshop.participants.get(user=second.user).role == Part.HOST
