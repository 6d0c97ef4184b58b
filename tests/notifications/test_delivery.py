"""Delivery through a real SMTP server on loopback."""

import email
import socket
from datetime import timedelta
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from django.utils import timezone

from apps.core import due
from apps.notifications import outbox
from apps.notifications.mail import deliver
from apps.notifications.models import GONE, Message
from tests.factories.accounts import UserFactory
from tests.together import run_together

ANSWERS = {"busy@b.example": "451 Come back later", "gone@b.example": "550 No such person"}


class Keep:
    """Keeps every mail; answers as the address asks it to."""

    def __init__(self):
        self.mails = []
        self.hang_up = False

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address not in ANSWERS:
            envelope.rcpt_tos.append(address)
        return ANSWERS.get(address, "250 OK")

    async def handle_DATA(self, server, session, envelope):
        self.mails.append(email.message_from_bytes(envelope.content, policy=default))
        if self.hang_up:
            server.transport.abort()
        return "250 Kept"


@pytest.fixture
def server(settings):
    controller = Controller(Keep(), hostname="127.0.0.1", port=0)
    controller.port = _free_port()
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", controller.port, 5
    yield controller
    controller.stop()


@pytest.fixture
def message(db):
    return write("karin@norrwater.example")


def write(to, **more):
    return outbox.send(
        to=to,
        subject="Ærlig talt – din kode",
        template="mail/sign_in_code",
        context={"code": "123456"},
        effect_key=f"k-{to}",
        **more,
    )


def again(message):
    """The row as it is, due now."""
    Message.objects.filter(pk=message.pk).update(due_at=timezone.now())
    deliver(str(message.pk))
    message.refresh_from_db()
    return message


def test_a_mail_arrives_once(server, message):
    deliver(str(message.pk))
    deliver(str(message.pk))

    message.refresh_from_db()
    (mail,) = server.handler.mails
    assert (mail["To"], mail["Subject"]) == ("karin@norrwater.example", "Ærlig talt – din kode")
    assert "123456" in mail.get_body(("plain",)).get_content()
    assert "123456" in mail.get_body(("html",)).get_content()
    assert (message.state, message.sent_at is not None) == ("done", True)


def test_an_invitation_can_be_answered_and_opened_as_a_file(server, db):
    ics = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Möte\r\nEND:VCALENDAR\r\n"
    deliver(str(write("karin@norrwater.example", calendar=ics).pk))

    (mail,) = server.handler.mails
    parts = {part.get_content_type(): part for part in mail.walk()}
    answerable, file = parts["text/calendar"], parts["application/ics"]
    assert answerable.get_param("method") == "REQUEST"
    assert "Möte" in answerable.get_content()
    assert file.get_filename() == "invitation.ics"
    assert "Möte" in file.get_content().decode()


def test_the_same_message_has_the_same_id(server, message):
    deliver(str(message.pk))

    assert server.handler.mails[0]["Message-ID"].startswith(f"<{message.pk}@")


def test_a_secret_is_removed_after_it_left(server, db):
    secret = write("karin@norrwater.example", secret=True)

    deliver(str(secret.pk))

    secret.refresh_from_db()
    assert "123456" in str(server.handler.mails[0])
    assert (secret.text, secret.html) == (GONE, "")


def test_what_is_no_secret_stays(server, message):
    deliver(str(message.pk))

    message.refresh_from_db()
    assert "123456" in message.text


def test_while_the_server_is_down_the_mail_waits_and_leaves_later(server, message, settings):
    settings.EMAIL_PORT = _free_port()
    deliver(str(message.pk))
    message.refresh_from_db()
    waiting = (message.state, message.attempts, message.due_at > timezone.now())

    settings.EMAIL_PORT = server.port
    again(message)

    assert waiting == ("queued", 1, True)
    assert (message.state, len(server.handler.mails)) == ("done", 1)


def test_a_weekend_without_a_server_loses_nothing(settings, message):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", _free_port()
    Message.objects.update(attempts=800)

    assert again(message).state == "queued"


def test_a_no_for_now_is_asked_again(server, db):
    message = write("busy@b.example")

    deliver(str(message.pk))

    message.refresh_from_db()
    assert (message.state, message.last_error != "") == ("queued", True)


def test_a_no_for_good_is_final(server, db):
    message = write("gone@b.example")

    deliver(str(message.pk))

    message.refresh_from_db()
    assert message.state == "failed"
    assert "No such person" in message.last_error


def test_a_line_that_breaks_while_sending_leaves_it_unknown(server, message):
    server.handler.hang_up = True

    deliver(str(message.pk))
    again(message)

    assert (message.state, len(server.handler.mails)) == ("unknown", 1)


def test_a_worker_that_dies_while_sending_leaves_it_unknown(server, message):
    # The worker claimed it and was killed: its lease runs out.
    due.claim(Message, message.pk, lease_seconds=60)
    Message.objects.update(lease_until=timezone.now() - timedelta(seconds=1))

    for label, pk in due.waiting():
        due.do(label, pk)

    message.refresh_from_db()
    assert (message.state, server.handler.mails) == ("unknown", [])


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_it_once(server):
    message = write("karin@norrwater.example")

    run_together(2, lambda: deliver(str(message.pk)))

    assert len(server.handler.mails) == 1


def test_the_sweep_finds_a_mail_that_nobody_was_woken_for(server, message):
    for label, pk in due.waiting():
        due.do(label, pk)

    assert len(server.handler.mails) == 1


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.mark.parametrize(("mailbox", "sent"), [(None, 0), ("/tmp/mail", 1)])
def test_people_of_the_sample_get_mail_only_where_a_mailbox_shows_it(server, settings, db, mailbox, sent):
    settings.MAILBOX = mailbox
    person = UserFactory(is_sample=True)
    message = write(person)

    deliver(str(message.pk))

    message.refresh_from_db()
    assert (len(server.handler.mails), message.state) == (sent, "done")


@pytest.mark.parametrize("to", ["gone@b.example", "karin@norrwater.example"])
def test_a_secret_does_not_stay_when_its_mail_was_lost(server, db, to):
    server.handler.hang_up = True
    secret = write(to, secret=True)

    deliver(str(secret.pk))

    secret.refresh_from_db()
    assert secret.state == ("failed" if to == "gone@b.example" else "unknown")
    assert (secret.text, secret.html) == (GONE, "")


def test_a_secret_does_not_stay_when_the_worker_died(server, db):
    secret = write("karin@norrwater.example", secret=True)
    due.claim(Message, secret.pk, lease_seconds=60)
    Message.objects.update(lease_until=timezone.now() - timedelta(seconds=1))

    deliver(str(secret.pk))

    secret.refresh_from_db()
    assert (secret.state, secret.text) == ("unknown", GONE)


def test_a_secret_stays_while_it_waits_for_the_server(server, db, settings):
    settings.EMAIL_PORT = _free_port()
    secret = write("karin@norrwater.example", secret=True)

    deliver(str(secret.pk))

    secret.refresh_from_db()
    assert "123456" in secret.text


def test_the_servers_own_words_are_shown(server, db):
    message = write("gone@b.example")

    deliver(str(message.pk))

    message.refresh_from_db()
    assert message.trouble == "The mail did not go out: 550 No such person."
