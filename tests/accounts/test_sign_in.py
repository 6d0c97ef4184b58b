import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.links import addressed, addressee
from apps.notifications.models import Message
from tests.factories.accounts import UserFactory
from tests.pages import soup, text

ASK = "/accounts/login/code/"
CONFIRM = "/accounts/login/code/confirm/"


@pytest.fixture(autouse=True)
def _fresh_limits(db):
    cache.clear()


@pytest.fixture
def karin(db):
    return UserFactory(email="karin@norrwater.example", name="Karin Åström")


def code():
    return re.search(r"\b\d{6}\b", Message.objects.latest("created_at").text)[0]


def signed_in(client):
    return client.session.get("_auth_user_id")


def test_a_code_to_the_address_signs_in(karin, client):
    asked = client.post(ASK, {"email": "Karin@Norrwater.example"})

    assert (asked.status_code, asked["Location"]) == (302, CONFIRM)
    assert Message.objects.get().subject == f"{code()} is your code"
    assert client.post(CONFIRM, {"code": code()}).status_code == 302
    assert signed_in(client) == str(karin.pk)


def test_the_code_is_a_secret_of_six_digits(karin, client):
    client.post(ASK, {"email": karin.email})

    assert re.fullmatch(r"\d{6}", code())
    assert Message.objects.get().secret


def test_signing_in_leads_to_the_page_that_was_asked_for(karin, client):
    profile = reverse("accounts:profile")
    start = client.get(profile)["Location"]
    page = soup(client.get(start))
    hidden = {field["name"]: field["value"] for field in page.select("form input[type=hidden]") if field.get("value")}

    confirm = client.post(ASK, {**hidden, "email": karin.email})["Location"]
    page = soup(client.get(confirm))
    form = page.select_one("form:has([name=code])")
    hidden = {field["name"]: field["value"] for field in form.select("input[type=hidden]") if field.get("value")}
    arrived = client.post(CONFIRM, {**hidden, "code": code()})

    assert arrived["Location"] == profile


def test_signing_in_leads_to_no_other_site(karin, client):
    client.post(ASK, {"email": karin.email, "next": "https://evil.example/"})

    assert client.post(CONFIRM, {"code": code(), "next": "https://evil.example/"})["Location"] == "/"


def test_a_mailed_page_fills_the_address_in(karin, client):
    page = addressed(reverse("accounts:profile"), karin)

    form = soup(client.get(client.get(page)["Location"]))

    assert form.select_one("[name=email]")["value"] == "karin@norrwater.example"


def test_only_our_own_mails_fill_an_address_in(karin):
    assert addressee(addressed("/x/", karin)) == karin
    assert addressee(f"/x/?to={karin.pk}") is None
    assert addressee("/x/") is None
    assert addressee("http://[/?to=x") is None


def test_an_unknown_address_looks_the_same_and_gets_its_own_mail(karin, client):
    known = Client().post(ASK, {"email": karin.email})
    unknown = client.post(ASK, {"email": "nobody@norrwater.example"})

    assert (unknown.status_code, unknown["Location"]) == (known.status_code, known["Location"])
    seen = text(soup(client.get(CONFIRM)))
    assert "If nobody@norrwater.example is known here, a code is on its way." in seen
    mail = Message.objects.get(to="nobody@norrwater.example")
    assert "There is no account with this address." in mail.text
    assert client.post(CONFIRM, {"code": "123456"}).status_code == 200
    assert signed_in(client) is None


def test_a_wrong_code_says_so_and_may_be_tried_again(karin, client):
    client.post(ASK, {"email": karin.email})

    wrong = client.post(CONFIRM, {"code": "000000" if code() != "000000" else "111111"})

    assert "This is not the code." in text(soup(wrong))
    client.post(CONFIRM, {"code": code()})
    assert signed_in(client) == str(karin.pk)


def test_after_five_wrong_codes_a_new_one_is_needed(karin, client):
    client.post(ASK, {"email": karin.email})
    right = code()

    for _ in range(5):
        answer = client.post(CONFIRM, {"code": "000000" if right != "000000" else "111111", "next": "/me/"})
    client.post(CONFIRM, {"code": right})

    assert answer["Location"] == f"{ASK}?next=%2Fme%2F"
    assert signed_in(client) is None


def test_an_expired_code_says_so_and_keeps_the_way(karin, client, time_machine):
    client.post(ASK, {"email": karin.email})
    right = code()
    time_machine.move_to(timezone.now() + timedelta(minutes=16))

    answer = client.post(CONFIRM, {"code": right, "next": "/me/"}, follow=True)

    assert answer.redirect_chain == [(f"{ASK}?next=%2Fme%2F", 302)]
    assert "This code is too old." in text(soup(answer))
    assert signed_in(client) is None


def test_a_code_works_once(karin, client):
    client.post(ASK, {"email": karin.email})
    right = code()
    client.post(CONFIRM, {"code": right})
    client.post("/accounts/logout/")

    client.post(CONFIRM, {"code": right})

    assert signed_in(client) is None


def test_forty_people_behind_one_address_sign_in_within_a_minute(db):
    people = UserFactory.create_batch(40)

    clients = []
    for person in people:
        client = Client()
        client.post(ASK, {"email": person.email})
        client.post(CONFIRM, {"code": code()})
        clients.append(client)

    assert [signed_in(client) for client in clients] == [str(person.pk) for person in people]


def test_one_address_is_sent_five_codes_in_five_minutes(karin):
    answers = [Client().post(ASK, {"email": karin.email}) for _ in range(6)]

    assert [answer.status_code for answer in answers] == [302] * 5 + [200]
    assert Message.objects.count() == 5
    assert "Too many tries." in text(soup(answers[-1]))


def test_signing_out_is_a_post(karin, sign_in):
    browser = sign_in(karin)

    browser.get("/accounts/logout/")
    assert signed_in(browser) == str(karin.pk)

    assert browser.post("/accounts/logout/")["Location"] == "/"
    assert signed_in(browser) is None


def test_nobody_signs_up_by_themselves(client, db):
    response = client.post("/accounts/signup/", {"email": "new@norrwater.example"})

    assert "_auth_user_id" not in client.session
    assert response.status_code in (200, 403)
    assert Message.objects.count() == 0


def test_a_closed_account_gets_no_code(karin, client):
    karin.is_active = False
    karin.save()

    client.post(ASK, {"email": karin.email})

    assert "There is no account with this address." in Message.objects.get().text


def test_a_session_cookie_with_a_nul_is_no_session(client, db):
    assert client.get(ASK, headers={"cookie": 'sessionid="abcdefghij\\000"'}).status_code == 200


def test_a_flood_of_addresses_does_not_push_a_count_out(karin):
    cache.set("counted", 1)
    for number in range(400):
        cache.set(f"another-{number}", 1)

    assert cache.get("counted") == 1
