from datetime import timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone

from apps.notifications import outbox
from apps.notifications.models import Message
from tests.factories.accounts import UserFactory

send = partial(
    outbox.send, subject="Your code", template="mail/sign_in_code", context={"code": "123456"}, effect_key="k1"
)


def test_a_mail_is_a_row_first(db):
    karin = UserFactory(email="karin@norrwater.example")

    message = send(to=karin)

    assert (message.to, message.recipient, message.state) == ("karin@norrwater.example", karin, "queued")
    assert "123456" in message.text
    assert "123456" in message.html


def test_the_same_effect_is_one_mail(db):
    first, second = send(to="a@b.example"), send(to="a@b.example")

    assert first == second
    assert Message.objects.count() == 1


def test_what_is_rolled_back_is_not_mailed(db):
    with transaction.atomic():
        send(to="a@b.example")
        transaction.set_rollback(True)

    assert Message.objects.count() == 0


def test_a_subject_is_one_line(db):
    message = send(to="a@b.example", subject="One\r\nBcc: everybody@norrwater.example")

    assert message.subject == "One Bcc: everybody@norrwater.example"


def test_what_people_wrote_is_escaped_in_the_html(db):
    message = send(to="a@b.example", template="mail/unknown_account", context={"email": "<script>alert(1)</script>"})

    assert "<script>" not in message.html
    assert "<script>" in message.text


def test_a_mail_for_later_waits(db):
    message = send(to="a@b.example", due_at=timezone.now() + timedelta(hours=1))

    assert message.due_at > timezone.now()
