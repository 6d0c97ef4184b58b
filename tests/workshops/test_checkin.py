"""Arriving: who somebody is here, and one word."""

import pytest
from django.urls import reverse

from apps.events.models import Event
from apps.workshops.enums import Phase
from apps.workshops.models import Answer
from tests.factories.projects import MembershipFactory
from tests.factories.stakeholders import StakeholderFactory
from tests.fixtures import HTMX
from tests.pages import soup, swap, text
from tests.workshops.asks import inside, room, still
from tests.workshops.blocks import answer, go, item_of


@pytest.fixture
def arriving(workshop):
    return go(workshop, "checkin", Phase.TALK)


def check_in(browser, workshop, word="Curious", **more):
    return answer(browser, workshop, "checkin", **{"name": "", "title": "Sponsor", "word": word, **more})


def test_everybody_sees_the_word_with_its_name_at_once(workshop, arriving, guest, join, sign_in):
    other = join(workshop, "Anders")
    check_in(guest, workshop)

    pages = [other.get(room(workshop)), sign_in(workshop.host).get(inside(workshop, "console"))]

    assert all("Curious" in text(soup(page)) and "Lars-Göran" in text(soup(page)) for page in pages)
    assert "Here, and not checked in yet: " in text(soup(pages[1]))


def test_checking_in_again_replaces_what_was_said(workshop, arriving, guest):
    check_in(guest, workshop)
    check_in(guest, workshop, "Tired", name="Lars-Göran  Öberg", title="Agent, Monday to Wednesday")

    guest.seat.refresh_from_db()
    assert (guest.seat.name, guest.seat.title) == ("Lars-Göran Öberg", "Agent, Monday to Wednesday")
    assert Answer.objects.get().value == {"word": "Tired"}


def test_who_introduces_themselves_again_with_the_same_words_is_no_news(workshop, arriving, guest):
    check_in(guest, workshop)
    check_in(guest, workshop)

    assert Event.objects.filter(kind="participant.introduced").count() == 1


def test_the_name_of_a_member_is_that_of_their_account(workshop, arriving, sign_in):
    host = sign_in(workshop.host)
    seat = workshop.participants.get(user=workshop.host)

    check_in(host, workshop, name="Somebody else")

    before, _unused = seat.name, seat.refresh_from_db()
    assert (seat.name, seat.title) == (before, "Sponsor")


def test_a_member_arrives_as_what_the_register_calls_them(workshop, sign_in):
    anders = MembershipFactory(project=workshop.project, user__name="Anders Holm").user
    StakeholderFactory(project=workshop.project, user=anders, role="sponsor", own_role="head of operations")

    sign_in(anders).post(reverse("workshops:join_code", args=[workshop.code]), {})

    assert workshop.participants.get(user=anders).title == "Sponsor, head of operations"


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_without_a_word_nobody_is_checked_in(workshop, arriving, guest, headers):
    refused = check_in(guest, workshop, " ", headers=headers)

    assert (refused.status_code, Answer.objects.count()) == (422, 0)
    assert soup(refused).select_one("input[name=title]")["value"] == "Sponsor"


def test_a_check_in_swapped_in_looks_like_a_fresh_page(workshop, arriving, guest):
    url = room(workshop, "give_answer")

    page = swap(soup(guest.get(room(workshop))), check_in(guest, workshop, headers=HTMX), via=f"form[hx-post='{url}']")

    assert still(page) == still(soup(guest.get(room(workshop))))


def test_the_screen_says_what_carries_a_name_and_who_decides(workshop, arriving, guest, sign_in):
    url = inside(workshop, "change_item", item_of(workshop, "checkin").pk)
    sign_in(workshop.host).post(url, {"text": "Anders decides.", "version": 1})

    words = text(soup(guest.get(room(workshop))))

    assert "Anders decides." in words
    assert "Never named concerns" in words


def test_words_stay_named_in_the_minutes(workshop, arriving, guest, reviewer):
    check_in(guest, workshop)
    go(workshop, "framing", Phase.SCORE)

    assert "Lars-Göran Sponsor Curious" in text(soup(reviewer.get(inside(workshop, "recap"))))
