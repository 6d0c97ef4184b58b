"""A mail that did not reach its person is seen by whoever sent it, and can be sent again."""

import pytest
from django.urls import reverse

from apps.core.errors import DomainError
from apps.notifications import outbox
from apps.notifications.models import Message
from apps.reviews import mail as review_mail
from apps.signoffs import mail as sign_mail
from tests.factories.projects import MembershipFactory
from tests.factories.reviews import ReviewRequestFactory
from tests.factories.scope import BaselineFactory
from tests.factories.signoffs import SignRequestFactory
from tests.factories.stakeholders import StakeholderFactory
from tests.fixtures import HTMX
from tests.pages import soup, swap, text

WORDS = "The mail did not go out: 550 No such person."


def lose(state="failed"):
    Message.objects.update(state=state, last_error="550 No such person")


@pytest.fixture
def review(project):
    """The page of a round whose request got lost, and where its mail is sent again."""
    asked = ReviewRequestFactory(round__project=project)
    review_mail.ask(asked)
    return asked.round.get_absolute_url(), reverse("reviews:resend", args=[project.pk, asked.round_id, asked.pk])


@pytest.fixture
def signature(project):
    asked = SignRequestFactory(baseline=BaselineFactory(project=project, number=1))
    sign_mail.asked(asked)
    show = reverse("signoffs:show", args=[project.pk, 1])
    return show, reverse("signoffs:resend", args=[project.pk, 1, asked.pk])


@pytest.fixture(params=["review", "signature"])
def asked(request):
    return request.getfixturevalue(request.param)


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_lost_request_is_shown_and_sent_again_once(host, asked, headers):
    show, again = asked
    lose()
    assert WORDS in text(soup(host.get(show)))

    first, second = host.post(again, headers=headers), host.post(again, headers=headers)

    assert (first.status_code, second.status_code) == (200 if headers else 302, 409)
    lost, sent = Message.objects.order_by("created_at")
    assert (sent.to, sent.subject, sent.text, sent.state) == (lost.to, lost.subject, lost.text, "queued")
    assert WORDS not in text(soup(host.get(show)))


def test_sending_again_by_htmx_looks_like_a_fresh_page(host, asked):
    show, again = asked
    lose("unknown")
    page = soup(host.get(show))

    page = swap(page, host.post(again, headers=HTMX), via=f"form[hx-post='{again}']")

    assert text(page).split() == text(soup(host.get(show))).split()


def test_who_does_not_manage_sees_nothing_of_it(project, asked, sign_in):
    show, _again = asked
    lose()
    viewer = sign_in(MembershipFactory(project=project, role="viewer").user)

    assert "The mail did not go out" not in text(soup(viewer.get(show)))


def test_a_lost_invitation_is_shown_in_its_row_until_a_new_one_is_sent(host, project):
    url = reverse("stakeholders:invite", args=[project.pk])
    karin = StakeholderFactory(project=project)
    host.post(url, {"counted": 1, f"invite-{karin.pk}": "on", f"role-{karin.pk}": "reviewer"})
    lose()
    assert WORDS in text(soup(host.get(url)))

    host.post(reverse("stakeholders:resend", args=[project.pk, karin.invitations.get().pk]))

    assert WORDS not in text(soup(host.get(url)))


def test_a_changed_address_gets_the_mail_that_was_lost(review, host):
    _show, again = review
    lose()
    person = Message.objects.get().recipient
    person.email = "new@norrwater.example"
    person.save()

    host.post(again)

    assert Message.objects.order_by("created_at").last().to == "new@norrwater.example"


def test_a_mail_that_held_a_code_is_not_sent_again(db):
    outbox.send(
        to="karin@norrwater.example", subject="Code", template="mail/sign_in_code", context={"code": "123456"},
        effect_key="k", secret=True, about="sign-request:1",
    )  # fmt: skip
    lose()

    with pytest.raises(DomainError, match="A new code can be asked for"):
        outbox.send_again("sign-request:1")
