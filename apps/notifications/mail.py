"""SMTP, once for each message."""

import smtplib

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from apps.core.due import State, claim, finish, try_later
from apps.notifications.models import Message

LEASE_SECONDS = 60
GONE = "(this text held a code or a link that works once and was removed after sending)"


def deliver(message_id: str) -> None:
    """Send a message that is due. Called twice at once, one of the two does nothing."""
    message = claim(Message, message_id, lease_seconds=LEASE_SECONDS)
    if message is None:
        return
    try:
        _mail(message).send()
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError) as refusal:
        finish(message, State.FAILED, str(refusal))
    except (smtplib.SMTPException, OSError) as error:
        # Nothing was accepted: the server answered no, or there was none.
        try_later(message, str(error))
    else:
        message.sent_at = timezone.now()
        if message.secret:
            message.text, message.html = GONE, ""
        message.save(update_fields=["sent_at", "text", "html"])
        finish(message, State.DONE)


def _mail(message: Message) -> EmailMultiAlternatives:
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.text,
        to=[message.to],
        # The same occurrence carries the same id: a mail program shows a doubled one once.
        headers={"Message-ID": f"<{message.pk}@{_host()}>", "Auto-Submitted": "auto-generated"},
    )
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    return mail


def _host() -> str:
    return settings.PUBLIC_URL.split("//", 1)[-1].split("/")[0].split(":")[0]
