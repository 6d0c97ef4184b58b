"""Reading what the local catcher kept."""

import email
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest

from apps.core.visitors import at_this_machine

SHOWN = 200


@dataclass(frozen=True)
class Mail:
    name: str
    at: datetime
    to: str
    subject: str
    text: str


def open_to(request: HttpRequest) -> bool:
    """Whether this visitor may read everybody's mail: at the machine itself, or where it was opened to all."""
    return bool(settings.MAILBOX) and (settings.MAILBOX_OPEN or at_this_machine(request))


def mails() -> list[Mail]:
    """The newest `SHOWN` mails, newest first; an empty list when there is no catcher."""
    if not settings.MAILBOX or not settings.MAILBOX.is_dir():
        return []
    files = sorted(settings.MAILBOX.glob("*.eml"), reverse=True)[:SHOWN]
    return [_read(path) for path in files]


def mail(name: str) -> Mail | None:
    """One mail by the name of its file; None for a name that is none."""
    if not settings.MAILBOX or not re.fullmatch(r"\d{20}", name):
        return None
    path = settings.MAILBOX / f"{name}.eml"
    return _read(path) if path.is_file() else None


def _read(path: Path) -> Mail:
    message = email.message_from_bytes(path.read_bytes(), policy=default)
    assert isinstance(message, EmailMessage)
    body = message.get_body(("plain",))
    return Mail(
        name=path.stem,
        at=datetime.fromtimestamp(int(path.stem) / 1e9, UTC),
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        text=body.get_content() if body else "",
    )
