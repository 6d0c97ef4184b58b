from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts import links
from apps.accounts.models import User
from tests.factories.accounts import UserFactory
from tests.fixtures import HTMX
from tests.pages import soup, text

PROFILE = "/me/"
MINE = {"name": "Karin Å.", "time_zone": "Asia/Kolkata", "theme": "dark"}


@pytest.fixture
def karin(sign_in):
    return sign_in(UserFactory(name="Karin"))


def test_one_changes_ones_own_name_and_zone(karin):
    response = karin.post(PROFILE, MINE)

    karin.user.refresh_from_db()
    assert (response.status_code, response["Location"]) == (302, PROFILE)
    assert (karin.user.name, karin.user.time_zone, karin.user.theme) == ("Karin Å.", "Asia/Kolkata", "dark")


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_zone_that_is_none_comes_back_with_what_was_typed(karin, headers):
    response = karin.post(PROFILE, {**MINE, "time_zone": "Atlantis"}, headers=headers)

    karin.user.refresh_from_db()
    assert response.status_code == 422
    assert soup(response).select_one("[name=name]")["value"] == "Karin Å."
    assert karin.user.name == "Karin"


def test_the_browser_says_its_zone(karin):
    assert karin.post(reverse("accounts:zone"), {"time_zone": "Europe/Lisbon", "language": "pt"}).status_code == 204

    karin.user.refresh_from_db()
    assert (karin.user.time_zone, karin.user.language) == ("Europe/Lisbon", "pt")


def test_a_made_up_zone_is_not_adopted(karin):
    karin.post(reverse("accounts:zone"), {"time_zone": "../etc/passwd"})

    karin.user.refresh_from_db()
    assert karin.user.time_zone == "Europe/Stockholm"


@pytest.mark.parametrize("url", [PROFILE, "/me/zone/"])
def test_nobody_has_a_profile_without_signing_in(url, db):
    assert Client().get(url).status_code in (302, 405)
    assert Client().post(url, MINE).status_code == 302


def test_an_enter_link_signs_in_once(db):
    user = UserFactory()
    token = links.make(user, links.ENTER, valid_for=timedelta(hours=1))
    url = reverse("accounts:enter", args=[token])
    client = Client()

    looked, pressed, again = client.get(url), client.post(url), Client().post(url)

    assert (looked.status_code, pressed.status_code, again.status_code) == (200, 302, 409)
    assert client.session["_auth_user_id"] == str(user.pk)


def test_an_enter_link_grows_old(db, time_machine):
    token = links.make(UserFactory(), links.ENTER, valid_for=timedelta(hours=1))
    time_machine.move_to(timezone.now() + timedelta(minutes=61))

    response = Client().get(reverse("accounts:enter", args=[token]))

    assert response.status_code == 409
    assert "too old" in text(soup(response))


def test_the_first_host_introduces_themselves(db):
    url = reverse("accounts:set_up", args=[links.make(None, links.SETUP, valid_for=timedelta(days=1))])
    client = Client()

    client.post(url, {"name": "Maja Lindqvist", "email": "Maja@Norrwater.example"})

    maja = User.objects.get()
    assert (maja.email, maja.is_staff, client.session["_auth_user_id"]) == (
        "maja@norrwater.example",
        True,
        str(maja.pk),
    )
    assert Client().get(url).status_code == 409


def test_a_set_up_with_a_wrong_address_may_be_repeated(db):
    url = reverse("accounts:set_up", args=[links.make(None, links.SETUP, valid_for=timedelta(days=1))])

    assert Client().post(url, {"name": "Maja", "email": "maja"}).status_code == 422
    assert Client().get(url).status_code == 200


def test_one_address_is_one_account(db):
    UserFactory(email="karin@norrwater.example")

    with pytest.raises(Exception, match="one_account_per_address"):
        UserFactory(email="Karin@Norrwater.example")
