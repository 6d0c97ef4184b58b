import pytest
from django.test import Client
from django.urls import reverse

from apps.workshops import codes, limits
from apps.workshops.models import Participant
from tests.factories.projects import MembershipFactory
from tests.factories.workshops import ended, planned
from tests.fixtures import HTMX
from tests.pages import soup, swap, text
from tests.workshops.asks import inside, room


def test_a_guest_comes_in_with_a_code_and_a_name(workshop):
    browser = Client()

    found = browser.post(reverse("workshops:join"), {"code": f" {workshop.code_words.lower()} "})
    key = browser.get(found.url).context["form"].initial["key"]
    joined = browser.post(found.url, {"name": "  Lars-Göran  Öberg ", "key": key})

    assert (found.status_code, joined.status_code, joined.url) == (302, 302, room(workshop))
    assert workshop.participants.get(user=None).name == "Lars-Göran Öberg"


def test_a_wrong_code_is_told_and_counted(workshop, settings):
    browser = Client()

    answer = browser.get(reverse("workshops:join_code", args=["AAAAAA"]))

    assert answer.status_code == 404
    assert "No room has this code" in text(soup(answer))


def test_guessing_codes_ends_while_the_link_still_works(workshop, monkeypatch):
    monkeypatch.setattr(limits, "WRONG_CODES_PER_ADDRESS", 2)
    browser = Client()
    for _ in range(2):
        browser.get(reverse("workshops:join_code", args=["AAAAAA"]))

    by_code = browser.get(reverse("workshops:join_code", args=[workshop.code]))
    by_link = browser.get(reverse("workshops:join_link", args=[workshop.code, codes.token(workshop.pk)]))

    assert (by_code.status_code, by_link.status_code) == (404, 200)


def test_forty_people_join_from_one_address(workshop, join):
    for number in range(40):
        join(workshop, f"Colleague {number}")

    assert workshop.participants.filter(user=None).count() == 40


def test_a_link_with_another_token_leads_nowhere(workshop):
    url = reverse("workshops:join_link", args=[workshop.code, "x" * 22])

    assert Client().get(url).status_code == 404


def test_a_name_is_needed(workshop):
    url = reverse("workshops:join_link", args=[workshop.code, codes.token(workshop.pk)])
    data = {"name": " ", "key": "k" * 32}

    plain, part = Client().post(url, data), Client().post(url, data, headers=HTMX)

    assert (plain.status_code, part.status_code) == (422, 422)
    assert soup(part).select_one("main") is None


def test_a_double_click_on_join_takes_one_seat(workshop):
    url = reverse("workshops:join_link", args=[workshop.code, codes.token(workshop.pk)])
    first, second = Client(), Client()
    data = {"name": "Anders", "key": "k" * 32}

    first.post(url, data)
    second.post(url, data)

    assert workshop.participants.filter(name="Anders").count() == 1


def test_a_second_tab_and_a_reload_keep_the_seat(workshop, guest):
    url = reverse("workshops:join_link", args=[workshop.code, codes.token(workshop.pk)])

    again = guest.get(url)
    posted = guest.post(url, {"name": "Somebody else", "key": "z" * 32})

    assert (again.url, posted.url) == (room(workshop), room(workshop))
    assert workshop.participants.filter(user=None).count() == 1


def test_a_member_joins_with_one_click_under_their_name(workshop, editor):
    url = reverse("workshops:join_code", args=[workshop.code])

    page, joined = editor.get(url), editor.post(url)

    assert f"Join as {editor.user.name}" in text(soup(page))
    assert joined.url == room(workshop)
    assert Participant.objects.get(user=editor.user).role == "participant"


def test_a_host_sits_as_host(workshop, sign_in):
    other = MembershipFactory(project=workshop.project, role="host").user

    sign_in(other).post(reverse("workshops:join_code", args=[workshop.code]))

    assert Participant.objects.get(user=other).role == "host"


def test_a_closed_room_says_when_to_come(project):
    workshop = planned(project)
    url = reverse("workshops:join_code", args=[workshop.code])

    answer = Client().post(url, {"name": "Early", "key": "k" * 32})

    assert answer.status_code == 409
    assert "has not opened the room yet" in text(soup(answer))


def test_nobody_comes_into_a_room_that_is_over(project):
    workshop = ended(project)

    answer = Client().post(reverse("workshops:join_code", args=[workshop.code]), {"name": "Late", "key": "k" * 32})

    assert answer.status_code == 409


@pytest.mark.parametrize("name", ["room", "here", "ready", "add_card", "place_dots", "look", "address", "add_parking"])
def test_without_a_seat_every_room_looks_the_same(workshop, name):
    url = room(workshop, name)

    answer = Client().get(url) if name == "room" else Client().post(url)

    assert (answer.status_code, answer.url) == (302, reverse("workshops:join"))


def test_a_seat_in_one_room_is_none_in_another(workshop, guest, project):
    other = planned(project)

    assert guest.get(room(other)).url == reverse("workshops:join")


def test_a_guest_sees_only_the_room(workshop, guest):
    pages = [inside(workshop, name) for name in ("plan", "console", "present", "recap")]

    assert {guest.get(url).status_code for url in pages} == {302}


def test_the_code_field_shows_its_error_where_it_was_typed():
    browser = Client()
    url = reverse("workshops:join")

    page = swap(soup(browser.get(url)), browser.post(url, {"code": "K7"}, headers=HTMX), via=f"form[hx-post='{url}']")

    assert "The code has six characters" in page.select_one("form").get_text()


def test_codes_have_no_look_alikes():
    letters = set("".join(codes.make_code() for _ in range(300)))

    assert letters.isdisjoint("0OI1L5S2Z8B")
