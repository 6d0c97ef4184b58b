"""Who was shown out stays out, on the same browser, account and address, until a host lets them in again."""

import pytest
from django.test import Client
from django.urls import reverse

from apps.core.errors import DomainError
from apps.events.rights import Identity
from apps.workshops import actions, codes
from apps.workshops.actions import Asked
from apps.workshops.live_rights import may_listen
from apps.workshops.models import Card
from tests.factories.accounts import UserFactory
from tests.factories.projects import MembershipFactory
from tests.fixtures import HTMX
from tests.pages import soup, text
from tests.workshops.asks import inside, room, write

OUT = "has shown you out of this room"


@pytest.fixture
def host(workshop, sign_in):
    return sign_in(workshop.host)


@pytest.fixture
def out(workshop, guest, host):
    """A guest who was shown out."""
    write(guest, workshop, "It will sound sure")
    assert host.post(inside(workshop, "remove_seat", guest.seat.pk)).status_code == 302
    return guest


def ways(workshop):
    token = codes.token(workshop.pk)
    return [
        reverse("workshops:join_code", args=[workshop.code]),
        reverse("workshops:join_link", args=[workshop.code, token]),
    ]


def test_their_screen_leads_to_a_page_that_says_what_happened(workshop, out):
    page = out.get(room(workshop), follow=True)

    assert page.status_code == 403
    assert f"{workshop.host_name} {OUT}. What you wrote stays." in text(soup(page))
    assert out.post(room(workshop, "ready"), {"ready": "1", "step": 0}, headers=HTMX)["HX-Redirect"]
    assert not may_listen(Identity(session=dict(out.session)), str(workshop.pk))
    assert Card.objects.filter(text="It will sound sure").exists()


def test_neither_code_nor_link_lets_them_in_again(workshop, out):
    before = workshop.participants.count()

    answers = [out.post(url, {"name": "Somebody else", "key": "k" * 32}) for url in ways(workshop)]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert all(OUT in text(soup(answer)) for answer in answers)
    assert workshop.participants.count() == before


def test_somebody_else_comes_in_as_before(workshop, out, join):
    assert join(workshop, "Anders").get(room(workshop)).status_code == 200


def test_the_same_form_sent_again_takes_no_seat(workshop, guest, host):
    key = guest.session["rooms"][str(workshop.pk)]
    host.post(inside(workshop, "remove_seat", guest.seat.pk))

    answer = Client().post(ways(workshop)[0], {"name": "Lars-Göran", "key": key})

    assert (answer.status_code, OUT.replace("has", "host has") in text(soup(answer))) == (409, True)


def test_an_account_that_was_shown_out_stays_out(workshop, host, sign_in):
    person = sign_in(UserFactory())
    assert person.post(ways(workshop)[0]).status_code == 302
    host.post(inside(workshop, "remove_seat", workshop.participants.get(user=person.user).pk))

    answers = [person.get(ways(workshop)[0]), person.post(ways(workshop)[0])]

    assert [answer.status_code for answer in answers] == [403, 403]


def test_the_address_that_was_left_opens_nothing(workshop, guest, host, join, sign_in):
    guest.post(room(workshop, "address"), {"email": "Lars@Example.com"})
    host.post(inside(workshop, "remove_seat", guest.seat.pk))
    other = join(workshop, "Nobody you know")

    left = other.post(room(workshop, "address"), {"email": "lars@example.com"})
    account = sign_in(UserFactory(email="lars@example.com")).post(ways(workshop)[0])

    assert (left.status_code, account.status_code) == (409, 403)


def test_nobody_is_locked_out_by_a_guest_who_left_a_members_address(workshop, guest, host, editor):
    guest.post(room(workshop, "address"), {"email": editor.user.email})
    host.post(inside(workshop, "remove_seat", guest.seat.pk))

    assert editor.post(ways(workshop)[0]).url == room(workshop)


def test_a_co_host_who_was_shown_out_drives_on_from_the_project_without_a_seat(workshop, host, sign_in):
    other = sign_in(MembershipFactory(project=workshop.project, role="host").user)
    other.post(ways(workshop)[0])
    host.post(inside(workshop, "remove_seat", workshop.participants.get(user=other.user).pk))

    assert other.get(room(workshop), follow=True).status_code == 403
    assert other.post(inside(workshop, "host_here")).status_code == 204
    assert workshop.participants.get(user=other.user).removed_at


def test_an_invitation_to_the_address_leads_to_the_same_word(project, host, workshop, guest):
    planned = actions.create_workshop(
        project, title="Next", purpose="", template="framing", scheduled_at=None, by=workshop.host
    )
    (invite,) = actions.invite_people(planned, people=[Asked("Lars", "l@example.com")], ahead=False, by=workshop.host)
    actions.open_room(planned, by=workshop.host)
    link, browser = "/" + invite.link.split("/", 3)[3], Client()
    assert browser.post(link).status_code == 302
    host.post(inside(planned, "remove_seat", planned.participants.get(name="Lars").pk))

    answers = [browser.get(link), Client().get(link), Client().post(link)]

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    with pytest.raises(DomainError):
        actions.join_as_invited(invite)


def test_the_host_sees_who_is_out_and_lets_them_in_to_their_old_seat(workshop, out, host):
    side = soup(host.get(inside(workshop, "side"), headers=HTMX))
    assert [row.span.text for row in side.select("#shown-out li")] == ["Lars-Göran"]
    assert "cannot come back with the same browser, account or address" in text(side)

    answer = host.post(inside(workshop, "let_in_seat", out.seat.pk), headers=HTMX)

    assert soup(answer).select("#shown-out") == []
    assert out.get(ways(workshop)[0]).url == room(workshop)
    assert "It will sound sure" in out.get(f"{room(workshop)}?prompt=concerns").content.decode()


def test_before_showing_out_the_host_reads_what_it_means(workshop, guest, host):
    page = soup(host.get(inside(workshop, "seat", guest.seat.pk), headers=HTMX))

    asked = page.select_one(f"form[action$='{guest.seat.pk}/remove/']")["data-confirm"]

    assert asked == "Show Lars-Göran out? What they said stays. They cannot come back until you let them in again."
