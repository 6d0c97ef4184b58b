"""The page on which people sign."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.notifications.models import Message
from apps.projects.enums import Role
from apps.projects.models import Project
from apps.reviews.models import Response
from apps.scope.actions import freeze
from apps.scope.models import Baseline
from apps.signoffs.models import Signature, SignRequest
from tests.factories.accounts import UserFactory
from tests.factories.projects import MembershipFactory
from tests.factories.reviews import ReviewRequestFactory
from tests.factories.scope import BaselineFactory
from tests.factories.signoffs import SignRequestFactory
from tests.fixtures import HTMX
from tests.pages import soup, swap, text


@pytest.fixture
def baseline(project: Project) -> Baseline:
    return BaselineFactory(project=project, number=1)


@pytest.fixture
def signer(baseline: Baseline, sign_in: Callable[[User], Client]) -> Client:
    asked = SignRequestFactory(baseline=baseline, signer=UserFactory(name="Søren O’Łukasz 🙂"))
    return sign_in(asked.signer)


def url(name: str, baseline: Baseline, *more: object) -> str:
    return reverse(f"signoffs:{name}", args=[baseline.project_id, baseline.number, *more])


def code_from_mail(client: Client) -> str:
    mail = Message.objects.filter(to=client.user.email, secret=True).order_by("created_at").last()
    return re.search(r"\b\d{6}\b", mail.text).group()


def filled(client: Client, **more: object) -> dict[str, object]:
    return {"code": code_from_mail(client), "name": client.user.name, "agreed": "on", **more}


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_the_road_to_a_signature(signer: Client, baseline: Baseline, headers: dict) -> None:
    sent = signer.post(url("code", baseline), headers=headers)
    given = signer.post(url("sign", baseline), filled(signer), headers=headers)

    assert (sent.status_code, given.status_code) == ((200, 204) if headers else (302, 302))
    signature = Signature.objects.get()
    assert signature.name == "Søren O’Łukasz 🙂"
    page = text(soup(signer.get(url("show", baseline))))
    assert "You signed" in page
    assert signature.statement in page


def test_a_second_submit_answers_like_the_first_and_signs_once(signer: Client, baseline: Baseline) -> None:
    signer.post(url("code", baseline))
    data = filled(signer)

    answers = [signer.post(url("sign", baseline), data).status_code for _ in range(3)]

    assert answers == [302, 302, 302]
    assert Signature.objects.count() == 1


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize(
    ("wrong", "status", "said"),
    [
        ({"code": "12"}, 422, "six digits"),
        ({"name": ""}, 422, "Type your name."),
        ({"agreed": ""}, 422, "Tick that you have read"),
        ({"name": "Somebody Else"}, 409, "Type your name as it stands above"),
        ({"code": "xxxxxx"}, 422, "six digits"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_signed(
    signer: Client, baseline: Baseline, headers: dict, wrong: dict, status: int, said: str
) -> None:
    signer.post(url("code", baseline))

    answer = signer.post(url("sign", baseline), filled(signer, **wrong), headers=headers)

    assert answer.status_code == status
    assert said in soup(answer).get_text(" ")
    assert not Signature.objects.exists()


def test_looking_at_the_page_sends_no_code_and_signs_nothing(signer: Client, baseline: Baseline) -> None:
    before = Message.objects.count()

    for name in ("show", "decline"):
        assert signer.get(url(name, baseline)).status_code == 200

    assert Message.objects.count() == before


@pytest.mark.parametrize("name", ["code", "sign", "ask"])
def test_a_get_never_does_anything(host: Client, baseline: Baseline, name: str) -> None:
    assert host.get(url(name, baseline)).status_code == 405


def test_the_link_of_the_mail_works_after_signing_in(host: Client, baseline: Baseline) -> None:
    member = MembershipFactory(project=baseline.project, role=Role.VIEWER).user
    host.post(url("ask", baseline), {"signers": [str(member.pk)], "role": "sponsor", "step": 1})

    [mail] = Message.objects.filter(to=member.email)
    [path] = re.findall(r"http://[^/]+(/\S+)", mail.text)
    anonymous = Client().get(path)

    assert path == url("show", baseline)
    assert anonymous.status_code == 302
    assert f"next={path}" in anonymous["Location"]


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_declining_needs_a_reason(signer: Client, baseline: Baseline, headers: dict) -> None:
    empty = signer.post(url("decline", baseline), {"reason": ""}, headers=headers)
    given = signer.post(url("decline", baseline), {"reason": "The budget is open."}, headers=headers)

    assert (empty.status_code, given.status_code) == (422, 204 if headers else 302)
    assert "The budget is open." in text(soup(signer.get(url("show", baseline))))


def test_declining_after_signing_is_refused(signer: Client, baseline: Baseline) -> None:
    signer.post(url("code", baseline))
    signer.post(url("sign", baseline), filled(signer))

    answer = signer.post(url("decline", baseline), {"reason": "Oh no."})

    assert answer.status_code == 409
    assert soup(answer).select_one("textarea").text.strip() == "Oh no."


def test_asking_swaps_to_what_a_fresh_page_shows(host: Client, baseline: Baseline) -> None:
    member = MembershipFactory(project=baseline.project, role=Role.EDITOR).user
    page = soup(host.get(url("show", baseline)))

    answer = host.post(url("ask", baseline), {"signers": [str(member.pk)], "role": "owner", "step": 1}, headers=HTMX)
    page = swap(page, answer, via=f"form[hx-post='{url('ask', baseline)}']")

    assert answer["HX-Trigger"] == "signatures:changed"
    assert text(page).split() == text(soup(host.get(url("show", baseline)))).split()


def test_sending_the_code_swaps_to_what_a_fresh_page_shows(signer: Client, baseline: Baseline) -> None:
    page = soup(signer.get(url("show", baseline)))

    answer = signer.post(url("code", baseline), headers=HTMX)
    page = swap(page, answer, via="#code-form")

    assert text(page).split() == text(soup(signer.get(url("show", baseline)))).split()


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize(("data", "status"), [({"step": 1}, 422), ({"signers": ["nobody"], "step": 1}, 422)])
def test_asking_nobody_is_invalid(host: Client, baseline: Baseline, headers: dict, data: dict, status: int) -> None:
    assert host.post(url("ask", baseline), data, headers=headers).status_code == status
    assert not SignRequest.objects.exists()


def test_people_outside_the_project_cannot_be_asked(host: Client, baseline: Baseline) -> None:
    answer = host.post(url("ask", baseline), {"signers": [str(UserFactory().pk)], "step": 1})

    assert answer.status_code == 422


def test_asking_for_an_old_baseline_is_refused(host: Client, baseline: Baseline) -> None:
    member = MembershipFactory(project=baseline.project).user
    BaselineFactory(project=baseline.project, number=2)

    answer = host.post(url("ask", baseline), {"signers": [str(member.pk)], "step": 1}, headers=HTMX)

    assert answer.status_code == 409


def test_withdrawing_a_request(host: Client, signer: Client, baseline: Baseline) -> None:
    asked = SignRequest.objects.get()
    page = soup(host.get(url("show", baseline)))
    withdraw = url("withdraw", baseline, asked.pk)

    answer = host.post(withdraw, headers=HTMX)
    page = swap(page, answer, via=f"form[hx-post='{withdraw}']")

    assert text(page).split() == text(soup(host.get(url("show", baseline)))).split()
    assert not SignRequest.objects.exists()


def test_withdrawing_what_is_signed_is_refused(host: Client, signer: Client, baseline: Baseline) -> None:
    signer.post(url("code", baseline))
    signer.post(url("sign", baseline), filled(signer))

    answer = host.post(url("withdraw", baseline, SignRequest.objects.get().pk))

    assert answer.status_code == 409


def test_a_newer_baseline_shows_what_changed_since_one_s_own_signature(signer: Client, baseline: Baseline) -> None:
    section = {"key": "purpose", "title": "Purpose", "content": {"text": "Drafts for ten topics."}}
    signer.post(url("code", baseline))
    signer.post(url("sign", baseline), filled(signer))
    second = BaselineFactory(project=baseline.project, number=2, sections=[section])

    old = text(soup(signer.get(url("show", baseline))))
    new = text(soup(signer.get(url("show", second))))

    assert "For baseline 1, superseded." in old
    assert "What changed since you signed" in new


def test_reservations_that_stood_at_the_freeze_are_frozen_with_their_words(
    project: Project, sign_in: Callable[[User], Client]
) -> None:
    asked = ReviewRequestFactory(round__project=project, round__sections=[], user=UserFactory(name="Lars-Göran Öberg"))
    said = {"request": asked, "answer": "reservations", "sent_answer": "reservations", "sent_at": timezone.now()}
    first = Response.objects.create(section="risks", text="Too sure.", sent_text="Too sure.", **said)
    baseline = freeze(project, decision="A pilot.", by=UserFactory())
    Response.objects.filter(pk=first.pk).update(sent_text="All well now.")
    signer = sign_in(SignRequestFactory(baseline=baseline).signer)

    page = text(soup(signer.get(url("show", baseline))))

    assert "Who disagrees" in page
    assert "“Too sure.”" in page
    assert "All well now." not in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_with_any_number_of_signers(
    host: Client, baseline: Baseline, count: int, django_assert_max_num_queries: Callable
) -> None:
    SignRequestFactory.create_batch(count, baseline=baseline)
    host.get(url("show", baseline))

    with django_assert_max_num_queries(24):
        page = host.get(url("show", baseline))

    assert len(soup(page).select(".signers li")) == count
