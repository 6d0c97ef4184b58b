"""SMTP, once for each message."""

import smtplib
from contextlib import suppress

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from apps.core.due import State, claim, finish, try_later
from apps.notifications.models import Message

LEASE_SECONDS = 60
REFUSALS = (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError)


def deliver(message_id: str) -> None:
    """Send a message that is due. Called twice at once, one of the two does nothing."""
    message = claim(Message, message_id, lease_seconds=LEASE_SECONDS)
    if message is None:
        return
    if _is_for_show(message):
        finish(message, State.DONE, "a person of the sample: nobody has this address")
        return
    mail = _mail(message)
    server = mail.get_connection()
    try:
        server.open()
    except (smtplib.SMTPException, OSError) as error:
        try_later(message, str(error))
        return
    try:
        server.send_messages([mail])
    except REFUSALS as refusal:
        _refused(message, refusal)
    except (smtplib.SMTPException, OSError) as error:
        # The line broke while it was said: the mail may have left, so it is not said again.
        finish(message, State.UNKNOWN, str(error))
    else:
        _sent(message)
    finally:
        with suppress(smtplib.SMTPException, OSError):
            server.close()


def _is_for_show(message: Message) -> bool:
    """People of the sample read their mail in the mailbox page; a real server is not asked to find them."""
    return not settings.MAILBOX and message.recipient is not None and message.recipient.is_sample


def _refused(message: Message, refusal: smtplib.SMTPException) -> None:
    """The server said no: for now (4xx) or for good (5xx)."""
    answers = list(getattr(refusal, "recipients", {}).values()) or [
        (getattr(refusal, "smtp_code", 500), getattr(refusal, "smtp_error", str(refusal)))
    ]
    said = "; ".join(f"{code} {_readable(words)}" for code, words in answers)
    if all(400 <= code < 500 for code, _words in answers):
        try_later(message, said)
    else:
        finish(message, State.FAILED, said)


def _readable(words: bytes | str) -> str:
    return words.decode(errors="replace") if isinstance(words, bytes) else words


def _sent(message: Message) -> None:
    message.sent_at = timezone.now()
    message.save(update_fields=["sent_at"])
    finish(message, State.DONE)


def _mail(message: Message) -> EmailMultiAlternatives:
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.text,
        to=[message.to],
        # The same occurrence carries the same id: a mail program shows a doubled one once.
        headers={"Message-ID": f"<{message.pk}@{_host()}>", "Auto-Submitted": "auto-generated", **message.headers},
    )
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    if message.calendar:
        _add_to_calendar(mail, message.calendar)
    return mail


def _add_to_calendar(mail: EmailMultiAlternatives, ics: str) -> None:
    """For programs that answer invitations, and as a file for those that only open one."""
    method = next(line for line in ics.splitlines() if line.startswith("METHOD:")).removeprefix("METHOD:")
    mail.attach_alternative(ics, f"text/calendar; method={method}")
    mail.attach("invitation.ics", ics.encode(), "application/ics")


def _host() -> str:
    return settings.PUBLIC_URL.split("//", 1)[-1].split("/")[0].split(":")[0]
